"""An answer is taken back by whoever gave it, with what rests on it, in one decision."""

from engine.model.dossier import Person
from runtime.families import Families
from runtime.queries.taken_back import TakenBack, taken_back
from storage.mail import answers
from storage.mail.answers import StoredAnswer


def undo(families: Families, stored: StoredAnswer, person: Person) -> TakenBack | str:
    """Take an answer back with all that rests on it; or why it is not.

    Whoever read of it is told, as of anything that is taken back, and whoever did what goes with
    it.
    """
    found = taken_back(families, stored, person)
    if isinstance(found, TakenBack):
        families.write(found.decision)
        answers.undo(families.session, stored.id, families.now)
    return found
