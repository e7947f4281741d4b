"""What somebody asked for beside an answer ends: they took it back, or answered otherwise since."""

from engine.letters.answers import PassOn, Wish
from engine.model.dossier import PersonId
from runtime.asking import Asking
from runtime.families import Families
from runtime.use_cases import put_off, someone_else
from storage.mail.answers import StoredAnswer


def wish_of(families: Families, stored: StoredAnswer) -> Wish:
    """What an answer asked for that is done by itself; none where it asked for nothing so."""
    every = families.runtime.programme.answers.each()
    acts = (each.does for each in every if each.name == stored.answer)
    return next((act.wish for act in acts if isinstance(act, PassOn)), Wish.NONE)


def says_of(families: Families, stored: StoredAnswer) -> str:
    """An answer in the words of its choice."""
    every = families.runtime.programme.answers.each()
    return next(each.says for each in every if each.name == stored.answer)


def end_wish(families: Families, stored: StoredAnswer, asking: Asking) -> frozenset[PersonId]:
    """Ask whoever answered as ever; the numbers of those whom another letter tells of it.

    ``asking``: the letter that was answered, as it stood before what ends the wish.
    """
    match wish_of(families, stored):
        case Wish.NOT_BEFORE:
            put_off.ask_as_ever(families, stored, asking.reader)
        case Wish.SOMEONE_ELSE:
            return someone_else.ask_as_ever(families, asking, says_of(families, stored), stored.at)
        case Wish.NONE:
            pass
    return frozenset()
