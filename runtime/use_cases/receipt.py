"""A receipt of an answer, at once: to whoever gave it and to whoever runs the case."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.decide.offered import ANSWER, role_of
from engine.model.dossier import PersonId
from engine.model.letter_words import ABOUT, BECAME, answered_by
from engine.model.outcomes import Receipted
from runtime.asking import Asking
from runtime.families import Families
from runtime.queries.taken_back import TO_UNDO

TAKEN_BACK = "taken back"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was recorded, or taken back, in words; the number of the answer, 0 where it is not
    taken back: it was passed on, or took back another one. ``told`` hear of it by another letter.
    """

    words: tuple[str, ...]
    became: str = "recorded"  # or TAKEN_BACK, as the text of the receipt asks
    number: int = 0
    told: frozenset[PersonId] = frozenset()


def owe_receipts(families: Families, asking: Asking, receipt: Receipt) -> None:
    """Owe the receipts of an answer; none where the programme has no text."""
    asked = asking.asked.letter
    root = families.look(asking.asked.root).whole(asking.asked.root)
    stage = families.runtime.answers_of(root.digest).receipt
    facts: dict[str, object] = {
        "person": asking.reader.name,
        "subject": asking.asked.subject,
        "words": list(receipt.words),
        BECAME: receipt.became,
        ABOUT: [*answered_by(asked.owed.facts), asked.number],
    }
    own: dict[str, object] = {}
    if receipt.number:
        facts |= {"undo_until": (families.now + TO_UNDO).isoformat()}
        own[ANSWER] = receipt.number  # nobody else takes it back by a receipt
    if stage:
        event = Receipted(stage, tuple(_readers(asking, receipt.told)), facts, own=own)
        families.happen(asking.asked.root, event, along=True)


def _readers(asking: Asking, told: frozenset[PersonId]) -> Iterator[tuple[str, PersonId]]:
    """Whoever answered, and whoever runs the case unless another letter tells them."""
    reader, view = asking.reader, asking.view
    yield role_of(asking.asked.letter), reader.id
    for person in view.dossier.people_as(view.workflow.runs)[:1]:
        if person.id not in {reader.id, *told}:
            yield view.workflow.runs, person.id
