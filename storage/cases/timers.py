"""Timers that are due, oldest first; the plan that fires them settles them (P4)."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select, update

from engine.model.dossier import CaseId
from storage.database.columns import FAR, from_instant, from_json, to_instant
from storage.database.failpoints import reach
from storage.database.session import Session
from storage.database.statements import Change, Statement, among, by_name, given
from storage.schema.tables import CASES, TIMERS

_T = TIMERS.c
_OPEN = _T.settled_at.is_(None)
_DUE = (_OPEN, _T.wake_at <= given("now"))
_KEY = (_T.case_id, _T.stay, _T.ladder, _T.rung, _T.occurrence)

_Row = tuple[int, int, int, str, str, int, str, int, str]
_ROWS = select(
    _T.root_id,
    _T.case_id,
    _T.stay,
    _T.ladder,
    _T.rung,
    _T.occurrence,
    _T.due_at,
    _T.failures,
    _T.wake_at,
)
_OLDEST = select(_T.root_id).where(*_DUE).order_by(_T.wake_at, _T.root_id).limit(given("limit"))
_FAMILIES = Statement[tuple[int]](_OLDEST)
# The rows of cases are locked before the limit is taken: whoever comes second passes over what
# others hold and gets the next families.
_LOCKED_FAMILIES = Statement[tuple[int]](
    _OLDEST.join(CASES, CASES.c.id == _T.root_id).with_for_update(
        key_share=True, skip_locked=True, of=CASES
    )
)
_OF_FAMILIES = _ROWS.join(CASES, CASES.c.id == _T.case_id).where(*_DUE)
_DUE_OF_FAMILIES = Statement[_Row](_OF_FAMILIES.where(among(CASES.c.root_id, "roots")))
_NEXT = Statement[tuple[str]](
    select(_T.wake_at)
    .where(_OPEN, _T.wake_at > given("after"), _T.wake_at < FAR)
    .order_by(_T.wake_at)
    .limit(1)
)
_FAILED = Change(
    update(TIMERS)
    .where(_OPEN, *(column == given(column.name) for column in _KEY))
    .values({_T.failures: _T.failures + 1, **by_name(_T.wake_at)})
)
_FAMILY = select(CASES.c.id).where(CASES.c.root_id == given("root")).scalar_subquery()
_WAKE_WHEN_DUE = Change(
    update(TIMERS)
    .where(_OPEN, _T.wake_at < _T.due_at, _T.case_id.in_(_FAMILY))
    .values({_T.wake_at: _T.due_at})
)
_RELEASE = Change(
    update(TIMERS)
    .where(_OPEN, _T.case_id == given("case"), _T.failures > 0)
    .values({_T.failures: 0, _T.wake_at: _T.due_at})
)


@dataclass(frozen=True, slots=True)
class DueCase:
    """A case with its timers that are due and not held back.

    ``due_at`` is the earliest of them, ``failures`` how often firing them has failed so far.
    """

    case_id: CaseId
    root_id: CaseId
    stay: int
    keys: tuple[str, ...]
    due_at: datetime
    failures: int


def due_families(session: Session, now: datetime, limit: int) -> tuple[CaseId, ...]:
    """The roots of the families of the ``limit`` oldest timers due, the oldest first.

    On PostgreSQL they are locked here until the end of the transaction; those that somebody else
    works on are passed over, so that sweeps share the work and never wait for each other.
    """
    families = _LOCKED_FAMILIES if session.locks_rows else _FAMILIES
    rows = session.all(families, now=from_instant(now), limit=limit)
    return tuple(dict.fromkeys(CaseId(root) for (root,) in rows))


def due_timers(session: Session, now: datetime, limit: int) -> tuple[DueCase, ...]:
    """The cases of ``due_families``, each with everything of it that is due."""
    roots = due_families(session, now, limit)
    if not roots:
        return ()
    rows = session.all(_DUE_OF_FAMILIES, roots=from_json(roots), now=from_instant(now))
    first: dict[int, str] = {}
    for row in rows:
        first[row[1]] = min(first.get(row[1], FAR), row[8])
    return tuple(sorted(_cases(rows), key=lambda due: (first[due.case_id], due.case_id)))


def next_due(session: Session, after: datetime | None = None) -> datetime | None:
    """When the next timer wakes, after a moment if one is given; None when nothing is armed."""
    since = "" if after is None else from_instant(after)
    found = session.first(_NEXT, after=since)
    return None if found is None else to_instant(found[0])


def _cases(rows: list[_Row]) -> tuple[DueCase, ...]:
    due: dict[int, DueCase] = {}
    for root, case, stay, ladder, rung, occurrence, due_at, failures, _ in sorted(rows, key=_order):
        at, key = to_instant(due_at), f"{ladder}/{rung}/{occurrence}"
        known = due.get(case, DueCase(CaseId(case), CaseId(root), stay, (), at, 0))
        due[case] = replace(known, keys=(*known.keys, key), failures=max(known.failures, failures))
    return tuple(due.values())


def _order(row: _Row) -> tuple[object, ...]:
    return row[6], *row[1:6]


def record_failure(session: Session, due: DueCase, retry_at: datetime | None) -> int:
    """Hold the timers of a case that could not be fired back until a moment, or until released.

    The answer is how often it has failed by now.
    """
    reach("timers.failure")
    rows = (
        {
            "case_id": due.case_id,
            "stay": due.stay,
            "ladder": ladder,
            "rung": rung,
            "occurrence": int(occurrence),
            "wake_at": FAR if retry_at is None else from_instant(retry_at),
        }
        for ladder, rung, occurrence in (key.rsplit("/", 2) for key in due.keys)
    )
    session.change_each(_FAILED, rows)
    return due.failures + 1


def wake_when_due(session: Session, root: CaseId) -> int:
    """Timers of a family that were woken before their moment go back to it."""
    return session.change(_WAKE_WHEN_DUE, root=root)


def release(session: Session, case_id: CaseId) -> int:
    """Let the held timers of a case be tried again at once; the answer is how many there were."""
    return session.change(_RELEASE, case=case_id)
