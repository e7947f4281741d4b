"""Incidents: what fails again and again, listed until a person has settled it (P18)."""

from dataclasses import dataclass
from datetime import datetime

from engine.model.dossier import CaseId
from storage.database.columns import from_instant, to_instant, to_optional_instant
from storage.database.session import Session
from storage.database.statements import Change, Statement
from storage.errors import NotFoundError

_Row = tuple[int, str, str, int | None, str, str, str, int, str | None]
_REPORT = Change(
    """INSERT INTO incidents (kind, cause, case_id, what, first_at, last_at, failures, settled_at)
    VALUES (:kind, :cause, :case, :what, :at, :at, 1, NULL)
    ON CONFLICT (kind, cause) WHERE settled_at IS NULL DO UPDATE SET what = excluded.what,
        last_at = excluded.last_at, failures = incidents.failures + 1"""
)
_SETTLE = Change("UPDATE incidents SET settled_at = :at WHERE id = :id AND settled_at IS NULL")
_OPEN = Statement[_Row](
    """SELECT id, kind, cause, case_id, what, first_at, last_at, failures, settled_at
    FROM incidents WHERE settled_at IS NULL ORDER BY id"""
)
_ONE = Statement[_Row](
    """SELECT id, kind, cause, case_id, what, first_at, last_at, failures, settled_at
    FROM incidents WHERE id = :id"""
)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that went wrong: its kind (``timers``, ``letter``), what it is about, in words.

    ``cause`` tells troubles of one kind apart: the same cause again only counts.
    """

    kind: str
    cause: str
    what: str
    case_id: CaseId | None = None


@dataclass(frozen=True, slots=True)
class Incident:
    """Trouble that lasts: when it was first and last met, how often."""

    id: int
    trouble: Trouble
    first_at: datetime
    last_at: datetime
    failures: int
    settled_at: datetime | None


def report(session: Session, trouble: Trouble, now: datetime) -> None:
    """Open an incident, or count once more when there is an open one of this cause."""
    session.change(
        _REPORT,
        kind=trouble.kind,
        cause=trouble.cause,
        case=trouble.case_id,
        what=trouble.what,
        at=from_instant(now),
    )


def settle(session: Session, incident: int, now: datetime) -> None:
    """Take it off the list; NotFoundError when it is not on it."""
    if not session.change(_SETTLE, id=incident, at=from_instant(now)):
        raise NotFoundError(f"there is no open incident {incident}")


def open_incidents(session: Session) -> tuple[Incident, ...]:
    """Every incident that nobody has settled, oldest first."""
    return tuple(_incident(row) for row in session.all(_OPEN))


def incident(session: Session, number: int) -> Incident:
    found = session.first(_ONE, id=number)
    if found is None:
        raise NotFoundError(f"there is no incident {number}")
    return _incident(found)


def _incident(row: _Row) -> Incident:
    number, kind, cause, case, what, first_at, last_at, failures, settled_at = row
    trouble = Trouble(kind, cause, what, None if case is None else CaseId(case))
    return Incident(
        number,
        trouble,
        to_instant(first_at),
        to_instant(last_at),
        failures,
        to_optional_instant(settled_at),
    )
