"""What a database knows of itself: its programme, whether it rehearses, its clock, its beat."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import column, select, table

from storage.database.columns import from_instant, to_instant
from storage.database.session import Session
from storage.database.statements import Change, Statement, given, upsert
from storage.database.steps import Read
from storage.errors import NotFoundError
from storage.schema.tables import META

_GET = Statement[tuple[str]](select(META.c.value).where(META.c.key == given("key")))
_SERVER_MOMENT = Statement[tuple[datetime]]("SELECT clock_timestamp()")
TABLES = table("alembic_version", column("version_num"))
_REVISION = Statement[tuple[str]](select(TABLES.c.version_num))
# For a statement that may do nothing once the tables are another version's.
HAS_TABLES = select(TABLES.c.version_num).where(TABLES.c.version_num == given("tables")).exists()
_PUT = Change(upsert(META, META.c.value))


@dataclass(frozen=True, slots=True)
class Outage:
    """A downtime of the engine: its last beat before, its first one after."""

    began_at: datetime
    ended_at: datetime


def server_moment(session: Session) -> datetime:
    """What the clock of a PostgreSQL server says, now and not when the transaction began."""
    ((moment,),) = session.all(_SERVER_MOMENT)
    return moment.astimezone(UTC)


def revision(session: Session) -> str:
    """The revision of the tables, by now."""
    found = session.first(_REVISION)
    return "" if found is None else found[0]


def get(session: Session, key: str) -> str | None:
    found = session.first(_GET, key=key)
    return None if found is None else found[0]


def put(session: Session, key: str, value: str) -> None:
    session.later(_PUT, [{"key": key, "value": value}])


def programme(session: Session) -> str:
    """The programme the database was made for, empty before it was made for one."""
    return get(session, "programme") or ""


def is_rehearsal(session: Session) -> bool:
    return get(session, "rehearsal") == "yes"


def set_up(session: Session, *, programme: str, rehearsal: bool) -> None:
    """Say once and for all what the database is for."""
    put(session, "programme", programme)
    put(session, "rehearsal", "yes" if rehearsal else "no")


def clock(session: Session) -> datetime:
    """The moment the clock of a rehearsal shows."""
    found = get(session, "clock")
    if found is None:
        raise NotFoundError(
            "this database has no clock of its own; make one that has: "
            "pairing db create --rehearsal"
        )
    return to_instant(found)


def set_clock(session: Session, moment: datetime) -> None:
    put(session, "clock", from_instant(moment))


def set_beat(session: Session, now: datetime) -> None:
    put(session, "beat_at", from_instant(now))


def beats(session: Session) -> tuple[Outage | None, datetime | None]:
    """The last downtime and the last beat, asked for together."""
    outage, beat = Read(_GET, key="outage"), Read(_GET, key="beat_at")
    session.together(outage, beat)
    return _outage(outage.rows), to_instant(beat.rows[0][0]) if beat.rows else None


def _outage(rows: list[tuple[str]]) -> Outage | None:
    return Outage(*map(to_instant, rows[0][0].split(" "))) if rows else None


def set_outage(session: Session, outage: Outage) -> None:
    put(session, "outage", f"{from_instant(outage.began_at)} {from_instant(outage.ended_at)}")
