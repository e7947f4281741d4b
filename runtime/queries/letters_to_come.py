"""Letters that an act would owe, or would not let go, as previews tell them."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.model.decision import Decision
from engine.model.dossier import Dossier
from engine.model.family import Letter
from engine.model.outcomes import LetterOwed
from engine.model.plan import Plan


@dataclass(frozen=True, slots=True)
class LetterToCome:
    """A letter that would be owed; ``to`` is empty where nobody plays the role.

    ``reason``: what its readers are told as the reason, where it gives one.
    """

    case: str
    letter: str
    audience: str
    to: str
    reason: str = ""


def letters_to_come(plan: Plan) -> Iterator[LetterToCome]:
    """The letters that a plan owes."""
    return (_letter(owed, plan.before) for owed in plan.letters)


def withdrawn(letter: Letter, decision: Decision) -> LetterToCome:
    """A letter owed that is not sent any more."""
    return _letter(letter.owed, decision.before.whole(letter.case_id))


def _letter(owed: LetterOwed, case: Dossier) -> LetterToCome:
    person = case.reader(owed.person)
    name = person.name if person is not None else ""
    reason = str(owed.facts.get("reason") or "")
    return LetterToCome(case.reference, owed.letter, owed.audience, name, reason)
