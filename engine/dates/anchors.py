"""Anchors and windows of a case: which day each named date falls on, as far as it is known."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import cast

from engine.dates.meetings import still_agreed
from engine.model.definition import Workflow
from engine.model.dossier import NO_DATES, Dossier
from engine.time.date_rules import ENTRY
from engine.time.moments import YEARS
from engine.time.spans import shift
from engine.time.windows import Anchor, DateRule, Later, Source, When, Window
from engine.time.zones import local_day

_BOUNDS = frozenset({"opens", "target", "ends"})
_OF_WINDOWS = {"forecast": "target", "ends": "ends"}
_NOT_AT_ALL = timedelta()
_UNKNOWN = object()  # not worked out yet, as against known to be nothing


@dataclass(frozen=True, slots=True)
class Clockwork:
    """Where a rule is read: a workflow, a case, a state whose bounds are meant, whose calendar."""

    workflow: Workflow
    dossier: Dossier
    state: str = ""
    calendar: str = ""
    planned: bool = False  # the bounds of the window as the programme plans it
    since: datetime | None = None  # what counts from the entry counts from here


@dataclass(frozen=True, slots=True)
class _Found:
    """A day with the pauses of this case it carries already, as the target of a window does."""

    day: date
    paused: bool = False


def anchor_day(workflow: Workflow, dossier: Dossier, name: str) -> date | None:
    """The day an anchor stands for, None while nothing is known of it.

    An anchor that the workflow does not know is looked up in the parent.
    """
    found = _anchor(workflow, dossier, name)
    return None if found is None else found.day


def target_day(
    workflow: Workflow, dossier: Dossier, state: str, bound: str = "target"
) -> date | None:
    """A bound of a state's window; None while not computable.

    The target is the day that was agreed, else moved to by hand, else given by its rule. What else
    hangs on the target within the window keeps to the plan: an agreed day may be a late one.
    """
    known = dossier.days.get(key := (workflow, state, bound), _UNKNOWN)
    if known is _UNKNOWN:
        known = dossier.days[key] = _target_day(workflow, dossier, state, bound)
    return cast("date | None", known)


def agreed_day(workflow: Workflow, dossier: Dossier, state: str) -> date | None:
    """The day that was fixed for what happens in a state, None while there is none."""
    anchor = workflow.state(state).agreed
    return None if anchor is None else anchor_day(workflow, dossier, anchor)


def _target_day(workflow: Workflow, dossier: Dossier, state: str, bound: str) -> date | None:
    agreed = agreed_day(workflow, dossier, state) if bound == "target" else None
    return agreed or _planned_day(workflow, dossier, state, bound)


def _planned_day(workflow: Workflow, dossier: Dossier, state: str, bound: str) -> date | None:
    window = workflow.state(state).window
    if window is None:
        return None
    moved = dossier.dates.get(state, NO_DATES).moved_to
    if bound == "target" and moved is not None:
        return moved
    rule = {"opens": window.opens, "target": window.target, "ends": window.ends}.get(bound)
    if rule is None:
        return None
    where = Clockwork(workflow, dossier, state, planned=True)
    return _moved_day(where, rule, _slip(where, window, moved))


def _slip(where: Clockwork, window: Window, moved: date | None) -> timedelta:
    """By how much a window was moved by hand: it moves as a whole."""
    planned = rule_day(where, window.target) if moved is not None else None
    return moved - planned if moved is not None and planned is not None else timedelta()


def _moved_day(where: Clockwork, rule: DateRule, slip: timedelta) -> date | None:
    if isinstance(rule, Later):
        return _latest(_moved_day(where, each, slip) for each in rule.of)
    day = rule_day(where, rule)
    # What hangs on another bound of the same window moves with that bound.
    return day if day is None or rule.anchor in _BOUNDS else day + slip


def rule_day(where: Clockwork, rule: DateRule) -> date | None:
    """The day a rule gives; of several dates the later of those that are known (Q-04)."""
    if isinstance(rule, Later):
        return _latest(rule_day(where, each) for each in rule.of)
    start = _named(where, rule)
    if start is None:
        return None
    workdays = where.dossier.party_of(where.calendar).workdays
    stood = timedelta() if start.paused else _stood_still(where.dossier, start.day)
    return shift(start.day, rule.span, workdays) + stood


def _stood_still(dossier: Dossier, since: date) -> timedelta:
    """How long the clock of the case stood still since a day."""
    return sum(
        (
            pause.ended_on - pause.began_on
            for pause in dossier.pauses
            if pause.ended_on is not None and pause.began_on >= since
        ),
        _NOT_AT_ALL,
    )


def _named(where: Clockwork, rule: When) -> _Found | None:
    if rule.anchor == ENTRY:
        return _entry(where)
    if rule.anchor in _BOUNDS:
        found = _planned_day if where.planned else target_day
        bound = found(where.workflow, where.dossier, where.state, rule.anchor)
        return None if bound is None else _Found(bound, paused=True)
    return _anchor(where.workflow, where.dossier, rule.anchor)


def _entry(where: Clockwork) -> _Found | None:
    """The day the state meant was entered last, the one of the case when none is named."""
    dossier = where.dossier
    entered = [dossier.entered_at]
    if where.state not in {"", dossier.state}:
        entered = [stay.entered_at for stay in dossier.stays if stay.state == where.state]
    zone = dossier.party_of(where.calendar).zone
    began = [at for at in (*entered[-1:], where.since) if at is not None]
    return _Found(local_day(max(began), zone)) if entered else None


def _anchor(workflow: Workflow, dossier: Dossier, name: str) -> _Found | None:
    known = dossier.days.get(key := (workflow, name), _UNKNOWN)
    if known is _UNKNOWN:
        known = dossier.days[key] = _anchor_anew(workflow, dossier, name)
    return cast("_Found | None", known)


def _anchor_anew(workflow: Workflow, dossier: Dossier, name: str) -> _Found | None:
    anchor = workflow.anchors.get(name)
    if anchor is None:
        parent = dossier.parent
        return _anchor(parent.workflow, parent.dossier, name) if parent is not None else None
    days = (_source(workflow, dossier, source, anchor) for source in anchor.sources)
    known = (found for found in days if found is not None)
    if anchor.latest:
        return max(known, default=None, key=lambda found: found.day)
    return next(known, None)


def _source(workflow: Workflow, dossier: Dossier, source: Source, anchor: Anchor) -> _Found | None:
    if source.kind == "parent":
        parent = dossier.parent
        return _anchor(parent.workflow, parent.dossier, source.of) if parent is not None else None
    if source.kind in _OF_WINDOWS:
        bound = target_day(workflow, dossier, source.of, _OF_WINDOWS[source.kind])
        return None if bound is None else _Found(bound, paused=True)
    if source.kind == "agreed":
        day = day_of(still_agreed(workflow, dossier, source.of))
    else:
        day = _DAYS[source.kind](dossier, source, anchor)
    return None if day is None else _Found(day)


def _entered_day(dossier: Dossier, source: Source, anchor: Anchor) -> date | None:
    days = [
        local_day(stay.entered_at, dossier.office.zone)
        for stay in dossier.stays
        if stay.state == source.of
    ]
    return (days[-1] if anchor.latest else days[0]) if days else None


def _record_day(dossier: Dossier, source: Source, anchor: Anchor) -> date | None:
    record, _, field = source.of.partition(".")
    versions = dossier.records.get(record, ())
    chosen = versions if anchor.latest else versions[-1:]
    return _latest(day_of(version.content.get(field)) for version in chosen)


def _fact_day(dossier: Dossier, source: Source, _anchor: Anchor) -> date | None:
    return day_of(dossier.facts.get(source.of))


def _child_day(dossier: Dossier, source: Source, _anchor: Anchor) -> date | None:
    workflow, _, fact = source.of.partition(".")
    return _latest(
        day_of(child.facts.get(fact)) for child in dossier.children if child.workflow == workflow
    )


def _earliest_day(dossier: Dossier, source: Source, _anchor: Anchor) -> date | None:
    """The earliest date in a record's rows, without the rows whose field has an excluded value."""
    record, listed, field = source.of.split(".")
    latest = dossier.latest(record)
    rows = latest.content.get(listed) if latest is not None else None
    days = (
        day_of(row.get(field))
        for row in (rows if isinstance(rows, Iterable) else ())
        if isinstance(row, Mapping) and not _excluded(row, source.where)
    )
    return min((day for day in days if day is not None), default=None)


_DAYS: Mapping[str, Callable[[Dossier, Source, Anchor], date | None]] = {
    "entered": _entered_day,
    "actual": _record_day,
    "planned": _record_day,
    "fact": _fact_day,
    "child": _child_day,
    "earliest": _earliest_day,
}


def _excluded(row: Mapping[str, object], without: Mapping[str, object]) -> bool:
    return any(row.get(name) == value for name, value in without.items())


def _latest(days: Iterable[date | None]) -> date | None:
    return max((day for day in days if day is not None), default=None)


def day_of(value: object) -> date | None:
    """A date out of ISO text, or the day of a moment written so; None when it is neither."""
    if not isinstance(value, str):
        return None
    try:
        day = datetime.fromisoformat(value).date()
    except ValueError:
        return None
    return day if day.year in YEARS else None
