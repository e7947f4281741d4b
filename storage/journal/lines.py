"""The entries of a journal as a reader sees them, in pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import select

from engine.model.dossier import CaseId
from storage.database.columns import to_instant, to_mapping
from storage.database.session import Session
from storage.database.statements import Statement, given
from storage.schema.tables import JOURNAL

_J = JOURNAL.c
_JOURNAL = Statement[tuple[int, str, str, str, str, str]](
    select(_J.seq, _J.at, _J.kind, _J.entry, _J.note, _J.hash)
    .where(_J.case_id == given("case"), _J.seq > given("after"))
    .order_by(_J.seq)
    .limit(given("limit"))
)


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One entry of a journal; ``entry`` holds everything it says, as plain values."""

    seq: int
    at: datetime
    kind: str
    what: str
    by: str
    role: str
    left: str
    entered: str
    note: str
    hash: str
    entry: Mapping[str, object]


def journal_lines(
    session: Session, case_id: CaseId, after: int = 0, limit: int = 10_000
) -> tuple[JournalLine, ...]:
    """The entries of a case, oldest first, those after an entry only."""
    return tuple(
        _journal_line(row) for row in session.all(_JOURNAL, case=case_id, after=after, limit=limit)
    )


def _journal_line(row: tuple[int, str, str, str, str, str]) -> JournalLine:
    seq, at, kind, text, note, hashed = row
    entry = to_mapping(text)
    words = cast("Mapping[str, str]", entry)
    return JournalLine(
        seq,
        to_instant(at),
        kind,
        what=words.get("what", ""),
        by=words["by"],
        role=words["role"],
        left=words["from"],
        entered=words["to"],
        note=note,
        hash=hashed,
        entry=entry,
    )
