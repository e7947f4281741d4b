"""Cases: opening one, finding one, who stands on its sides."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, func, select, update

from engine.model.definition import Workflow
from engine.model.dossier import EMPTY, CaseId
from storage.cases import case_rows
from storage.database.columns import from_instant, from_json
from storage.database.failpoints import reach
from storage.database.session import Session
from storage.database.statements import Change, Statement, given, insert_into
from storage.errors import ConflictError, NotFoundError, unknown
from storage.schema.tables import CASES, CENTRES, INTENTS, PARTIES

Workflows = Callable[[str], Workflow]  # the definition with this digest

_PROGRAMME_LOCK = 20_260_402  # any number, the same in every version


@dataclass(frozen=True, slots=True)
class NewCase:
    """A case to be opened. ``initial`` is the state of its workflow it begins in.

    ``parties`` are centre ids by side. Without a reference a child is named after its parent and
    its workflow: ``P-07/check_in-2``.
    """

    workflow: str
    digest: str
    initial: str
    opened_at: datetime
    reference: str | None = None
    parent_id: CaseId | None = None
    parties: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    facts: Mapping[str, object] = field(default_factory=lambda: EMPTY)


_C, _P = CASES.c, PARTIES.c
_CHILD = CASES.alias("child")
_ITS_OWN_ROOT = Change(update(CASES).where(_C.id == given("case")).values({_C.root_id: _C.id}))
_SIBLINGS = (
    select(func.count())
    .select_from(_CHILD)
    .where(_CHILD.c.parent_id == _C.id, _CHILD.c.workflow == given("workflow"))
)
_PARENT = Statement[tuple[int, str, int]](
    select(_C.root_id, _C.reference, _SIBLINGS.scalar_subquery()).where(_C.id == given("parent"))
)
_HEAD = Statement[tuple[str, str, str]](
    select(_C.workflow, _C.digest, _C.reference).where(_C.id == given("case"))
)
_OWING = select(INTENTS.c.root_id).where(INTENTS.c.state == "owed")
_AT_WORK = select(_CHILD.c.root_id).where(_CHILD.c.closed_at.is_(None))
_ROOTS = Statement[tuple[int]](
    select(_C.id)
    .where(_C.parent_id.is_(None), _C.id.in_(_AT_WORK) | _C.id.in_(_OWING))
    .order_by(_C.id)
)
_CLOSED_OWING = Statement[tuple[int]](
    select(_C.id)
    .join(INTENTS, INTENTS.c.case_id == _C.id)
    .where(
        INTENTS.c.root_id == given("root"),
        INTENTS.c.state == "owed",
        _C.closed_at.is_not(None),
        _C.id != _C.root_id,
    )
    .distinct()
    .order_by(_C.id)
)
_FIND = Statement[tuple[int]](select(_C.id).where(_C.reference == given("reference")))
_REFERENCES = Statement[tuple[str]](
    select(_C.reference).where(_C.parent_id.is_(None)).order_by(_C.id.desc()).limit(10_000)
)
_SET_PARTY = Change(insert_into(PARTIES))
_CLEAR_SIDE = Change(delete(PARTIES).where(_P.case_id == given("case"), _P.side == given("side")))
_HOLDERS = Statement[tuple[str, str, str]](
    select(_P.side, CENTRES.c.key, _C.reference)
    .select_from(CASES)
    .join(PARTIES, _P.case_id == _C.id)
    .join(CENTRES, CENTRES.c.id == _P.centre_id)
    .where(_C.holds_place)
    .order_by(_C.id)
)
_LOCK_PROGRAMME = Statement[tuple[object]](select(func.pg_advisory_xact_lock(given("number"))))


def open_case(session: Session, new: NewCase) -> CaseId:
    """A case with its parties, at version 0: it is for ``Started`` to begin its first stay."""
    root, reference = _family(session, new)
    if session.first(_FIND, reference=reference):
        raise ConflictError(f"there is a case {reference} already; choose another reference")
    at = from_instant(new.opened_at)
    reach("cases.open")
    row = {
        "parent_id": new.parent_id,
        "root_id": root,
        "workflow": new.workflow,
        "digest": new.digest,
        "reference": reference,
        "state": new.initial,
        "entered_at": at,
        "opened_at": at,
        "facts": from_json(new.facts),
        "partnership": 1,
    }
    case_id = case_rows.insert(session, row)
    if root is None:
        session.change(_ITS_OWN_ROOT, case=case_id)
    for side, centres in new.parties.items():
        set_party(session, case_id, side, centres)
    reach("cases.opened")
    return case_id


def _family(session: Session, new: NewCase) -> tuple[int | None, str]:
    if new.parent_id is None:
        if not new.reference:
            raise ConflictError("a case without a parent needs a reference")
        return None, new.reference
    found = session.first(_PARENT, parent=new.parent_id, workflow=new.workflow)
    if found is None:
        raise NotFoundError(f"there is no case {new.parent_id} to be the parent")
    root, reference, siblings = found
    return root, new.reference or f"{reference}/{new.workflow}-{siblings + 1}"


class Head(NamedTuple):
    """What a case is: the definition it runs on, and what people call it."""

    workflow: str
    digest: str
    reference: str


def head(session: Session, case_id: CaseId) -> Head:
    """NotFoundError: there is no such case."""
    found = session.first(_HEAD, case=case_id)
    if found is None:
        raise NotFoundError(f"there is no case {case_id}")
    return Head._make(found)


def find(session: Session, reference: str) -> CaseId:
    """The case with this reference."""
    found = session.first(_FIND, reference=reference)
    if found is None:
        known = [row[0] for row in session.all(_REFERENCES)]
        raise unknown("case", reference, known, "pair")
    return CaseId(found[0])


def roots(session: Session) -> tuple[CaseId, ...]:
    """The cases without a parent that are open, or hold one that is, or still owe a letter."""
    return tuple(CaseId(row[0]) for row in session.all(_ROOTS))


def closed_owing(session: Session, root: CaseId) -> tuple[CaseId, ...]:
    """Cases of a family that are closed and still owe a letter."""
    return tuple(CaseId(row[0]) for row in session.all(_CLOSED_OWING, root=root))


def set_party(session: Session, case_id: CaseId, side: str, centres: tuple[int, ...]) -> None:
    """Put centres on a side of a case, the first one first, instead of whichever stood there."""
    session.change(_CLEAR_SIDE, case=case_id, side=side)
    rows = (
        {"case_id": case_id, "side": side, "centre_id": centre, "place": place}
        for place, centre in enumerate(centres)
    )
    session.change_each(_SET_PARTY, rows)


def holders(session: Session) -> dict[tuple[str, str], str]:
    """Which case holds a place with a centre: its reference, by side and key of the centre."""
    return {(side, key): reference for side, key, reference in session.all(_HOLDERS)}


def lock_programme(session: Session) -> None:
    """Let nobody else count places until the end of this transaction.

    Free on SQLite, where a writing transaction has the whole file to itself.
    """
    if session.locks_rows:
        session.first(_LOCK_PROGRAMME, number=_PROGRAMME_LOCK)
