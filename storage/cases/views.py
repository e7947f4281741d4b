"""Read models of cases: the lines of an overview, the lines of a journal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from engine.model.dossier import CaseId
from storage.database.columns import to_instant, to_mapping, to_optional_instant
from storage.database.session import Session
from storage.database.statements import Statement
from storage.errors import NotFoundError

_Row = tuple[
    int, str, str, str, str, int, int, str, str, str | None, bool, str, str | None, str | None
]
_CASES = Statement[_Row](
    """SELECT c.id, c.reference, c.workflow, c.digest, c.state, c.stay, c.version, c.entered_at,
        c.opened_at, c.closed_at, c.holds_place, c.facts, p.reference,
        (SELECT min(t.due_at) FROM timers t WHERE t.case_id = c.id AND t.settled_at IS NULL)
    FROM cases c LEFT JOIN cases p ON p.id = c.parent_id
    WHERE (:workflow = '' OR c.workflow = :workflow) AND (:closed = 1 OR c.closed_at IS NULL)
        AND (:root = 0 OR c.root_id = :root) AND (:case = 0 OR c.id = :case)
        AND (:roots = 0 OR c.parent_id IS NULL) AND (:state = '' OR c.state = :state)
        AND c.id > :after
    ORDER BY c.id LIMIT :limit"""
)
_BELOW = Statement[tuple[int, str, str]](
    """SELECT c.parent_id, c.workflow, c.facts FROM cases c
    WHERE c.parent_id >= :first AND c.parent_id <= :last AND c.closed_at IS NULL ORDER BY c.id"""
)
_PARTIES = Statement[tuple[int, str, str, str]](
    """SELECT p.case_id, p.side, c.key, c.short_name
    FROM parties p JOIN centres c ON c.id = p.centre_id
    WHERE p.case_id >= :first AND p.case_id <= :last ORDER BY p.case_id, p.side, p.place"""
)
_JOURNAL = Statement[tuple[int, str, str, str, str, str]](
    """SELECT seq, at, kind, entry, note, hash FROM journal
    WHERE case_id = :case AND seq > :after ORDER BY seq LIMIT :limit"""
)
_OF_CENTRE = Statement[tuple[int]](
    """SELECT p.case_id FROM parties p
        JOIN centres e ON e.id = p.centre_id JOIN cases c ON c.id = p.case_id
    WHERE e.key = :key AND c.closed_at IS NULL ORDER BY p.case_id"""
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
    visit: int
    version: int
    entered_at: datetime
    opened_at: datetime
    closed_at: datetime | None
    holds_place: bool
    facts: Mapping[str, object]
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


EVERY = Shown()


def overview(session: Session, shown: Shown = EVERY) -> tuple[CaseLine, ...]:
    """The cases asked for, in the order they were opened."""
    rows = session.all(
        _CASES,
        workflow=shown.workflow,
        closed=int(shown.closed),
        root=shown.root or 0,
        case=0,
        roots=int(shown.roots),
        state=shown.state,
        after=shown.after,
        limit=shown.limit,
    )
    return _lines(session, rows)


def open_below(
    session: Session, first: CaseId, last: CaseId
) -> tuple[tuple[CaseId, str, Mapping[str, object]], ...]:
    """The open children of a range of cases: parent, workflow, facts, in the order they opened."""
    rows = session.all(_BELOW, first=first, last=last)
    return tuple((CaseId(parent), name, to_mapping(facts)) for parent, name, facts in rows)


def case_line(session: Session, case_id: CaseId) -> CaseLine:
    """One case as an overview shows it."""
    rows = session.all(
        _CASES, workflow="", closed=1, root=0, case=case_id, roots=0, state="", after=0, limit=1
    )
    if not rows:
        raise NotFoundError(f"there is no case {case_id}")
    return _lines(session, rows)[0]


def journal_lines(
    session: Session, case_id: CaseId, after: int = 0, limit: int = 10_000
) -> tuple[JournalLine, ...]:
    """The entries of a case, oldest first, those after an entry only."""
    return tuple(
        _journal_line(row) for row in session.all(_JOURNAL, case=case_id, after=after, limit=limit)
    )


def cases_of_centre(session: Session, key: str) -> tuple[CaseId, ...]:
    """The open cases a centre takes part in."""
    return tuple(CaseId(row[0]) for row in session.all(_OF_CENTRE, key=key))


def _lines(session: Session, rows: list[_Row]) -> tuple[CaseLine, ...]:
    sides: dict[int, list[Side]] = {}
    within = {"first": rows[0][0], "last": rows[-1][0]} if rows else {}
    for case, *side in session.all(_PARTIES, **within) if rows else ():
        sides.setdefault(case, []).append(Side(*side))
    return tuple(
        CaseLine(
            id=CaseId(row[0]),
            reference=row[1],
            workflow=row[2],
            digest=row[3],
            state=row[4],
            visit=row[5],
            version=row[6],
            entered_at=to_instant(row[7]),
            opened_at=to_instant(row[8]),
            closed_at=to_optional_instant(row[9]),
            holds_place=bool(row[10]),
            facts=to_mapping(row[11]),
            parent=row[12],
            next_due_at=to_optional_instant(row[13]),
            sides=tuple(sides.get(row[0], ())),
        )
        for row in rows
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
