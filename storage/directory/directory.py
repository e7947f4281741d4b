"""The directory: centres and people, and what becomes of an address that is dead."""

from datetime import date

from sqlalchemy import String, case, cast, null, or_, select, update

from engine.model.dossier import PersonId
from storage.database.columns import from_day
from storage.database.session import Session
from storage.database.statements import Change, Statement, by_name, given, upsert
from storage.directory.rows import (
    Centre,
    CentreRow,
    Contact,
    PersonRow,
    centre_values,
    person_values,
    to_centre,
    to_contact,
)
from storage.errors import ConflictError, NotFoundError, unknown
from storage.schema.tables import CENTRES, PEOPLE

__all__ = [
    "Centre",
    "Contact",
    "add_centre",
    "add_person",
    "centre",
    "centre_key",
    "centres",
    "change_centre",
    "change_person",
    "mailboxes",
    "mark_reachable",
    "mark_unreachable",
    "people",
    "person",
    "person_id",
]

_MOST_KEYS = 10_000  # that are looked through for one that may be meant
OFFICE = "office"  # the side of the programme's own office
_C, _P = CENTRES.c, PEOPLE.c
_EVERY_CENTRE = select(
    _C.id,
    _C.key,
    _C.name,
    _C.short_name,
    _C.side,
    _C.country,
    _C.region,
    _C.zone,
    _C.city,
    _C.language,
    _C.facts,
    _C.closures,
)
_CENTRES = Statement[CentreRow](_EVERY_CENTRE.where(_C.side != OFFICE).order_by(_C.key))
_CENTRE = Statement[CentreRow](_EVERY_CENTRE.where(_C.key == given("key")))
_ENTERED_CENTRE = Statement[CentreRow](
    _EVERY_CENTRE.where(_C.key == given("key"), _C.side != OFFICE)
)
_CENTRE_KEY = Statement[tuple[str]](select(_C.key).where(_C.id == given("number")))
ADD_CENTRE = Statement[tuple[int]](upsert(CENTRES, key=(_C.key,)).returning(_C.id))
CHANGE_CENTRE = Change(
    update(CENTRES)
    .where(_C.key == given("key"))
    .values(
        by_name(
            _C.name,
            _C.short_name,
            _C.side,
            _C.country,
            _C.region,
            _C.zone,
            _C.city,
            _C.language,
            _C.facts,
            _C.closures,
        )
    )
)
_EVERYBODY = select(
    _P.id,
    _P.key,
    _P.name,
    _P.email,
    _P.language,
    _P.phone,
    _P.languages,
    _P.hours,
    _P.centre_id,
    _P.reachable,
    _P.dead_since,
    _P.dead_reason,
    _P.slot,
    _P.calm_until,
)
_PEOPLE = Statement[PersonRow](_EVERYBODY.order_by(_P.key))
_PERSON = Statement[PersonRow](_EVERYBODY.where(_P.key == given("key")))
_PERSON_BY_ID = Statement[PersonRow](_EVERYBODY.where(_P.id == given("number")))
_ALIVE_WORDS = {"reachable": True, "dead_since": None, "dead_reason": ""}
_ADD_PERSON = Statement[tuple[int]](upsert(PEOPLE, key=(_P.key,), **_ALIVE_WORDS).returning(_P.id))
# Said to be text: PostgreSQL finds one type for a value that is compared and set.
_NEW_ADDRESS = _P.email != cast(given("email"), String)
_CHANGE_PERSON = Change(
    update(PEOPLE)
    .where(_P.key == given("key"))
    .values(
        {
            **by_name(
                _P.name,
                _P.email,
                _P.language,
                _P.phone,
                _P.languages,
                _P.hours,
                _P.centre_id,
                _P.slot,
                _P.calm_until,
            ),
            _P.reachable: or_(_P.reachable, _NEW_ADDRESS),
            _P.dead_since: case((_NEW_ADDRESS, null()), else_=_P.dead_since),
            _P.dead_reason: case((_NEW_ADDRESS, ""), else_=_P.dead_reason),
        }
    )
)
_DEAD = Change(
    update(PEOPLE)
    .where(_P.id == given("number"), _P.reachable)
    .values({_P.reachable: False, **by_name(_P.dead_since, _P.dead_reason)})
)
_KEYS_OF_CENTRES = Statement[tuple[str]](
    select(_C.key).where(_C.side != OFFICE).order_by(_C.id.desc()).limit(_MOST_KEYS)
)
_KEYS_OF_PEOPLE = Statement[tuple[str]](select(_P.key).order_by(_P.id.desc()).limit(_MOST_KEYS))
_MAILBOXES = Statement[tuple[str, str]](select(_P.email, _P.key).order_by(_P.key))
_ALIVE = Change(update(PEOPLE).where(_P.id == given("number")).values(_ALIVE_WORDS))


def centres(session: Session) -> tuple[Centre, ...]:
    """Every centre by key, without the programme's own office."""
    return tuple(to_centre(row) for row in session.all(_CENTRES))


def centre(session: Session, key: str) -> Centre:
    found = session.first(_CENTRE, key=key)
    if found is None:
        raise _no_centre(session, key)
    return to_centre(found)


def entered_centre(session: Session, key: str) -> Centre | None:
    """The centre with a key, None where nobody entered one; the office is none."""
    found = session.first(_ENTERED_CENTRE, key=key)
    return None if found is None else to_centre(found)


def centre_key(session: Session, number: int) -> str:
    """The key of a centre known by number."""
    return next((row[0] for row in session.all(_CENTRE_KEY, number=number)), "")


def add_centre(session: Session, new: Centre) -> int:
    """The id of a new centre; ConflictError when its key is taken."""
    added = session.all(ADD_CENTRE, **centre_values(new))
    if not added:
        raise ConflictError(f"there is a centre {new.key} already; choose another key")
    return added[0][0]


def change_centre(session: Session, changed: Centre) -> None:
    """Give a centre, found by its key, everything else anew."""
    if not session.change(CHANGE_CENTRE, **centre_values(changed)):
        raise _no_centre(session, changed.key)


def people(session: Session) -> tuple[Contact, ...]:
    """Everybody by key."""
    return tuple(to_contact(row) for row in session.all(_PEOPLE))


def mailboxes(session: Session) -> tuple[tuple[str, str], ...]:
    """Every address with the key of who reads it."""
    return tuple(session.all(_MAILBOXES))


def person(session: Session, who: str | PersonId) -> Contact:
    """Somebody by key, or by number."""
    by_key = isinstance(who, str)
    found = session.first(_PERSON, key=who) if by_key else session.first(_PERSON_BY_ID, number=who)
    if found is None:
        raise _no_person(session, str(who))
    return to_contact(found)


def entered_person(session: Session, key: str) -> Contact | None:
    """Somebody by key, None where nobody entered them."""
    found = session.first(_PERSON, key=key)
    return None if found is None else to_contact(found)


def person_id(session: Session, key: str) -> PersonId:
    return person(session, key).id


def add_person(session: Session, new: Contact) -> PersonId:
    """The id of a new person; ConflictError when the key is taken."""
    added = session.all(_ADD_PERSON, **person_values(new))
    if not added:
        raise ConflictError(f"there is a person {new.key} already; choose another key")
    return PersonId(added[0][0])


def change_person(session: Session, changed: Contact) -> None:
    """Give a person, found by key, everything else anew; a new address is reachable again."""
    if not session.change(_CHANGE_PERSON, **person_values(changed)):
        raise _no_person(session, changed.key)


def mark_unreachable(session: Session, number: PersonId, reason: str, on: date) -> bool:
    """Their address is dead, since when and why; False when that was known."""
    return bool(session.change(_DEAD, number=number, dead_reason=reason, dead_since=from_day(on)))


def mark_reachable(session: Session, number: PersonId) -> None:
    session.change(_ALIVE, number=number)


def _no_centre(session: Session, key: str) -> NotFoundError:
    return unknown("centre", key, [row[0] for row in session.all(_KEYS_OF_CENTRES)], "centre")


def _no_person(session: Session, key: str) -> NotFoundError:
    return unknown("person", key, [row[0] for row in session.all(_KEYS_OF_PEOPLE)], "person")
