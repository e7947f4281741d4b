"""What people decided of single letters, as the journals of their cases tell it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import select

from engine.model.dossier import CaseId
from storage.database.columns import to_instant, to_mapping
from storage.database.session import Session
from storage.database.statements import Statement, given
from storage.schema.tables import CASES, JOURNAL, PEOPLE

_J, _P = JOURNAL.c, PEOPLE.c
_KIND = "letter_arranged"
_OF = select(CASES.c.root_id).where(CASES.c.id == given("case")).scalar_subquery()
_ARRANGED = Statement[tuple[str, str, str]](
    select(_J.at, _J.entry, _J.note)
    .join(CASES, CASES.c.id == _J.case_id)
    .where(CASES.c.root_id == _OF, _J.kind == _KIND)
    .order_by(_J.at, _J.case_id, _J.seq)
)
_NAME = Statement[tuple[str]](select(_P.name).where(_P.key == given("key")))


@dataclass(frozen=True, slots=True)
class Decided:
    """One act about a letter; ``by`` is the name of whoever decided, else their key."""

    letter: int
    at: datetime
    how: str
    reason: str
    by: str


def decided(session: Session, case_id: CaseId) -> Mapping[int, tuple[Decided, ...]]:
    """What was decided of the letters of a family, by their numbers, the oldest first.

    Entries of old name no number: they are left out.
    """
    found: dict[int, tuple[Decided, ...]] = {}
    for at, text, reason in session.all(_ARRANGED, case=case_id):
        entry = to_mapping(text)
        words = cast("Mapping[str, str]", entry)
        for number in cast("list[int]", entry.get("about", [])):
            _, _, how = words["what"].partition(": ")
            by = _name(session, words["by"])
            act = Decided(number, to_instant(at), how, reason, by)
            found[number] = (*found.get(number, ()), act)
    return found


def _name(session: Session, key: str) -> str:
    row = session.first(_NAME, key=key)
    return key if row is None else row[0]
