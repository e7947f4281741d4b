"""A receipt of an answer, at once: to whoever gave it and to whoever runs the case."""

from collections.abc import Iterator
from datetime import timedelta

from engine.decide.offered import ANSWER, role_of
from engine.model.dossier import PersonId
from engine.model.outcomes import Receipted
from runtime.asking import Asking
from runtime.families import Families

TO_UNDO = timedelta(hours=24)  # whatever follows (P21)


def owe_receipts(families: Families, asking: Asking, words: tuple[str, ...], number: int) -> None:
    """Owe the receipts of the answer with this number; none where the programme has no text.

    0: of what was taken back, which is answered anew and not taken back itself.
    """
    stage = families.runtime.programme.answers.receipt
    facts: dict[str, object] = {
        "person": asking.reader.name,
        "subject": asking.asked.subject,
        "words": list(words),
    }
    own: dict[str, object] = {}
    if number:
        facts |= {"undo_until": (families.now + TO_UNDO).isoformat()}
        own[ANSWER] = number  # nobody else takes it back by a receipt
    if stage:
        event = Receipted(stage, tuple(_readers(asking)), facts, own=own)
        families.happen(asking.asked.root, event, along=True)


def _readers(asking: Asking) -> Iterator[tuple[str, PersonId]]:
    """Whoever answered, and whoever runs the case."""
    reader, view = asking.reader, asking.view
    yield role_of(asking.asked.letter), reader.id
    for person in view.dossier.people_as(view.workflow.runs)[:1]:
        if person.id != reader.id:
            yield view.workflow.runs, person.id
