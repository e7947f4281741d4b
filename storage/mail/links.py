"""Links in letters: the hash of each token, and the one thing that it may do (security 11)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, exists, select

from engine.model.dossier import PersonId
from storage.database.columns import from_instant
from storage.database.session import Session
from storage.database.statements import Change, Statement, given, insert_into
from storage.schema.tables import ATTEMPTS, CASES, INTENTS, LINKS, MESSAGES, PEOPLE

_L, _I, _M, _A = LINKS.c, INTENTS.c, MESSAGES.c, ATTEMPTS.c
_MAKE = Change(insert_into(LINKS))
_LIVE = Statement[tuple[int, int, str, str]](
    select(_L.intent_id, _L.person_id, PEOPLE.c.key, _L.digest)
    .join(PEOPLE, PEOPLE.c.id == _L.person_id)
    .where(_L.hash == given("hash"), _L.expires_at > given("now"))
)
_OF_MESSAGE = Statement[tuple[int, int, str, str]](
    select(_I.id, _M.person_id, PEOPLE.c.key, CASES.c.digest)
    .join(MESSAGES, _M.id == _I.message_id)
    .join(PEOPLE, PEOPLE.c.id == _M.person_id)
    .join(CASES, CASES.c.id == _I.case_id)
    .where(_I.message_id == given("message"))
    .order_by(_I.id)
)
_MAY_HAVE_ARRIVED = exists().where(
    _A.message_id == given("message"), _A.outcome.in_(("accepted", "ambiguous"))
)
_FORGET_UNSENT = Change(
    delete(LINKS).where(
        _L.intent_id.in_(select(_I.id).where(_I.message_id == given("message"))),
        ~_MAY_HAVE_ARRIVED,
    )
)
_IS_OVER = _L.expires_at <= given("now")
_ANY_OVER = Statement[tuple[int]](select(_L.intent_id).where(_IS_OVER).limit(1))
_FORGET_OVER = Change(delete(LINKS).where(_IS_OVER))
_REVOKE = Change(delete(LINKS).where(_L.person_id == given("person")))


@dataclass(frozen=True, slots=True)
class Link:
    """What a link may do: answer one letter as one person."""

    letter: int
    person: PersonId
    key: str  # of the person
    digest: str  # of the definition that the case was on


def make(session: Session, hashed: str, link: Link, until: datetime) -> None:
    """Keep a new link by the hash of its token; the token stands in the letter alone."""
    session.change(
        _MAKE,
        hash=hashed,
        intent_id=link.letter,
        person_id=link.person,
        digest=link.digest,
        expires_at=from_instant(until),
    )


def revoke(session: Session, person: PersonId) -> None:
    """Whoever holds a link of this person opens nothing by it any more."""
    session.change(_REVOKE, person=person)


def of_message(session: Session, message: int) -> tuple[Link, ...]:
    """What a link of each letter in a message may do, as their cases stand now."""
    rows = session.all(_OF_MESSAGE, message=message)
    return tuple(Link(row[0], PersonId(row[1]), row[2], row[3]) for row in rows)


def forget_unsent(session: Session, message: int) -> None:
    """The links of a message that is not sent: nobody has them, unless a try is in doubt."""
    session.change(_FORGET_UNSENT, message=message)


def are_any_over(session: Session, now: datetime) -> bool:
    """Whether the days of any link are over."""
    return session.first(_ANY_OVER, now=from_instant(now)) is not None


def forget_over(session: Session, now: datetime) -> int:
    """Links whose days are over open nothing and explain nothing: they go; how many."""
    return session.change(_FORGET_OVER, now=from_instant(now))


def live(session: Session, hashed: str, now: datetime) -> Link | None:
    """The link with this hash, where it has not expired."""
    row = session.first(_LIVE, hash=hashed, now=from_instant(now))
    return None if row is None else Link(row[0], PersonId(row[1]), row[2], row[3])
