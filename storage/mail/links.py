"""Links in letters: the hash of each token, and the one thing that it may do (security 11)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from engine.model.dossier import PersonId
from storage.database.columns import from_instant
from storage.database.session import Session
from storage.database.statements import Change, Statement, given, insert_into
from storage.schema.tables import LINKS, PEOPLE

_L = LINKS.c
_MAKE = Change(insert_into(LINKS))
_LIVE = Statement[tuple[int, int, str, str]](
    select(_L.intent_id, _L.person_id, PEOPLE.c.key, _L.digest)
    .join(PEOPLE, PEOPLE.c.id == _L.person_id)
    .where(_L.hash == given("hash"), _L.expires_at > given("now"))
)
_REVOKE = Change(delete(LINKS).where(_L.person_id == given("person")))


@dataclass(frozen=True, slots=True)
class Link:
    """What a link may do: answer one letter as one person."""

    letter: int
    person: PersonId
    key: str  # of the person
    digest: str  # of the definition that the case was on


def make(session: Session, hashed: str, link: Link, now: datetime, until: datetime) -> None:
    """Keep a new link by the hash of its token; the token stands in the letter alone."""
    session.change(
        _MAKE,
        hash=hashed,
        intent_id=link.letter,
        person_id=link.person,
        digest=link.digest,
        made_at=from_instant(now),
        expires_at=from_instant(until),
    )


def revoke(session: Session, person: PersonId) -> None:
    """Whoever holds a link of this person opens nothing by it any more."""
    session.change(_REVOKE, person=person)


def live(session: Session, hashed: str, now: datetime) -> Link | None:
    """The link with this hash, where it has not expired."""
    row = session.first(_LIVE, hash=hashed, now=from_instant(now))
    return None if row is None else Link(row[0], PersonId(row[1]), row[2], row[3])
