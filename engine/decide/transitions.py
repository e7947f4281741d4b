"""Starting a case and taking a step: which stay ends, which begins, what follows from it."""

from dataclasses import replace

from engine.checks.hierarchy import nested
from engine.checks.people import TakesPart
from engine.decide.draft import Draft
from engine.decide.machine import Step, select
from engine.decide.parting import part
from engine.decide.unmet import lacking
from engine.model.definition import RaiseFlag, State, Transition
from engine.model.dossier import Dossier, Pause, Stay
from engine.model.outcomes import NOBODY_ELSE, Started, Triggered, Unmet
from engine.time.zones import local_day


def start(draft: Draft, event: Started) -> tuple[Unmet, ...]:
    """Enter the initial state, or, imported, the state the case is really in."""
    workflow, dossier = draft.workflow, draft.dossier
    wrong = _cannot_start(draft, event)
    if wrong:
        return wrong
    stays = _history(event) or (Stay(1, workflow.initial, draft.now),)
    stays = tuple(replace(stay, partnership=dossier.partnership) for stay in stays)
    standing = stays[-1]
    draft.dossier = replace(
        dossier,
        state=standing.state,
        stay=standing.number,
        entered_at=standing.entered_at,
        stays=stays,
        pauses=tuple(_pause(dossier, v) for v in stays if workflow.states[v.state].pauses),
        facts={**workflow.facts, **dossier.facts},
    )
    if not event.history:
        draft.apply(workflow.state(standing.state).entry)
    return ()


def _cannot_start(draft: Draft, event: Started) -> tuple[Unmet, ...]:
    dossier, states = draft.dossier, draft.workflow.states
    if dossier.stays and dossier.version > 0:
        return (_not_started(f"{dossier.reference} has begun already", "Nothing to do."),)
    unknown = [state for state, _ in event.history if state not in states]
    if unknown:
        known = f"Choose from: {', '.join(states)}."
        return tuple(_not_started(f"no state {state}", known) for state in unknown)
    moments = [entered for _, entered in event.history]
    if moments != sorted(moments) or max(moments, default=draft.now) > draft.now:
        detail = "the states it went through are not in the order of their days, up to today"
        return (_not_started(detail, "Correct the days."),)
    return ()


def _not_started(detail: str, remedy: str) -> Unmet:
    return Unmet("start", "The case can begin.", detail, NOBODY_ELSE, remedy)


def _history(event: Started) -> tuple[Stay, ...]:
    """The stays of an imported case; a state is left when the next one is entered."""
    left = [entered for _, entered in event.history[1:]]
    return tuple(
        Stay(number, state, entered, left[number - 1] if number <= len(left) else None)
        for number, (state, entered) in enumerate(event.history, start=1)
    )


def _pause(dossier: Dossier, stay: Stay) -> Pause:
    zone = dossier.office.zone
    ended_on = local_day(stay.left_at, zone) if stay.left_at is not None else None
    return Pause(local_day(stay.entered_at, zone), ended_on)


def trigger(draft: Draft, event: Triggered) -> tuple[Unmet, ...]:
    """Take the step, when it is open."""
    draft.event = {
        "note": event.note,
        **event.facts,
        "by": event.by.actor,
        "role": event.by.role or "",
    }
    found = select(draft.view(), event.trigger, event.by)
    if not isinstance(found, Step):
        return found
    draft.event = {**draft.event, **_names(draft, found.transition)}
    take(draft, found)
    return ()


def _names(draft: Draft, transition: Transition) -> dict[str, object]:
    """The words of the event that name a person, by name: nobody reads a key in a letter."""
    names = {person.key: person.name for person in draft.dossier.everybody() if person.key}
    checks = (part for each in transition.requires for part in nested(each.check))
    words = {check.of.removeprefix("event.") for check in checks if isinstance(check, TakesPart)}
    said = ((word, draft.event.get(word)) for word in words)
    return {word: names[key] for word, key in said if isinstance(key, str) and key in names}


def take(draft: Draft, step: Step) -> None:
    """Leave the state, enter the other; effects of the step first, then those of the entry.

    A partnership that the step ends hears of it, and is over when all of them are done.
    """
    transition = step.transition
    _warn(draft, step)
    if step.stays:
        draft.apply(transition.effects)
        return
    if step.back_to is not None:
        _decided(draft, transition, draft.workflow.state(step.back_to.state))
        _resume(draft, step.back_to)
        draft.apply(transition.effects)
        return
    target = draft.workflow.state(step.target)
    _decided(draft, transition, target)
    if not target.pauses:
        draft.left.append(draft.dossier.state)  # a pause interrupts a state, it does not leave it
    _enter(draft, target)
    draft.apply(transition.effects)
    draft.apply(target.entry)
    part(draft, transition.trigger)


def _decided(draft: Draft, transition: Transition, there: State) -> None:
    """What a letter says of the step: what was decided, and where the case stood with it."""
    then = {"decision": transition.title, "state_then": there.title, "stands_in": there.name}
    draft.event = {**draft.event, **then}
    found = draft.workflow.partnership
    if found is not None and transition.trigger in found.ends:
        draft.event = {**draft.event, **_parting(draft, found.side)}


def _parting(draft: Draft, side: str) -> dict[str, object]:
    """The pair that a step parts, as letters about it name it: they are written when it is none."""
    view = draft.view()
    if not view.value("case.paired"):
        return {}
    names = {"name": view.value("case.name"), "partner": view.value(f"parties.{side}.name")}
    return {"parted": {**names, "paired": True}}


def _warn(draft: Draft, step: Step) -> None:
    words = draft.event
    for requirement in step.warned:
        missing = lacking(draft.view(), requirement)
        draft.warnings.extend(missing)
        if requirement.flag is not None and missing:
            cause = "; ".join(unmet.detail for unmet in missing)
            draft.event = {**words, "cause": cause}
            draft.raise_flag(RaiseFlag(requirement.flag), cause, requirement.name)
    draft.event = words


def _enter(draft: Draft, target: State) -> None:
    dossier = draft.dossier
    number = max((stay.number for stay in dossier.stays), default=dossier.stay) + 1
    fresh = Stay(number, target.name, draft.now, partnership=dossier.partnership)
    draft.settle_open("paused" if target.pauses else "cancelled")
    draft.dossier = replace(
        dossier,
        state=target.name,
        stay=number,
        entered_at=draft.now,
        stays=(*_left(draft), fresh),
        pauses=_paused(draft) if target.pauses else _ended(draft),
        timers=(),
    )


def _resume(draft: Draft, before: Stay) -> None:
    """Back to the stay that was interrupted: the same one, its clock shifted by the pause."""
    dossier = draft.dossier
    draft.settle_open("cancelled")
    stays = tuple(
        replace(stay, left_at=None) if stay.number == before.number else stay
        for stay in _left(draft)
    )
    draft.dossier = replace(
        dossier,
        state=before.state,
        stay=before.number,
        entered_at=before.entered_at,
        stays=stays,
        pauses=_ended(draft),
        timers=dossier.earlier.get(before.number, ()),
    )


def _paused(draft: Draft) -> tuple[Pause, ...]:
    """The clock stands still from today, if it does not stand still already."""
    pauses = draft.dossier.pauses
    if pauses and pauses[-1].ended_on is None:
        return pauses
    return (*pauses, Pause(local_day(draft.now, draft.dossier.office.zone)))


def _ended(draft: Draft) -> tuple[Pause, ...]:
    pauses = draft.dossier.pauses
    if not pauses or pauses[-1].ended_on is not None:
        return pauses
    today = local_day(draft.now, draft.dossier.office.zone)
    return (*pauses[:-1], replace(pauses[-1], ended_on=today))


def _left(draft: Draft) -> tuple[Stay, ...]:
    return tuple(
        replace(stay, left_at=draft.now) if stay.number == draft.dossier.stay else stay
        for stay in draft.dossier.stays
    )
