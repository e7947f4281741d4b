"""Read models of cases: the lines of an overview, in pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import func, not_, select

from engine.model.dossier import CaseId
from storage.database.columns import from_json, to_instant, to_mapping, to_optional_instant
from storage.database.session import Session
from storage.database.statements import Statement, among, given
from storage.errors import NotFoundError
from storage.schema.tables import CASES, CENTRES, PARTIES, TIMERS

_Row = tuple[
    int, str, str, str, str, int, int, str, str, str | None, bool, str, int, str | None, str | None
]
_C, _T = CASES.c, TIMERS.c
_ABOVE = CASES.alias("above")
_NEXT_DUE = (
    select(func.min(_T.due_at))
    .where(_T.case_id == _C.id, _T.settled_at.is_(None))
    .correlate(CASES)
    .scalar_subquery()
)
_EVERY = (
    select(
        _C.id,
        _C.reference,
        _C.workflow,
        _C.digest,
        _C.state,
        _C.stay,
        _C.version,
        _C.entered_at,
        _C.opened_at,
        _C.closed_at,
        _C.holds_place,
        _C.facts,
        _C.partnership,
        _ABOVE.c.reference,
        _NEXT_DUE,
    )
    .outerjoin(_ABOVE, _ABOVE.c.id == _C.parent_id)
    .order_by(_C.id)
)
_WANTED = {"workflow": _C.workflow, "root": _C.root_id, "state": _C.state}
_ONE = Statement[_Row](_EVERY.where(_C.id == given("case")))
_BELOW = Statement[tuple[int, str, str]](
    select(_C.parent_id, _C.workflow, _C.facts)
    .where(_C.parent_id.between(given("first"), given("last")), _C.closed_at.is_(None))
    .order_by(_C.id)
)
_SIDES = select(PARTIES.c.case_id, PARTIES.c.side, CENTRES.c.key, CENTRES.c.short_name).join(
    CENTRES, CENTRES.c.id == PARTIES.c.centre_id
)
_PARTIES = Statement[tuple[int, str, str, str]](
    _SIDES.where(among(PARTIES.c.case_id, "cases")).order_by(
        PARTIES.c.case_id, PARTIES.c.side, PARTIES.c.place
    )
)
_OF_CENTRE = Statement[tuple[int]](
    select(PARTIES.c.case_id)
    .join(CENTRES, CENTRES.c.id == PARTIES.c.centre_id)
    .join(CASES, _C.id == PARTIES.c.case_id)
    .where(CENTRES.c.key == given("key"), _C.closed_at.is_(None))
    .order_by(PARTIES.c.case_id)
)


@dataclass(frozen=True, slots=True)
class Side:
    """A centre on a side of a case."""

    side: str
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case of an overview; ``next_due_at`` is its earliest open timer."""

    id: CaseId
    reference: str
    workflow: str
    digest: str
    state: str
    stay: int
    version: int
    entered_at: datetime
    opened_at: datetime
    closed_at: datetime | None
    holds_place: bool
    facts: Mapping[str, object]
    partnership: int
    parent: str | None
    next_due_at: datetime | None
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """Which cases an overview shows: of one workflow or all, of one family, closed ones too.

    A page: those after a case, so many at most.
    """

    workflow: str = ""
    root: CaseId | None = None
    closed: bool = False
    roots: bool = False  # no children
    state: str = ""
    after: int = 0
    limit: int = 10_000


EVERY = Shown()


def overview(session: Session, shown: Shown = EVERY) -> tuple[CaseLine, ...]:
    """The cases asked for, in the order they were opened."""
    wanted = {"workflow": shown.workflow, "root": shown.root, "state": shown.state}
    values = {name: value for name, value in wanted.items() if value}
    statement = _overview(tuple(values), closed=shown.closed, roots=shown.roots)
    rows = session.all(statement, after=shown.after, limit=shown.limit, **values)
    return _lines(session, rows)


@cache
def _overview(wanted: tuple[str, ...], *, closed: bool, roots: bool) -> Statement[_Row]:
    """Only what is asked for stands in the text: a condition that may be empty uses no index."""
    conditions = [
        _C.id > given("after"),
        not_(_C.void),
        *(_WANTED[name] == given(name) for name in wanted),
    ]
    if not closed:
        conditions.append(_C.closed_at.is_(None))
    if roots:
        conditions.append(_C.parent_id.is_(None))
    return Statement(_EVERY.where(*conditions).limit(given("limit")))


def open_below(
    session: Session, first: CaseId, last: CaseId
) -> tuple[tuple[CaseId, str, Mapping[str, object]], ...]:
    """The open children of a range of cases: parent, workflow, facts, in the order they opened."""
    rows = session.all(_BELOW, first=first, last=last)
    return tuple((CaseId(parent), name, to_mapping(facts)) for parent, name, facts in rows)


def case_line(session: Session, case_id: CaseId) -> CaseLine:
    """One case as an overview shows it."""
    rows = session.all(_ONE, case=case_id)
    if not rows:
        raise NotFoundError(f"there is no case {case_id}")
    return _lines(session, rows)[0]


def cases_of_centre(session: Session, key: str) -> tuple[CaseId, ...]:
    """The open cases a centre takes part in."""
    return tuple(CaseId(row[0]) for row in session.all(_OF_CENTRE, key=key))


def _lines(session: Session, rows: list[_Row]) -> tuple[CaseLine, ...]:
    sides: dict[int, list[Side]] = {}
    for case, *side in session.all(_PARTIES, cases=from_json([row[0] for row in rows])):
        sides.setdefault(case, []).append(Side(*side))
    return tuple(
        CaseLine(
            id=CaseId(row[0]),
            reference=row[1],
            workflow=row[2],
            digest=row[3],
            state=row[4],
            stay=row[5],
            version=row[6],
            entered_at=to_instant(row[7]),
            opened_at=to_instant(row[8]),
            closed_at=to_optional_instant(row[9]),
            holds_place=bool(row[10]),
            facts=to_mapping(row[11]),
            partnership=row[12],
            parent=row[13],
            next_due_at=to_optional_instant(row[14]),
            sides=tuple(sides.get(row[0], ())),
        )
        for row in rows
    )
