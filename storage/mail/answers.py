"""What people answered to letters: of one letter one answer stands, until it is undone (P21)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from engine.model.dossier import CaseId, PersonId
from storage.database.columns import from_instant, to_instant
from storage.database.session import Session
from storage.database.statements import Change, Statement, given, insert_into
from storage.schema.tables import ANSWERS

_A = ANSWERS.c
_Row = tuple[int, int, int, int, str, str, int, str, str]
_COLUMNS = (
    _A.id,
    _A.intent_id,
    _A.case_id,
    _A.person_id,
    _A.answer,
    _A.outcome,
    _A.entry,
    _A.at,
    _A.undone_at,
)
_STANDING = Statement[_Row](
    select(*_COLUMNS).where(_A.intent_id == given("letter"), _A.undone_at == "")
)
_ONE = Statement[_Row](select(*_COLUMNS).where(_A.id == given("number")))
_KEEP = Statement[tuple[int]](insert_into(ANSWERS, undone_at="").returning(_A.id))
_UNDO = Change(
    update(ANSWERS)
    .where(_A.id == given("number"), _A.undone_at == "")
    .values({_A.undone_at: given("at")})
)


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """One answer; ``entry`` is the one of the journal of the case that it made, 0 for none."""

    id: int
    letter: int
    case_id: CaseId
    person: PersonId
    answer: str
    outcome: str
    entry: int
    at: datetime
    is_undone: bool = False


def standing(session: Session, letter: int) -> StoredAnswer | None:
    """The answer to a letter that stands."""
    row = session.first(_STANDING, letter=letter)
    return None if row is None else _answer(row)


def answer(session: Session, number: int) -> StoredAnswer | None:
    """One answer by its number, undone or not."""
    row = session.first(_ONE, number=number)
    return None if row is None else _answer(row)


def keep(session: Session, given_answer: StoredAnswer) -> int:
    """Keep an answer in the transaction of its effect; its number."""
    return session.all(
        _KEEP,
        intent_id=given_answer.letter,
        case_id=given_answer.case_id,
        person_id=given_answer.person,
        answer=given_answer.answer,
        outcome=given_answer.outcome,
        entry=given_answer.entry,
        at=from_instant(given_answer.at),
    )[0][0]


def undo(session: Session, number: int, now: datetime) -> None:
    """An answer stands no more: the letter may be answered anew."""
    session.change(_UNDO, number=number, at=from_instant(now))


def _answer(row: _Row) -> StoredAnswer:
    return StoredAnswer(
        id=row[0],
        letter=row[1],
        case_id=CaseId(row[2]),
        person=PersonId(row[3]),
        answer=row[4],
        outcome=row[5],
        entry=row[6],
        at=to_instant(row[7]),
        is_undone=bool(row[8]),
    )
