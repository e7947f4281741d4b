"""Who answers for somebody who is away, and which days a ladder does not count meanwhile."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta

from engine.dates.view import View
from engine.letters.rounds import NEVER_WENT, asked_by
from engine.letters.turns import owners, waited_for
from engine.model.definition import WHOSE_TURN, Ladder, Rung
from engine.model.dossier import Dossier
from engine.model.people import Absence, Person, PersonId
from engine.model.sides import home, teams
from engine.time.spans import Span
from engine.time.windows import Later
from engine.time.working_days import Workdays
from engine.time.zones import local_day

_DAY = timedelta(days=1)


def absence_of(dossier: Dossier, person: Person, now: datetime) -> Absence | None:
    """The absence of somebody at a moment, by the calendar where they are; None when there."""
    if not person.absences:
        return None
    return person.absent(local_day(now, home(dossier, person).zone))


def stand_in(dossier: Dossier, person: Person, now: datetime) -> Person | None:
    """Who answers for somebody who is away: the substitute they named, else the next of their team
    who can be reached and is there. None where nobody is, or nobody is away.
    """
    if absence_of(dossier, person, now) is None:
        return None
    return _next(dossier, person, local_day(now, home(dossier, person).zone))


def standing_in(dossier: Dossier, now: datetime) -> tuple[Person, ...]:
    """Who answers for somebody at a moment, and plays no role of their own here."""
    own = dossier.everybody()
    known = {person.id for person in own}
    found = (stand_in(dossier, person, now) for person in own)
    return tuple(each for each in found if each is not None and each.id not in known)


def is_there(dossier: Dossier, person: Person, now: datetime) -> bool:
    """Whether somebody can be reached, and is not away."""
    return person.reachable and absence_of(dossier, person, now) is None


def is_anybody_away(dossier: Dossier) -> bool:
    """Whether an absence of anybody with a role here is known, be it over or to come."""
    if any(person.absences for person in dossier.people):
        return True
    return dossier.parent is not None and is_anybody_away(dossier.parent.dossier)


def asked_people(ladder: Ladder, view: View) -> tuple[Person, ...]:
    """Whom the letters of a ladder ask: of each centre whose turn it is the one they go to."""
    turn = owners(ladder, view)
    named = [to.partition(".")[0] for rung in ladder.rungs if rung.letter for to in rung.to]
    addressed = [role for name in named for role in (turn if name == WHOSE_TURN else (name,))]
    sides = [role for role in dict.fromkeys(addressed) if view.dossier.parties_of(role)]
    roles = [role for role in sides if role in turn] or sides
    only = waited_for(ladder, view)
    rows = (team for role in roles for team in teams(view.dossier, role, only))
    found = (next((each for each in team if each.reachable), None) for team in rows)
    return tuple(person for person in found if person is not None)


def has_been_asked(ladder: Ladder, view: View, person: Person) -> bool:
    """Whether a letter of a ladder was owed to somebody, since it last began, and not in vain."""
    asked = (each for each in asked_by(ladder, view) if each.outcome not in NEVER_WENT)
    return any(each.reader == person.id for each in asked)


def not_counting(view: View, ladder: Ladder, days: Mapping[str, date]) -> dict[str, date]:
    """The days of the rungs of a ladder, later by those that it does not count.

    It does not count the days on which everybody it asks is away and nobody answers for them, nor
    those before somebody was asked instead: whoever stands in has as long as they had. What leads
    up to a day, or is said on one that the programme gives, keeps it: of it only what is said to
    them waits for the next day that counts.
    """
    if not days or not is_anybody_away(view.dossier):
        return dict(days)
    asked = asked_people(ladder, view)
    if not asked:
        return dict(days)
    first = min(days.values())
    since = _asked_instead_on(ladder, view) if len(asked) == 1 else None

    def is_empty(day: date) -> bool:
        return all(_is_empty(view.dossier, person, day) for person in asked)

    def is_lost(day: date) -> bool:
        return is_empty(day) or (since is not None and first <= day < since)

    workdays = view.dossier.party_of(ladder.calendar).workdays
    return {
        rung.name: _after(first, days[rung.name], _counting(rung, workdays), is_lost)
        if _counts_on(rung)
        else _next_full(days[rung.name], is_empty if _asks(rung, asked) else _never)
        for rung in ladder.rungs
        if rung.name in days
    }


def _next(dossier: Dossier, person: Person, day: date) -> Person | None:
    absence = person.absent(day)
    team = next((t for t in teams(dossier, person.role) if _is_in(person, t)), ())
    named = absence.substitute if absence is not None else None
    others = (each for each in team if each.id != person.id)
    able = (each for each in (named, *others) if each is not None and each.reachable)
    return next((each for each in able if each.absent(day) is None), None)


def _is_in(person: Person, team: tuple[Person, ...]) -> bool:
    return any(each.id == person.id for each in team)


def _is_empty(dossier: Dossier, person: Person, day: date) -> bool:
    return person.absent(day) is not None and _next(dossier, person, day) is None


def _asked_instead_on(ladder: Ladder, view: View) -> date | None:
    """The day on which whoever stood in last was asked first; None while nobody was."""
    first: dict[PersonId | None, date] = {}
    for each in asked_by(ladder, view):
        if each.instead_of and each.outcome not in NEVER_WENT:
            first[each.reader] = min(each.on, first.get(each.reader, each.on))
    return max(first.values(), default=None)


def _counts_on(rung: Rung) -> bool:
    """Whether it comes some time after something, and not before it or on the very day."""
    return any(max(s.months, s.days, s.working_days) > 0 for s in _spans(rung))


def _counting(rung: Rung, workdays: Workdays) -> Callable[[date], bool]:
    """Which days it counts: all, or those of work."""
    if any(span.working_days for span in _spans(rung)):
        return workdays.is_working_day
    return lambda _day: True


def _spans(rung: Rung) -> Iterator[Span]:
    yield from (rule.span for rule in (rung.at.of if isinstance(rung.at, Later) else (rung.at,)))


def _after(
    first: date, day: date, counts: Callable[[date], bool], is_lost: Callable[[date], bool]
) -> date:
    """As many days that count after the first one as there were without any that is lost."""
    passed = (first + timedelta(days=n) for n in range((day - first).days + 1))
    lost = sum(counts(each) and is_lost(each) for each in passed)
    while lost or is_lost(day):
        day += _DAY
        lost -= counts(day) and not is_lost(day) and lost > 0
    return day


def _asks(rung: Rung, asked: tuple[Person, ...]) -> bool:
    """Whether it writes to one of those who are asked."""
    names = {each.partition(".")[0] for each in rung.to} if rung.letter is not None else set()
    return WHOSE_TURN in names or any(person.role in names for person in asked)


def _never(_day: date) -> bool:
    return False


def _next_full(day: date, is_empty: Callable[[date], bool]) -> date:
    while is_empty(day):
        day += _DAY
    return day
