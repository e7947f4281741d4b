"""What somebody asked for beside an answer ends: they took it back, or answered otherwise since."""

from engine.letters.answers import PassOn, Wish
from engine.model.dossier import PersonId
from runtime.asking import Asking, act_of, said_by
from runtime.families import Families
from runtime.use_cases import put_off, someone_else
from storage.mail.answers import StoredAnswer


def wish_of(families: Families, stored: StoredAnswer) -> Wish:
    """What an answer asked for that is done by itself; none where it asked for nothing so."""
    act = act_of(families, stored)
    return act.wish if isinstance(act, PassOn) else Wish.NONE


def end_wish(families: Families, stored: StoredAnswer, asking: Asking) -> frozenset[PersonId]:
    """Ask whoever answered as ever; the numbers of those whom another letter tells of it.

    ``asking``: the letter that was answered, as it stood before what ends the wish.
    """
    match wish_of(families, stored):
        case Wish.NOT_BEFORE:
            put_off.ask_as_ever(families, stored, asking.reader)
        case Wish.SOMEONE_ELSE:
            return someone_else.ask_as_ever(families, asking, said_by(stored), stored.at)
        case Wish.NONE:
            pass
    return frozenset()
