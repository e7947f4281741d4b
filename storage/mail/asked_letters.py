"""One letter that went out, as an answer to it is judged: what it asked, in which case, of whom."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from engine.model.dossier import CaseId, PersonId
from engine.model.family import Letter
from storage.database.columns import to_instant
from storage.database.session import Session
from storage.database.statements import Statement, given
from storage.letter_rows import COLUMNS, LetterRow, letter_in
from storage.schema.tables import INTENTS, MESSAGES

_I, _M = INTENTS.c, MESSAGES.c
_ASKED = Statement[tuple[*LetterRow, int, str, int, str, str, str]](
    select(*COLUMNS, _I.root_id, _I.state, _M.person_id, _M.subject, _I.key, _M.composed_at)
    .join(MESSAGES, _M.id == _I.message_id)
    .where(_I.id == given("number"))
)


@dataclass(frozen=True, slots=True)
class AskedLetter:
    """A letter with the message that carried it, ``written_at`` a moment; ``reader`` is whom that
    was written to, ``entry`` the one of the journal that owed it.
    """

    letter: Letter
    root: CaseId
    reader: PersonId
    subject: str
    entry: int
    written_at: datetime


def asked(session: Session, number: int) -> AskedLetter | None:
    """A letter by its number; None where it was not written, or there is none."""
    row = session.first(_ASKED, number=number)
    if row is None:
        return None
    root, state, reader, subject, key, written_at = row[-6:]
    return AskedLetter(
        letter=replace(letter_in(row[:-6]), state=state),
        root=CaseId(root),
        reader=PersonId(reader),
        subject=subject,
        entry=int(key.split("/")[1]),
        written_at=to_instant(written_at),
    )
