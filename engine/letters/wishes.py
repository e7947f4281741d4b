"""What its reader asked for beside an answer: to hear of a matter not before a day."""

from datetime import datetime

from engine.dates.view import View
from engine.letters.ladders import NOT_SENT
from engine.model.dossier import ReminderSent
from engine.model.outcomes import LetterOwed


def put_off_until(view: View, owed: LetterOwed) -> datetime | None:
    """Until when the reader of a letter asked to be left in peace about its matter; None where they
    did not. What tells of something, and no ladder asks, waits for no such day.
    """
    reader = view.dossier.reader(owed.person)
    if reader is None or not owed.ladder:
        return None
    asked = (each for each in view.dossier.asked if each.person == reader.name)
    days = (each.not_before for each in asked if _is_of_matter(each, owed))
    return max((day for day in days if day is not None), default=None)


def _is_of_matter(asked: ReminderSent, owed: LetterOwed) -> bool:
    """Whether a letter that went was of the same ladder, or, sent beside any, of the same kind.

    One that a person held back and that never went says nothing of others.
    """
    if asked.outcome in NOT_SENT:
        return False
    if asked.ladder:
        return asked.ladder == owed.ladder
    return asked.letter.partition(".")[0] == owed.letter.partition(".")[0]
