"""Letters that an act would owe, or would not let go, as previews tell them."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.model.decision import Decision
from engine.model.dossier import Dossier
from engine.model.family import Letter
from engine.model.outcomes import Assigned, LetterOwed
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
    """The letters that a plan owes, also to whoever comes with it, or gave a role away before."""
    handed = plan.event.handed if isinstance(plan.event, Assigned) else None
    for owed in plan.letters:
        former = handed.name if handed is not None and handed.person == owed.person else ""
        yield _letter(owed, plan.before.reference, _named(owed, plan.before, plan.after) or former)


def withdrawn(letter: Letter, decision: Decision) -> LetterToCome:
    """A letter owed that is not sent any more."""
    case = decision.before.whole(letter.case_id)
    return _letter(letter.owed, case.reference, _named(letter.owed, case))


def _named(owed: LetterOwed, *cases: Dossier) -> str:
    """Who is to read it, as the case names them."""
    found = (case.reader(owed.person) for case in cases)
    return next((person.name for person in found if person is not None), "")


def _letter(owed: LetterOwed, case: str, to: str) -> LetterToCome:
    reason = str(owed.facts.get("reason") or "")
    return LetterToCome(case, owed.letter, owed.audience, to, reason)
