"""A receipt of an answer, at once: to whoever gave it and to whoever runs the case (security)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.decide.offered import role_of
from engine.model.dossier import CaseId, PersonId
from engine.model.family import Letter
from engine.model.outcomes import LetterOwed
from runtime.asking import Asking
from runtime.families import Families
from storage.cases.owed_rows import owe

TO_UNDO = timedelta(hours=24)  # whatever follows (P21)
ANSWER = "answer"  # a word of a receipt's facts: which answer it is about


@dataclass(frozen=True, slots=True)
class Made:
    """The entry of a journal that an answer made, and the stay that it left the case in."""

    case: CaseId
    entry: int
    stay: int


def owe_receipts(
    families: Families, asking: Asking, made: Made, number: int, words: tuple[str, ...]
) -> None:
    """Owe the receipts of the answer with this number; none where the programme has no text."""
    stage = families.runtime.programme.answers.receipt
    facts = {
        "person": asking.reader.name,
        "subject": asking.asked.subject,
        "words": list(words),
        "undo_until": (families.now + TO_UNDO).isoformat(),
        ANSWER: number,
    }
    if stage:
        root = asking.asked.root
        owe(families.session, root, _receipts(asking, made, stage, facts, families.now))


def _receipts(
    asking: Asking, made: Made, stage: str, facts: Mapping[str, object], now: datetime
) -> Iterator[tuple[str, Letter]]:
    for place, (role, person) in enumerate(_readers(asking)):
        owed = LetterOwed(stage, role, person, facts=facts)
        letter = Letter(0, made.case, made.stay, owed, now, name=role)
        yield f"{made.case}/{made.entry}/receipt.{place}", letter


def _readers(asking: Asking) -> Iterator[tuple[str, PersonId]]:
    """Whoever answered; and whoever runs the case, unless they were told of it just now."""
    reader, view = asking.reader, asking.view
    yield role_of(asking.asked.letter), reader.id
    for person in view.dossier.people_as(view.workflow.runs)[:1]:
        if person.id != reader.id:
            yield view.workflow.runs, person.id
