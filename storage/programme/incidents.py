"""Incidents: what fails again and again, listed until a person has settled it (P18)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql

from engine.model.dossier import CaseId
from storage.database.columns import from_instant, to_instant, to_optional_instant
from storage.database.session import Session
from storage.database.statements import Change, Statement, by_name, given
from storage.errors import NotFoundError
from storage.schema.tables import INCIDENTS

LOOKUP = "lookup"  # a family could not look again at what changed elsewhere
INBOUND = "inbound"  # mail came in that a person has to look at
BOUNCE = "bounce"  # a case could not be told of an address that is dead
MAIL = "mail"  # letters are held up by a server, or by how we reach it
OVERVIEW = "overview"  # the overview of a week could not be written, or did not arrive
MESSAGE = "message"  # a letter was tried as often as may be: a person decides

_I = INCIDENTS.c
_UNSETTLED = _I.settled_at.is_(None)
_Row = tuple[int, str, str, int | None, str, str, str, int, str | None]
_EVERY = select(
    _I.id,
    _I.kind,
    _I.cause,
    _I.case_id,
    _I.what,
    _I.first_at,
    _I.last_at,
    _I.failures,
    _I.settled_at,
)
_NEW = postgresql.insert(INCIDENTS).values(
    {**by_name(_I.kind, _I.cause, _I.case_id, _I.what, _I.first_at, _I.last_at), _I.failures: 1}
)
_REPORT = Change(
    _NEW.inline().on_conflict_do_update(
        index_elements=[_I.kind, _I.cause],
        index_where=_UNSETTLED,
        set_={
            _I.what: _NEW.excluded.what,
            _I.last_at: _NEW.excluded.last_at,
            _I.failures: _I.failures + 1,
        },
    )
)
_SETTLE = Change(
    update(INCIDENTS).where(_I.id == given("number"), _UNSETTLED).values(by_name(_I.settled_at))
)
_SETTLE_CAUSE = Change(
    update(INCIDENTS)
    .where(_I.kind == given("kind"), _I.cause == given("cause"), _UNSETTLED)
    .values(by_name(_I.settled_at))
)
_OF_MAIL = Statement[tuple[str, str]](
    select(_I.kind, _I.cause).where(_I.kind.in_((MAIL, MESSAGE)), _UNSETTLED).order_by(_I.id)
)
_OPEN = Statement[_Row](_EVERY.where(_UNSETTLED).order_by(_I.id))
_ONE = Statement[_Row](_EVERY.where(_I.id == given("number")))


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that went wrong: its kind (``timers``, ``letter``), what it is about, in words.

    ``cause`` tells troubles of one kind apart: the same cause again only counts.
    """

    kind: str
    cause: str
    what: str = ""
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


def of_letter(letter: str, key: str) -> Trouble:
    """One letter that cannot be written."""
    return Trouble("letter", f"letter {letter} ({key})")


def of_overview(reader: str, happened: str = "") -> Trouble:
    """What is wrong with the overview of somebody: one incident, whatever happens to it."""
    cause = f"the overview of {reader}"
    return Trouble(OVERVIEW, cause, f"{cause} {happened}")


def of_message(number: int, what: str = "", case_id: CaseId | None = None) -> Trouble:
    """One letter, by its number, that was written and cannot be sent by itself any more."""
    return Trouble(MESSAGE, f"letter {number} waits for a person", what, case_id)


def report(session: Session, trouble: Trouble, now: datetime) -> None:
    """Open an incident, or count once more when there is an open one of this cause."""
    session.change(
        _REPORT,
        kind=trouble.kind,
        cause=trouble.cause,
        case_id=trouble.case_id,
        what=trouble.what,
        first_at=from_instant(now),
        last_at=from_instant(now),
    )


def settle(session: Session, incident: int, now: datetime) -> None:
    """Take it off the list; NotFoundError when it is not on it."""
    if not session.change(_SETTLE, number=incident, settled_at=from_instant(now)):
        raise NotFoundError(f"there is no open incident {incident}")


def settle_cause(session: Session, trouble: Trouble, now: datetime) -> None:
    """Take what is known of this cause off the list, if it is on it."""
    at = from_instant(now)
    session.change(_SETTLE_CAUSE, kind=trouble.kind, cause=trouble.cause, settled_at=at)


def of_mail(session: Session) -> tuple[Trouble, ...]:
    """What is open of letters on their way: held up, or waiting for a person."""
    return tuple(Trouble(kind, cause) for kind, cause in session.all(_OF_MAIL))


def open_incidents(session: Session) -> tuple[Incident, ...]:
    """Every incident that nobody has settled, oldest first."""
    return tuple(_incident(row) for row in session.all(_OPEN))


def incident(session: Session, number: int) -> Incident:
    found = session.first(_ONE, number=number)
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
