"""Timers that are due, oldest first; the plan that fires them settles them (P4)."""

from dataclasses import dataclass, replace
from datetime import datetime

from engine.model.dossier import CaseId
from storage.database.columns import FAR, from_instant, to_instant
from storage.database.failpoints import reach
from storage.database.session import Session
from storage.database.statements import Change, Statement

_Row = tuple[int, int, int, str, str, int, str, int]
_DUE = Statement[_Row](
    """SELECT c.root_id, t.case_id, t.stay, t.ladder, t.rung, t.occurrence, t.due_at, t.failures
    FROM (SELECT case_id, min(wake_at) AS first FROM
            (SELECT case_id, wake_at FROM timers WHERE settled_at IS NULL AND wake_at <= :now
            ORDER BY wake_at LIMIT :limit) AS oldest
        GROUP BY case_id) AS waking
    JOIN timers t ON t.case_id = waking.case_id JOIN cases c ON c.id = t.case_id
    WHERE t.settled_at IS NULL AND t.wake_at <= :now
    ORDER BY waking.first, t.case_id, t.due_at, t.ladder, t.rung, t.occurrence"""
)
_IDLE = Statement[tuple[int]](
    "SELECT 1 FROM timers WHERE settled_at IS NULL AND wake_at <= :now LIMIT 1"
)
_DUE_OF_FAMILY = Statement[_Row](
    """SELECT c.root_id, t.case_id, t.stay, t.ladder, t.rung, t.occurrence, t.due_at, t.failures
    FROM cases c JOIN timers t ON t.case_id = c.id
    WHERE c.root_id = :root AND t.settled_at IS NULL AND t.wake_at <= :now
    ORDER BY t.due_at, t.case_id, t.ladder, t.rung, t.occurrence"""
)
_ARMED = Statement[_Row](
    """SELECT c.root_id, t.case_id, t.stay, t.ladder, t.rung, t.occurrence, t.due_at, t.failures
    FROM timers t JOIN cases c ON c.id = t.case_id
    WHERE t.settled_at IS NULL AND t.wake_at <= :until
    ORDER BY t.case_id, t.due_at, t.ladder, t.rung, t.occurrence"""
)
_LOCK_ROOTS = Statement[tuple[int]](
    """SELECT id FROM cases WHERE id IN (SELECT c.root_id FROM cases c WHERE c.id IN
            (SELECT case_id FROM timers WHERE settled_at IS NULL AND wake_at <= :now
            ORDER BY wake_at LIMIT :limit))
    ORDER BY id FOR NO KEY UPDATE SKIP LOCKED"""
)
_NEXT = Statement[tuple[str]](
    """SELECT wake_at FROM timers WHERE settled_at IS NULL AND wake_at > :after AND wake_at < :far
    ORDER BY wake_at LIMIT 1"""
)
_FAILED = Change(
    """UPDATE timers SET failures = failures + 1, wake_at = :wake_at
    WHERE case_id = :case AND stay = :visit AND ladder = :ladder AND rung = :rung
        AND occurrence = :occurrence AND settled_at IS NULL"""
)
_RELEASE = Change(
    """UPDATE timers SET failures = 0, wake_at = due_at
    WHERE case_id = :case AND settled_at IS NULL AND failures > 0"""
)


@dataclass(frozen=True, slots=True)
class DueCase:
    """A case with its timers that are due and not held back.

    ``due_at`` is the earliest of them, ``failures`` how often firing them has failed so far.
    """

    case_id: CaseId
    root_id: CaseId
    visit: int
    keys: tuple[str, ...]
    due_at: datetime
    failures: int


def due_timers(session: Session, now: datetime, limit: int) -> tuple[DueCase, ...]:
    """The cases of the ``limit`` oldest timers due, each with everything of it that is due.

    On PostgreSQL the families of these cases are locked here, all at once; those that somebody else
    works on are left out, to be found by a later beat, so that no two sweeps wait for each other.
    """
    moment = from_instant(now)
    if session.first(_IDLE, now=moment) is None:
        return ()
    if not session.locks_rows:
        return _cases(session.all(_DUE, now=moment, limit=limit))
    ours = {row[0] for row in session.all(_LOCK_ROOTS, now=moment, limit=limit)}
    rows = session.all(_DUE, now=moment, limit=limit)
    return _cases([row for row in rows if row[0] in ours])


def due_of_family(session: Session, root: CaseId, now: datetime) -> tuple[DueCase, ...]:
    """The cases of one family with timers due, the oldest timer first."""
    return _cases(session.all(_DUE_OF_FAMILY, root=root, now=from_instant(now)))


def armed_until(session: Session, until: datetime) -> tuple[DueCase, ...]:
    """Every case with what will be due until a moment, what is due already included."""
    return _cases(session.all(_ARMED, until=from_instant(until)))


def next_due(session: Session, after: datetime | None = None) -> datetime | None:
    """When the next timer wakes, after a moment if one is given; None when nothing is armed."""
    since = "" if after is None else from_instant(after)
    found = session.first(_NEXT, after=since, far=FAR)
    return None if found is None else to_instant(found[0])


def _cases(rows: list[_Row]) -> tuple[DueCase, ...]:
    due: dict[int, DueCase] = {}
    for root, case, visit, ladder, rung, occurrence, due_at, failures in rows:
        at, key = to_instant(due_at), f"{ladder}/{rung}/{occurrence}"
        known = due.get(case, DueCase(CaseId(case), CaseId(root), visit, (), at, 0))
        due[case] = replace(known, keys=(*known.keys, key), failures=max(known.failures, failures))
    return tuple(due.values())


def record_failure(session: Session, due: DueCase, retry_at: datetime | None) -> int:
    """Hold the timers of a case that could not be fired back until a moment, or until released.

    The answer is how often it has failed by now.
    """
    reach("timers.failure")
    rows = (
        {
            "case": due.case_id,
            "visit": due.visit,
            "ladder": ladder,
            "rung": rung,
            "occurrence": int(occurrence),
            "wake_at": FAR if retry_at is None else from_instant(retry_at),
        }
        for ladder, rung, occurrence in (key.rsplit("/", 2) for key in due.keys)
    )
    session.change_each(_FAILED, rows)
    return due.failures + 1


def release(session: Session, case_id: CaseId) -> int:
    """Let the held timers of a case be tried again at once; the answer is how many there were."""
    return session.change(_RELEASE, case=case_id)
