"""The letters that a message carries: each as it was owed, and who reads it there."""

from dataclasses import dataclass

from sqlalchemy import select

from engine.model.dossier import CaseId, PersonId
from engine.model.family import Letter
from storage.database.session import Session
from storage.database.statements import Statement, given
from storage.letter_rows import COLUMNS, LetterRow, letter_in
from storage.schema.tables import CASES, INTENTS, MESSAGES

_I, _M = INTENTS.c, MESSAGES.c
_ROOT = CASES.alias("root")
_LETTERS = Statement[tuple[*LetterRow, int, int, str]](
    select(*COLUMNS, _I.root_id, _M.person_id, _ROOT.c.reference)
    .join(MESSAGES, _M.id == _I.message_id)
    .join(_ROOT, _ROOT.c.id == _I.root_id)
    .where(_I.message_id == given("message"))
    .order_by(_I.id)
)


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A letter in a message that was written to ``written_to``; ``reference`` is that of the root
    of its case.
    """

    letter: Letter
    root: CaseId
    written_to: PersonId
    reference: str

    @property
    def reader(self) -> PersonId:
        """Whoever it was owed to, who may read the mailbox of somebody else."""
        return self.letter.owed.person or self.written_to


def enclosed(session: Session, message: int) -> tuple[Enclosed, ...]:
    """The letters of a message, the oldest first."""
    return tuple(
        Enclosed(letter_in(row[:-3]), CaseId(row[-3]), PersonId(row[-2]), row[-1])
        for row in session.all(_LETTERS, message=message)
    )
