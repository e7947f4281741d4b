"""Families to be decided next, after a decision in another one: owed with it, done by the sweep."""

from datetime import datetime

from sqlalchemy import delete, literal_column, select
from sqlalchemy.dialects import postgresql

from engine.model.dossier import CaseId
from storage.database.columns import from_instant
from storage.database.session import Session
from storage.database.statements import Change, Statement, given
from storage.schema.tables import CASES, LOOKUPS

_WAITING = select(CASES.c.id, given("owed_at")).where(
    CASES.c.workflow == given("workflow"),
    CASES.c.parent_id.is_(None),
    CASES.c.closed_at.is_(None),
    CASES.c.holds_place == literal_column("FALSE"),
    CASES.c.id != given("root_id"),
)
_OWE = Change(
    postgresql.insert(LOOKUPS)
    .from_select(["root_id", "owed_at"], _WAITING)
    .on_conflict_do_nothing(index_elements=[LOOKUPS.c.root_id])
)
_OWE_ONE = Change(
    postgresql.insert(LOOKUPS)
    .values({LOOKUPS.c.root_id: given("root_id"), LOOKUPS.c.owed_at: given("owed_at")})
    .on_conflict_do_nothing(index_elements=[LOOKUPS.c.root_id])
)
_NEXT = Statement[tuple[int]](
    select(LOOKUPS.c.root_id).order_by(LOOKUPS.c.root_id).limit(1).with_for_update(skip_locked=True)
)
_DONE = Change(delete(LOOKUPS).where(LOOKUPS.c.root_id == given("root_id")))


def owe(session: Session, workflow: str, root: CaseId, now: datetime) -> int:
    """Every family of a workflow that holds no place yet is to look again, but for one."""
    return session.change(_OWE, workflow=workflow, root_id=root, owed_at=from_instant(now))


def owe_again(session: Session, root: CaseId, now: datetime) -> None:
    """A family whose look failed is owed another one."""
    session.change(_OWE_ONE, root_id=root, owed_at=from_instant(now))


def take(session: Session) -> CaseId | None:
    """The next family to look again, which nobody else gets; it is done with this transaction."""
    found = session.first(_NEXT)
    if found is None:
        return None
    session.change(_DONE, root_id=found[0])
    return CaseId(found[0])
