"""What a reader asked for beside an answer: to hear of a matter not before a day, or that somebody
else of their team is asked.
"""

from collections.abc import Iterator
from datetime import datetime

from engine.dates.view import View
from engine.letters.absences import is_there
from engine.letters.ladders import NOT_SENT
from engine.letters.rounds import NEVER_WENT
from engine.model.dossier import ReminderSent
from engine.model.family import Letter
from engine.model.outcomes import LetterOwed
from engine.model.people import Person, PersonId
from engine.model.sides import team_of


def put_off_until(view: View, owed: LetterOwed) -> datetime | None:
    """Until when the reader of a letter asked to be left in peace about its matter; None where they
    did not. What tells of something, and no ladder asks, waits for no such day.
    """
    reader = view.dossier.reader(owed.person)
    if reader is None or not owed.ladder:
        return None
    # One that a person held back and that never went says nothing of others.
    asked = (each for each in _of_matter(view, owed) if each.outcome not in NOT_SENT)
    days = (each.not_before for each in asked if each.reader == reader.id)
    return max((day for day in days if day is not None), default=None)


def dated_before(view: View, letter: Letter) -> datetime | None:
    """Until when an earlier letter of the same ladder waits for the same reader, by the word of the
    office: what reminds of it does not go before it. None where none waits.
    """
    reader, ladder = view.dossier.reader(letter.owed.person), letter.owed.ladder
    if reader is None or not ladder:
        return None
    own = (ladder, reader.id, "owed")
    days = (
        each.not_before
        for each in view.dossier.asked
        if (each.ladder, each.reader, each.outcome) == own
        and each.owed_at is not None
        and each.owed_at < letter.owed_at
    )
    return max((day for day in days if day is not None), default=None)


def asked_in_place(view: View, owed: LetterOwed, reader: Person) -> Person | None:
    """Whom the reader of a letter named to be asked about its matter in their place, or whom that
    one named; None where they named nobody who can be reached.
    """
    number, name = reader.id, reader.name
    for each in _of_matter(view, owed):
        is_named = each.namer == number if each.namer is not None else each.named_by == name
        if is_named and each.reader is not None and each.outcome not in NEVER_WENT:
            number, name = each.reader, each.person
    team = team_of(view.dossier, reader.role, reader.email)
    found = (each for each in team if each.id == number and each.reachable)
    return None if number == reader.id else next(found, None)


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


def _of_matter(view: View, owed: LetterOwed) -> Iterator[ReminderSent]:
    """The letters of the same ladder; of what was sent beside any, those of the same kind."""
    kind = owed.letter.partition(".")[0]
    for each in view.dossier.asked:
        if each.ladder and owed.ladder:
            is_same = each.ladder == owed.ladder
        else:
            is_same = each.letter.partition(".")[0] == kind
        if is_same:
            yield each
