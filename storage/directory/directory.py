"""The directory: centres and people, and what becomes of an address that is dead."""

from datetime import date

from engine.model.dossier import PersonId
from storage.database.columns import from_day
from storage.database.session import Session
from storage.database.statements import Change, Statement
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
from storage.errors import ConflictError, NotFoundError

__all__ = [
    "Centre",
    "Contact",
    "add_centre",
    "add_person",
    "centre",
    "centre_id",
    "centres",
    "change_centre",
    "change_person",
    "keep_office",
    "mark_reachable",
    "mark_unreachable",
    "people",
    "person",
    "person_id",
]

OFFICE = "office"  # the side of the programme's own office
_CENTRE_COLUMNS = """id, key, name, short_name, side, country, region, zone, city, language,
    facts, closures"""
_CENTRES = Statement[CentreRow](
    f"SELECT {_CENTRE_COLUMNS} FROM centres WHERE side <> 'office' ORDER BY key"  # noqa: S608 - ours
)
_CENTRE = Statement[CentreRow](
    f"SELECT {_CENTRE_COLUMNS} FROM centres WHERE key = :key"  # noqa: S608 - our own words
)
_ADD_CENTRE = Statement[tuple[int]](
    """INSERT INTO centres (key, name, short_name, side, country, region, zone, city, language,
        facts, closures)
    VALUES (:key, :name, :short_name, :side, :country, :region, :zone, :city, :language,
        :facts, :closures)
    ON CONFLICT (key) DO NOTHING RETURNING id"""
)
_CHANGE_CENTRE = Change(
    """UPDATE centres SET name = :name, short_name = :short_name, side = :side,
        country = :country, region = :region, zone = :zone, city = :city, language = :language,
        facts = :facts, closures = :closures
    WHERE key = :key"""
)
_PERSON_COLUMNS = """id, key, name, email, language, phone, languages, hours, centre_id, reachable,
    dead_since, dead_reason"""
_PEOPLE = Statement[PersonRow](
    f"SELECT {_PERSON_COLUMNS} FROM people ORDER BY key"  # noqa: S608 - our own words
)
_PERSON = Statement[PersonRow](
    f"SELECT {_PERSON_COLUMNS} FROM people WHERE key = :key"  # noqa: S608 - our own words
)
_PERSON_BY_ID = Statement[PersonRow](
    f"SELECT {_PERSON_COLUMNS} FROM people WHERE id = :id"  # noqa: S608 - our own words
)
_ADD_PERSON = Statement[tuple[int]](
    """INSERT INTO people (key, name, email, language, phone, languages, hours, centre_id,
        reachable, dead_since, dead_reason)
    VALUES (:key, :name, :email, :language, :phone, :languages, :hours, :centre,
        TRUE, NULL, '')
    ON CONFLICT (key) DO NOTHING RETURNING id"""
)
_CHANGE_PERSON = Change(
    """UPDATE people SET name = :name, language = :language, phone = :phone,
        languages = :languages, hours = :hours, centre_id = :centre,
        reachable = (reachable OR email <> :email),
        dead_since = CASE WHEN email <> :email THEN NULL ELSE dead_since END,
        dead_reason = CASE WHEN email <> :email THEN '' ELSE dead_reason END,
        email = :email
    WHERE key = :key"""
)
_DEAD = Change(
    """UPDATE people SET reachable = FALSE, dead_since = :on, dead_reason = :reason
    WHERE id = :id AND reachable"""
)
_ALIVE = Change(
    "UPDATE people SET reachable = TRUE, dead_since = NULL, dead_reason = '' WHERE id = :id"
)


def centres(session: Session) -> tuple[Centre, ...]:
    """Every centre by key, without the programme's own office."""
    return tuple(to_centre(row) for row in session.all(_CENTRES))


def centre(session: Session, key: str) -> Centre:
    found = session.first(_CENTRE, key=key)
    if found is None:
        raise NotFoundError(f"there is no centre {key}; pairing centre list shows them all")
    return to_centre(found)


def centre_id(session: Session, key: str) -> int:
    return centre(session, key).id


def add_centre(session: Session, new: Centre) -> int:
    """The id of a new centre; ConflictError when its key is taken."""
    added = session.all(_ADD_CENTRE, **centre_values(new))
    if not added:
        raise ConflictError(f"there is a centre {new.key} already; choose another key")
    return added[0][0]


def change_centre(session: Session, changed: Centre) -> None:
    """Give a centre, found by its key, everything else anew."""
    if not session.change(_CHANGE_CENTRE, **centre_values(changed)):
        raise NotFoundError(f"there is no centre {changed.key}; pairing centre list shows them all")


def keep_office(session: Session, office: Centre) -> None:
    """The programme's own office, whose zone and holidays count where no centre's do."""
    values = {**centre_values(office), "side": OFFICE}
    if not session.change(_CHANGE_CENTRE, **values):
        session.all(_ADD_CENTRE, **values)


def people(session: Session) -> tuple[Contact, ...]:
    """Everybody by key."""
    return tuple(to_contact(row) for row in session.all(_PEOPLE))


def person(session: Session, who: str | PersonId) -> Contact:
    """Somebody by key, or by number."""
    by_key = isinstance(who, str)
    found = session.first(_PERSON, key=who) if by_key else session.first(_PERSON_BY_ID, id=who)
    if found is None:
        raise NotFoundError(f"there is no person {who}; pairing person list shows them all")
    return to_contact(found)


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
        raise NotFoundError(f"there is no person {changed.key}; pairing person list shows them all")


def mark_unreachable(session: Session, number: PersonId, reason: str, on: date) -> bool:
    """Their address is dead, since when and why; False when that was known."""
    return bool(session.change(_DEAD, id=number, reason=reason, on=from_day(on)))


def mark_reachable(session: Session, number: PersonId) -> None:
    session.change(_ALIVE, id=number)
