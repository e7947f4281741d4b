"""Who may fetch their calendar without a login: one address a person, by the hash of its token."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, exists, or_, select

from engine.model.people import PersonId
from storage.database.columns import from_instant, to_instant
from storage.database.session import Session
from storage.database.statements import Change, Statement, given, upsert
from storage.schema.tables import CASES, FEEDS, PEOPLE, ROLES

_F, _R, _C = FEEDS.c, ROLES.c, CASES.c
_RENEW = Change(upsert(FEEDS, _F.hash, _F.made_at))
_REVOKE = Change(delete(FEEDS).where(_F.person_id == given("person")))
_TAKES_PART = (
    exists()
    .where(_R.person_id == PEOPLE.c.id, _R.ends_on.is_(None))
    .where(
        or_(
            _R.case_id.is_(None),
            exists().where(_C.id == _R.case_id, _C.closed_at.is_(None)),
        )
    )
)
_READER = Statement[tuple[str]](
    select(PEOPLE.c.key)
    .join(FEEDS, _F.person_id == PEOPLE.c.id)
    .where(_F.hash == given("hash"), _TAKES_PART)
)
_PLAYING = Statement[tuple[str]](
    select(PEOPLE.c.key).where(PEOPLE.c.id == given("person"), _TAKES_PART)
)
_MADE = Statement[tuple[int, str]](select(_F.person_id, _F.made_at))


def renew(session: Session, person: PersonId, hashed: str, now: datetime) -> None:
    """From now on this token opens the calendar of a person, and none that they had before."""
    session.change(_RENEW, person_id=person, hash=hashed, made_at=from_instant(now))


def revoke(session: Session, person: PersonId) -> bool:
    """No address opens the calendar of a person any more; False where none did."""
    return bool(session.change(_REVOKE, person=person))


def reader(session: Session, hashed: str) -> str | None:
    """Whose calendar a token opens, by key; nobody's once they play no role any more."""
    row = session.first(_READER, hash=hashed)
    return None if row is None else row[0]


def takes_part(session: Session, person: PersonId) -> bool:
    """Whether somebody plays a role in an open case, or in the whole programme."""
    return session.first(_PLAYING, person=person) is not None


def made_at(session: Session) -> Mapping[PersonId, datetime]:
    """Since when each one has the address that they have."""
    return {PersonId(row[0]): to_instant(row[1]) for row in session.all(_MADE)}
