"""What is being asked in a case: since when, of whom, by when, and what was tried so far."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from engine.dates.anchors import Clockwork, rule_day, target_day
from engine.dates.view import View
from engine.letters.absences import stand_in
from engine.letters.ladders import NOT_SENT, rung_days, to_come
from engine.letters.pace import soonest
from engine.letters.rounds import asked_by, begun_anew_on, sought_since
from engine.letters.turns import all_callees, callees, what_is_open
from engine.letters.wishes import asked_by_ladder, asked_for_time, asked_in_place, held_by_office
from engine.model.definition import Ladder, Rung, State
from engine.model.dossier import Person, ReminderSent
from engine.model.letter_words import named_in
from engine.time.date_rules import ENTRY
from engine.time.spans import Span, shift
from engine.time.windows import When
from engine.time.working_days import Workdays
from engine.time.zones import local_day

_SOON = Span(working_days=5)
_LONG = Span(working_days=10)  # nobody remembers a day that lies further ahead
_LONGEST_REST = 10  # days off in a row; beyond them the day stays as it is


@dataclass(frozen=True, slots=True)
class Ask:
    """One open item of a case, as letters and ``pair why`` speak of it."""

    what: str
    due_on: date  # what letters ask for
    late_on: date  # by its ladder or window, whatever letters have named
    named: tuple[date, ...]  # the days that letters to those whose turn it is have named
    open_since: date
    working_days: int
    dates: tuple[date, ...]
    tried: tuple[date, ...]  # the days of the letters to those whose turn it is
    callees: tuple[Person, ...]  # whose turn it is: who is asked now, of each centre
    replaced: tuple[Person, ...]  # in place of whom some of them are asked
    today: date
    waits: tuple[tuple[str, date], ...] = ()  # who asked to hear of it not before a day
    held: tuple[tuple[str, date | None], ...] = ()  # whose letter the office holds back, until when

    @property
    def asked_by(self) -> date:
        """The one day by which it is asked for: the first that was named, once that has gone by."""
        if not self.named:
            return self.late_on
        first = min(self.named)
        return first if first < self.today else max(self.named)

    @property
    def callee(self) -> Person | None:
        return next(iter(self.callees), None)

    def words(self) -> Mapping[str, object]:
        """As plain values, days as ISO text, for the paths of letters."""
        callee, others = self.callee, self.callees[1:]
        return {
            "what": self.what,
            "due_on": self.due_on.isoformat(),
            "first_on": self.open_since.isoformat(),
            "open_since": self.open_since.isoformat(),
            "working_days": self.working_days,
            "dates": [day.isoformat() for day in self.dates],
            "others": [each.name for each in others] or None,
            "callee": {
                "name": callee.name if callee else None,
                "phone": (callee.phone or None) if callee else None,
                "languages": list(callee.languages) or None if callee else None,
                "hours": (callee.hours or None) if callee else None,
            },
        }


def ask_of(view: View, ladder_name: str) -> Ask:
    """The item behind a ladder, or, without one, behind the state the case stands in."""
    state = view.workflow.state(view.dossier.state)
    ladder = _ladder(state, ladder_name)
    written = asked_by(ladder, view) if ladder is not None else view.dossier.asked
    began = sought_since(view, ladder)
    asked = tuple(
        each
        for each in written
        if each.outcome not in NOT_SENT and (began is None or each.on >= began)
    )
    before = tuple(each for each in asked if each.on < view.today)  # not the letter in the making
    # Others were told, not asked.
    whose = {person.id for person in all_callees(ladder, view)}
    tried = tuple(each.on for each in before if each.reader in whose or each.instead_of)
    again = begun_anew_on(ladder, view) if ladder is not None else None
    since = again or _since(view, ladder, asked)
    whose_turn = tuple(callees(ladder, view))
    answering = tuple(_answering(view, ladder, each) for each in whose_turn)
    theirs = {person.id for person in answering}
    return Ask(
        what=(what_is_open(ladder, view) if ladder is not None else "") or state.title,
        due_on=_named(view) or _due(view, state, ladder),
        late_on=_late(view, state, ladder),
        named=tuple(e.due_on for e in asked if e.due_on and e.on >= since and e.reader in theirs),
        open_since=since,
        working_days=_workdays(view, ladder).between(since, max(since, view.today)),
        dates=tuple(sorted(set(tried))),
        tried=tried,
        callees=answering,
        replaced=tuple(each for each in whose_turn if each.id not in theirs),
        today=view.today,
        waits=asked_for_time(view, ladder, all_callees(ladder, view)) if ladder else (),
        held=held_by_office(view, ladder, all_callees(ladder, view)) if ladder else (),
    )


def late_on(view: View, ladder_name: str) -> date | None:
    """The next day on which an item is late: others are told, its window is to end, or what it
    leads up to is there. None where no day makes it late.
    """
    state = view.workflow.state(view.dossier.state)
    return min(_late_days(view, state, _ladder(state, ladder_name)), default=None)


def _answering(view: View, ladder: Ladder | None, person: Person) -> Person:
    """Whoever answers by now: who was named in their place, and of either whoever stands in."""
    named = asked_in_place(view, asked_by_ladder(view, ladder), person) if ladder else None
    return stand_in(view.dossier, named or person, view.now) or named or person


def _ladder(state: State, name: str) -> Ladder | None:
    named = (ladder for ladder in state.ladders if ladder.name == name)
    return next(named, state.ladders[0] if state.ladders and not name else None)


def _since(view: View, ladder: Ladder | None, asked: tuple[ReminderSent, ...]) -> date:
    """Since the entry, where the ladder counts from it; else since it began to ask."""
    if (began := sought_since(view, ladder)) is not None:
        return began
    entered = local_day(view.dossier.entered_at, view.dossier.office.zone)
    first = ladder.rungs[0].at if ladder is not None and ladder.rungs else None
    if isinstance(first, When) and first.anchor == ENTRY:
        return entered
    return min((each.on for each in asked), default=max(entered, _started(view, ladder, entered)))


def _started(view: View, ladder: Ladder | None, entered: date) -> date:
    """The day a ladder began to ask, when it hangs on a date rather than on the entry."""
    first = rung_days(view, ladder).get(ladder.rungs[0].name) if ladder and ladder.rungs else None
    return min(first or entered, view.today)


def _days(view: View, ladder: Ladder | None, *, of: Callable[[Rung], bool]) -> list[date]:
    """The days to come of the rungs meant."""
    if ladder is None:
        return []
    days = rung_days(view, ladder)
    meant = (days.get(rung.name) for rung in ladder.rungs if of(rung))
    return [day for day in meant if day is not None and day > view.today]


def _tells(rung: Rung) -> bool:
    """Whether a rung calls its item late: it tells somebody above, or raises a flag."""
    return rung.above or rung.flag is not None


def _named(view: View) -> date | None:
    """The day that was decided with the letter in the making, unless it is over by now."""
    day = named_in(view.event)
    return day if day is not None and day >= view.today else None


def _due(view: View, state: State, ladder: Ladder | None) -> date:
    """The last day at work before the ladder speaks again; where it does not, when it is late."""
    if ladder is not None and (again := until_again(view, ladder)) is not None:
        return again
    late = min(_late(view, state, ladder), shift(view.today, _LONG, _workdays(view, ladder)))
    return _in_time(view, ladder, _at_work(view, ladder, late))


def until_again(view: View, ladder: Ladder) -> date | None:
    """The last day at work before a ladder speaks again, from three to ten of them on, and never
    beyond what the ladder leads up to.

    None: it does not speak again. A letter names this day, and the ladder keeps it.
    """
    speaks = [day for day in to_come(view, ladder) if day > view.today]
    if not speaks:
        return None
    workdays = _workdays(view, ladder)
    last = min(min(speaks) - timedelta(days=1), shift(view.today, _LONG, workdays))
    return _in_time(
        view, ladder, max(soonest(view, ladder), _last_at_work(view, ladder, last) or last)
    )


def _in_time(view: View, ladder: Ladder | None, day: date) -> date:
    """A day to ask for, not later than the meeting that it is asked for."""
    occasion = _occasion(view, ladder)
    if occasion is None or occasion < view.today or not _leads_up(ladder):
        return day
    return min(day, occasion)


def _leads_up(ladder: Ladder | None) -> bool:
    """Whether all that a ladder says is to be said before its occasion."""
    rules = [rung.at for rung in ladder.rungs] if ladder is not None else []
    spans = [rule.span for rule in rules if isinstance(rule, When)]
    ahead = [max(span.months, span.days, span.working_days) <= 0 for span in spans]
    return len(ahead) == len(rules) and all(ahead)


def _at_work(view: View, ladder: Ladder | None, day: date) -> date:
    """The last day up to this one on which somebody is at work, if one is left."""
    found = _last_at_work(view, ladder, day) or day
    return found if found > view.today else day


def _last_at_work(view: View, ladder: Ladder | None, day: date) -> date | None:
    workdays = _workdays(view, ladder)
    days = (day - timedelta(days=back) for back in range(_LONGEST_REST))
    return next((each for each in days if workdays.is_working_day(each)), None)


def _late(view: View, state: State, ladder: Ladder | None) -> date:
    """When it is late by its ladder, else the day it leads up to, the window's target, or soon."""
    soon = shift(view.today, _SOON, _workdays(view, ladder))
    return min(_late_days(view, state, ladder), default=soon)


def _late_days(view: View, state: State, ladder: Ladder | None) -> list[date]:
    days = [target_day(view.workflow, view.dossier, state.name), _occasion(view, ladder)]
    coming = [day for day in days if day is not None and day > view.today]
    return [*_days(view, ladder, of=_tells), *coming]


def _occasion(view: View, ladder: Ladder | None) -> date | None:
    """The day of the meeting, or another date, that a ladder leads up to."""
    first = ladder.rungs[0].at if ladder is not None and ladder.rungs else None
    if ladder is None or not isinstance(first, When) or first.anchor == ENTRY:
        return None
    where = Clockwork(view.workflow, view.dossier, view.dossier.state, ladder.calendar)
    return rule_day(where, When(first.anchor))


def _workdays(view: View, ladder: Ladder | None) -> Workdays:
    """Those by which a ladder counts; without one, those of the office."""
    return view.dossier.party_of(ladder.calendar if ladder is not None else "").workdays
