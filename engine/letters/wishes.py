"""What a reader asked for beside an answer: to hear of a matter not before a day, or that somebody
else of their team is asked.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from engine.dates.view import View
from engine.letters.absences import is_there
from engine.letters.ladders import NOT_SENT
from engine.letters.rounds import NEVER_WENT, asked_by, said_with
from engine.model.definition import Ladder
from engine.model.dossier import ReminderSent
from engine.model.family import Letter
from engine.model.outcomes import LetterOwed
from engine.model.people import Person, PersonId
from engine.model.sides import team_of
from engine.time.zones import local_day


@dataclass(frozen=True, slots=True)
class Matter:
    """What letters ask about: by the ladders that one letter speaks for, and by the kinds of letter
    of which one goes beside any ladder.
    """

    ladders: frozenset[str]
    kinds: Collection[str]

    def letters(self, view: View) -> Iterator[ReminderSent]:
        """Those about it that were owed in this stay, in their order."""
        for each in view.dossier.asked:
            known = each.ladder in self.ladders
            if known or (not (each.ladder and self.ladders) and _kind(each.letter) in self.kinds):
                yield each


def matter_of(view: View, owed: LetterOwed) -> Matter:
    """What a letter asks about; of what is sent beside any ladder, all of its kind."""
    ladders = view.workflow.state(view.dossier.state).ladders
    own = next((each for each in ladders if each.name == owed.ladder), None)
    alone = frozenset((owed.ladder,)) if owed.ladder else frozenset()
    return Matter(alone if own is None else said_with(view, own), (_kind(owed.letter),))


def asked_by_ladder(view: View, ladder: Ladder) -> Matter:
    """What a ladder asks about."""
    kinds = {_kind(rung.letter) for rung in ladder.rungs if rung.letter}
    return Matter(said_with(view, ladder), kinds)


def put_off_until(view: View, owed: LetterOwed) -> datetime | None:
    """Until when the reader of a letter asked to be left in peace about its matter; None where they
    did not. What tells of something, and no ladder asks, waits for no such day.
    """
    reader = view.dossier.reader(owed.person)
    if reader is None or not owed.ladder:
        return None
    return _until(view, matter_of(view, owed), reader.id)


def asked_for_time(
    view: View, ladder: Ladder, people: Iterable[Person]
) -> tuple[tuple[str, date], ...]:
    """Who of these people asked to hear of what a ladder asks not before a day, and which day."""
    zone, days = view.dossier.office.zone, dict[PersonId | None, date]()
    for each in asked_by_ladder(view, ladder).letters(view):
        if each.not_before is not None and each.outcome not in NOT_SENT:
            day = local_day(each.not_before, zone)
            if not by_office(view, each):
                days[each.reader] = max(day, days.get(each.reader, day))
    return tuple((each.name, days[each.id]) for each in people if each.id in days)


def held_by_office(
    view: View, ladder: Ladder, people: Iterable[Person]
) -> tuple[tuple[str, date | None], ...]:
    """Whom of these people a ladder has not asked yet since the office holds the letter back, and
    until which day, where it named one.
    """
    first: dict[PersonId | None, ReminderSent] = {}
    for each in asked_by(ladder, view) if any_is_arranged(view) else ():
        if each.outcome not in NEVER_WENT:
            first.setdefault(each.reader, each)
    zone = view.dossier.office.zone
    return tuple(
        (each.name, None if found.not_before is None else local_day(found.not_before, zone))
        for each in people
        if (found := first.get(each.id)) is not None and is_held_back(view, found)
    )


def any_is_arranged(view: View) -> bool:
    """Whether any letter of this stay has a day of somebody's or is held back: seldom, and asked of
    every letter that is written.
    """
    return any(each.is_held or each.not_before is not None for each in view.dossier.asked)


def is_held_back(view: View, sent: ReminderSent) -> bool:
    """Whether a letter that is owed waits by the word of the office."""
    is_dated = sent.not_before is not None and sent.not_before > view.now
    return sent.outcome == "owed" and (sent.is_held or is_dated)


def by_office(view: View, sent: ReminderSent) -> bool:
    """Whether the day of a letter is of the office, not of its reader who had read it before."""
    if sent.not_before is None or sent.outcome in NOT_SENT:
        return sent.not_before is not None
    return sent.on >= local_day(sent.not_before, view.dossier.office.zone)


def dated_before(view: View, letter: Letter) -> datetime | None:
    """Until when an earlier letter of the same ladder waits for the same reader, by the word of the
    office: what reminds of it does not go before it. None where none waits.
    """
    reader = view.dossier.reader(letter.owed.person)
    if reader is None or not letter.owed.ladder:
        return None
    ladders, own = matter_of(view, letter.owed).ladders, (reader.id, "owed")
    days = (
        each.not_before
        for each in view.dossier.asked
        if each.ladder in ladders
        and (each.reader, each.outcome) == own
        and each.owed_at is not None
        and each.owed_at < letter.owed_at
    )
    return max((day for day in days if day is not None), default=None)


def asked_in_place(view: View, matter: Matter, reader: Person) -> Person | None:
    """Whom somebody who was asked named to be asked about a matter in their place, or whom that one
    named; None where they named nobody who can be reached.
    """
    last = next(reversed([*_passed_on(view, matter, reader)]), None)
    if last is None or last.reader == reader.id:
        return None
    team = team_of(view.dossier, reader.role, reader.email)
    return next((each for each in team if each.id == last.reader and each.reachable), None)


def passed_on(view: View, matter: Matter, reader: Person) -> tuple[ReminderSent, ...]:
    """The letters about a matter to whom somebody named in their place, and whom these named."""
    return tuple(e for e in _passed_on(view, matter, reader) if e.reader != reader.id)


def _passed_on(view: View, matter: Matter, reader: Person) -> Iterator[ReminderSent]:
    named = {reader.id: reader.name}
    for each in matter.letters(view):
        is_named = (
            each.namer in named if each.namer is not None else each.named_by in named.values()
        )
        if is_named and each.reader is not None and each.outcome not in NEVER_WENT:
            named[each.reader] = each.person
            yield each


def others_of_team(view: View, number: PersonId | None, role: str) -> tuple[Person, ...]:
    """Who else of the team of somebody may be asked in their place now: they can be reached and are
    there.
    """
    people = view.dossier.people_as(role)
    own = next((each for each in people if each.id == number), None)
    if own is None:
        return ()
    team = team_of(view.dossier, role, own.email)
    return tuple(e for e in team if e.id != own.id and is_there(view.dossier, e, view.now))


def _until(view: View, matter: Matter, reader: PersonId) -> datetime | None:
    # One that a person held back and that never went says nothing of others.
    asked = (each for each in matter.letters(view) if each.outcome not in NOT_SENT)
    days = (each.not_before for each in asked if each.reader == reader)
    return max((day for day in days if day is not None), default=None)


def _kind(letter: str) -> str:
    return letter.partition(".")[0]
