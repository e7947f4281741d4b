"""One step of one case: all that follows from an event there, or why nothing does."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from engine.dates.anchors import agreed_day, target_day
from engine.dates.view import as_actual
from engine.decide.absent import tell_of_absences
from engine.decide.after_end import come_too_late
from engine.decide.arming import timer_changes
from engine.decide.bounces import by_mail
from engine.decide.changes import as_filed
from engine.decide.draft import Draft
from engine.decide.flags import follow_flags
from engine.decide.handing_over import hand_over
from engine.decide.meetings import tell_of_meetings
from engine.decide.moved_dates import move_date
from engine.decide.next_dossier import next_dossier
from engine.decide.records import file_record, raise_by_hand, sign, waive
from engine.decide.timers import fire_timers
from engine.decide.transitions import start, trigger
from engine.decide.unmet import owned
from engine.decide.watches import watch
from engine.model.definition import Workflow
from engine.model.dossier import NO_DATES, Dossier, MilestoneDates
from engine.model.outcomes import (
    Amended,
    Assigned,
    ByMail,
    Event,
    Filed,
    FlagRaised,
    Moved,
    News,
    Refreshed,
    Refusal,
    Signed,
    Started,
    Taken,
    TimersDue,
    Triggered,
    Unmet,
    Waived,
)
from engine.model.plan import Plan
from engine.model.putting_right import Cause, Corrected, Voided


def step(workflow: Workflow, dossier: Dossier, event: Event, now: datetime) -> Plan | Refusal:
    """All that follows from an event at a moment, or every unmet requirement.

    Pure: the same arguments give the same plan, in a simulation, a forecast or an import alike.
    """
    draft = Draft(workflow, dossier, now)
    if isinstance(event, Amended):
        filed = as_filed(workflow, dossier, event, draft.view().today)
        if isinstance(filed, tuple):
            return _refused(draft, event, filed)
        return step(workflow, dossier, filed, now)
    unmet = _happen(draft, event)
    if unmet:
        return _refused(draft, event, unmet)
    if not (isinstance(event, Started) and event.history):
        watch(draft, event)
        follow_flags(draft, event)
        if not (isinstance(event, Filed) and event.imported):
            tell_of_meetings(draft)
        tell_of_absences(draft)
    return _finish(draft, dossier, event)


def _refused(draft: Draft, event: Event, unmet: tuple[Unmet, ...]) -> Refusal:
    dossier = draft.dossier
    return Refusal(dossier.id, dossier.state, subject(event), owned(unmet, draft.workflow.runs))


def _happen(draft: Draft, event: Taken) -> tuple[Unmet, ...]:
    if isinstance(event, Triggered):
        return trigger(draft, event)
    if isinstance(event, TimersDue):
        return fire_timers(draft, event)
    if isinstance(event, Started):
        return start(draft, event)
    if isinstance(event, ByMail):
        return by_mail(draft, event)
    if isinstance(event, Assigned):
        return hand_over(draft, event)
    return () if isinstance(event, Refreshed) else _come_in(draft, event)


def _come_in(draft: Draft, event: News) -> tuple[Unmet, ...]:
    if ended := come_too_late(draft.workflow, draft.dossier, event, subject(event)):
        return ended
    if isinstance(event, Filed):
        return file_record(draft, event)
    if isinstance(event, Signed):
        return sign(draft, event)
    if isinstance(event, Waived):
        return waive(draft, event)
    if isinstance(event, Moved):
        return move_date(draft, event)
    return raise_by_hand(draft, event)


def subject(event: Cause) -> str:
    match event:
        case Triggered():
            return event.trigger
        case Filed() | Signed() | Amended() | Voided() | Corrected():
            return event.record
        case Waived():
            return event.requirement
        case Moved():
            return event.milestone
        case FlagRaised():
            return event.flag
        case _:
            return type(event).__name__.lower()


def _finish(draft: Draft, before: Dossier, event: Event) -> Plan:
    """Dates and timers follow from what the case has become."""
    draft.adapt()  # a partnership may have ended, and with it what was adapted for it
    dates = dates_of(draft)
    after = draft.dossier
    if dates is not after.dates:
        after = replace(after, dates=dates)
        after.days.update(draft.dossier.days)  # only ``moved_to`` has a say in them, and it stands
        draft.dossier = after
    state = draft.workflow.state(after.state)
    timers = timer_changes(draft, before, event)
    plan = Plan(
        event=event,
        at=draft.now,
        before=before,
        after=after,
        holds_place=state.holds_place,
        timers=timers,
        letters=tuple(draft.letters),
        passed=tuple(draft.passed),
        warnings=owned(draft.warnings, draft.workflow.runs),
    )
    return replace(plan, after=next_dossier(draft.workflow, plan) if plan.changed else before)


def dates_of(draft: Draft) -> Mapping[str, MilestoneDates]:
    """Forecast and actual of every milestone anew; a baseline is set once and then stands."""
    workflow, dossier = draft.workflow, draft.dossier
    started = workflow.start_anchor and draft.view().value(f"anchor.{workflow.start_anchor}")
    changed: dict[str, MilestoneDates] = {}
    view = draft.view()
    for name, state in workflow.states.items():
        if state.window is None:
            continue
        known = dossier.dates.get(name, NO_DATES)
        actual = as_actual(view, state) or known.actual
        # What has happened is forecast no more: neither it nor a later pause or move changes that.
        settled = known.forecast if actual is not None else None
        forecast = settled or target_day(workflow, dossier, name)
        baseline = known.baseline or (forecast if started else None)
        agreed = known.agreed if settled else agreed_day(workflow, dossier, name) is not None
        dates = replace(known, baseline=baseline, forecast=forecast, actual=actual, agreed=agreed)
        if dates != known:
            changed[name] = dates
    return {**dossier.dates, **changed} if changed else dossier.dates
