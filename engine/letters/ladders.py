"""Ladders of a state: which rungs are armed, when each is due, and which speaks of several."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from types import MappingProxyType

from engine.checks.ask import lacks
from engine.dates.anchors import Clockwork
from engine.dates.view import View
from engine.letters.absences import not_counting
from engine.letters.lead_up import days_after, has_gone_by, is_asked_after, missed_on
from engine.letters.rounds import NEVER_WENT, answered, asked_by, day_of_rung, round_of, said_with
from engine.model.check import Check
from engine.model.definition import WHOSE_TURN, Ladder, Rung, Workflow
from engine.model.dossier import Dossier, Timer
from engine.model.partners import waived
from engine.time.date_rules import OWN_DAYS
from engine.time.spans import Span, shift
from engine.time.windows import When
from engine.time.zones import instant, local_day

LIVE_FROM = "live_from"  # the fact of an imported case that says when it begins to speak
_DAY = timedelta(days=1)
GRACE = Span(working_days=3)  # P5: nobody is escalated above the centre sooner than this
_NONE: Mapping[str, date] = MappingProxyType({})
NOT_SENT = NEVER_WENT | {"owed", "waiting"}  # or not yet: a letter that waits for its server


def armed(view: View, naming: Mapping[str, date] = _NONE) -> dict[str, Timer]:
    """The timers the current stay should have, by key.

    ``naming`` holds, by ladder, the day that a letter of this very decision names.
    """
    state = view.workflow.state(view.dossier.state)
    running = (ladder for ladder in state.ladders if is_running(ladder, view))
    return {
        timer.key: timer
        for ladder in running
        for timer in _timers(view, ladder, _named(view, ladder, naming))
    }


def to_come(view: View, ladder: Ladder) -> Iterator[date]:
    """The days on which a ladder speaks next, each rung once, in the zone of its calendar."""
    standing = {timer.key: timer for timer in view.dossier.timers}
    zone = view.dossier.party_of(ladder.calendar).zone
    for wanted in _timers(view, ladder, None):
        timer = standing.get(wanted.key, wanted)
        if timer.settled_at is None or not took_effect(timer):
            later = timer.due_at if timer.graced else timer.not_before
            yield local_day(max(wanted.due_at, later or wanted.due_at), zone)


def _named(view: View, ladder: Ladder, naming: Mapping[str, date]) -> date | None:
    """The last day that letters of this ladder have named: before it is over nobody hears more."""
    asked = asked_by(ladder, view) if _has_spoken(view, ladder) else ()
    days = [each.due_on for each in asked if each.outcome not in NEVER_WENT]
    return max((day for day in (*days, naming.get(ladder.name)) if day is not None), default=None)


def _has_spoken(view: View, ladder: Ladder) -> bool:
    """Whether it has in this round: letters of its first moment may be of what was taken back."""
    this, names = round_of(view, ladder), said_with(view, ladder)
    timers = (each for each in view.dossier.timers if each.ladder in names)
    return this.lost_at is None or any(took_effect(t) and this.holds(t.occurrence) for t in timers)


def is_running(ladder: Ladder, view: View) -> bool:
    """A ladder runs while its condition is unmet, or, having none, while its state lasts.

    Nobody is asked for an answer to a record that is not there.
    """
    name = answered(view, ladder) if ladder.unmet is not None else ""
    return is_wanted(ladder, view) and (not name or view.latest(name) is not None)


def is_wanted(ladder: Ladder, view: View) -> bool:
    """Whether what a ladder asks for is still to come.

    A requirement that was set aside is settled as one that is met: nobody is asked for it.
    """
    if ladder.unmet is None:
        return True
    return not _is_waived(ladder.unmet, view) and bool(lacks(ladder.unmet, view))


def _is_waived(unmet: Check, view: View) -> bool:
    set_aside = waived(view.workflow, view.dossier)
    return bool(set_aside) and any(
        requirement.name in set_aside and requirement.check == unmet
        for requirement in view.workflow.requirements()
    )


def find(workflow: Workflow, state: str, timer: Timer) -> tuple[Ladder, Rung] | None:
    """The ladder and rung of a timer, None once the definition no longer has them."""
    for ladder in workflow.state(state).ladders:
        if ladder.name == timer.ladder:
            return next(((ladder, rung) for rung in ladder.rungs if rung.name == timer.rung), None)
    return None


def height(ladder: Ladder, timer: Timer) -> int:
    """How high the rung of a timer stands: by its place in the definition, never by its name."""
    return [rung.name for rung in ladder.rungs].index(timer.rung)


def follows(ladder: Ladder) -> bool:
    """Whether a ladder counts on from something that happened, such as a record that came in."""
    rules = [rung.at for rung in ladder.rungs]
    return bool(rules) and all(
        isinstance(rule, When)
        and rule.anchor == rules[0].anchor  # type: ignore[union-attr] # the first is one as well
        and rule.anchor not in OWN_DAYS
        and min(rule.span.months, rule.span.days, rule.span.working_days) >= 0
        for rule in rules
    )


def rung_days(view: View, ladder: Ladder) -> dict[str, date]:
    """The day of each rung, as far as it is known, without the days that the ladder does not count
    while whoever it asks is away; whenever it began.
    """
    return not_counting(view, ladder, planned_days(view, ladder))


def planned_days(view: View, ladder: Ladder) -> dict[str, date]:
    """The day of each rung by its rule alone."""
    where = _where(view, ladder)
    if is_asked_after(view, ladder):
        return days_after(where, ladder)
    days = ((rung.name, day_of_rung(where, rung)) for rung in ladder.rungs)
    return {name: day for name, day in days if day is not None}


def audience(to: tuple[str, ...], whose_turn: tuple[str, ...]) -> Iterator[str]:
    """The audiences meant, with whoever's turn it is put in."""
    for name in to:
        yield from whose_turn if name == WHOSE_TURN else (name,)


def begins_at(dossier: Dossier) -> datetime:
    """The moment before which nothing of a stay comes due: its entry, or an import's go-live."""
    live_at = live_from(dossier)
    return dossier.entered_at if live_at is None else max(dossier.entered_at, live_at)


def live_from(dossier: Dossier) -> datetime | None:
    """The moment before which an imported case, and its children, say nothing to anybody."""
    family = (dossier,) if dossier.parent is None else (dossier, dossier.parent.dossier)
    quiet = [str(each.facts[LIVE_FROM]) for each in family if LIVE_FROM in each.facts]
    return max(map(datetime.fromisoformat, quiet)) if quiet else None


def _timers(view: View, ladder: Ladder, named: date | None) -> Iterator[Timer]:
    dossier = view.dossier
    this = round_of(view, ladder)
    begins = max(begins_at(dossier), this.began_at or dossier.entered_at)
    speaks = begins if named is None else max(begins, speaks_at(view, ladder, named + _DAY))
    if _is_over(view, ladder) or has_gone_by(view, ladder):
        return
    where, days, missed = _where(view, ladder), rung_days(view, ladder), missed_on(view, ladder)
    for rung in ladder.rungs:
        first = _first_day(where, rung, days.get(rung.name), begins)
        if missed is not None and first is not None and rung.flag is None and not rung.above:
            first = min(first, missed)
        if first is not None:
            occurrence = _occurrence(view, ladder, rung, first) if rung.every else 0
            due_at = speaks_at(view, ladder, _repeated(view, ladder, rung, first, occurrence))
            # A step that a rung takes keeps its day: it writes to nobody.
            earliest = begins if rung.fire is not None else speaks
            yield Timer(ladder.name, rung.name, this.first + occurrence, max(due_at, earliest))


def _where(view: View, ladder: Ladder) -> Clockwork:
    began = round_of(view, ladder).began_at
    return Clockwork(view.workflow, view.dossier, view.dossier.state, ladder.calendar, since=began)


def _is_over(view: View, ladder: Ladder) -> bool:
    """Whether all days of what is asked lay before the case began: then nobody is asked.

    A case that was taken over while it ran has a past of its own, and says so.
    """
    dossier = view.dossier
    if ladder.unmet is None or live_from(dossier) is not None:
        return False
    if any(rung.fire or rung.every for rung in ladder.rungs):
        return False
    opened = local_day(dossier.opened_at, dossier.party_of(ladder.calendar).zone)
    days = rung_days(view, ladder)
    return len(days) == len(ladder.rungs) and max(days.values()) < opened


def _occurrence(view: View, ladder: Ladder, rung: Rung, first: date) -> int:
    """The occurrence a repeating rung comes to next.

    Those whose day had passed when the last one took effect are left out: after a downtime one
    speaks for all of them (P5).
    """
    this = round_of(view, ladder)
    done = [
        replace(timer, occurrence=timer.occurrence - this.first)
        for timer in view.dossier.timers
        if (timer.ladder, timer.rung) == (ladder.name, rung.name)
        and took_effect(timer)
        and this.holds(timer.occurrence)
    ]
    last = max(done, default=None, key=lambda timer: timer.occurrence)
    if last is None or last.settled_at is None:
        return 0

    def due(occurrence: int) -> datetime:
        day = _repeated(view, ladder, rung, first, occurrence)
        return speaks_at(view, ladder, day)

    low, step = last.occurrence + 1, 1
    while due(low + step) <= last.settled_at and due(low + step) > due(low):
        step *= 2
    return low + bisect_right(range(low, low + step), last.settled_at, key=due)


def _repeated(view: View, ladder: Ladder, rung: Rung, first: date, occurrence: int) -> date:
    if rung.every is None or not occurrence:
        return first
    workdays, every, n = view.dossier.party_of(ladder.calendar).workdays, rung.every, occurrence
    return shift(first, Span(every.months * n, every.days * n, every.working_days * n), workdays)


def took_effect(timer: Timer) -> bool:
    return bool(timer.outcome) and not timer.is_off


def _first_day(where: Clockwork, rung: Rung, day: date | None, begins: datetime) -> date | None:
    if day is None or not rung.above:
        return day
    # A person is asked first: entering late never escalates at once.
    party = where.dossier.party_of(where.calendar)
    begun = local_day(begins, party.zone)
    return max(day, shift(begun, GRACE, party.workdays))


def speaks_at(view: View, ladder: Ladder, day: date) -> datetime:
    """The instant at which a ladder speaks on a day, in the zone of its calendar."""
    zone = view.dossier.party_of(ladder.calendar).zone
    return instant(day, view.workflow.sends_at, zone)
