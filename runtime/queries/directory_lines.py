"""Centres and people, as lists show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from runtime.wiring import Runtime
from storage.database.transactions import reading
from storage.directory import directory
from storage.directory.rows import Centre, Contact


@dataclass(frozen=True, slots=True)
class CentreLine:
    """All that is known of a centre."""

    key: str
    name: str
    short_name: str
    side: str
    country: str
    region: str
    zone: str
    city: str
    language: str
    closures: tuple[tuple[date, date], ...]
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class PersonLine:
    """All that is known of a person; centre is the key of theirs."""

    key: str
    name: str
    email: str
    centre: str | None
    language: str
    languages: tuple[str, ...]
    phone: str
    hours: str
    reachable: bool
    dead_since: date | None
    dead_reason: str


def centre_lines(runtime: Runtime) -> tuple[CentreLine, ...]:
    """Every centre."""
    with reading(runtime.database) as session:
        return tuple(map(_centre, directory.centres(session)))


def centre_line(runtime: Runtime, key: str) -> CentreLine:
    """One centre; NotFoundError when there is none of this key."""
    with reading(runtime.database) as session:
        return _centre(directory.centre(session, key))


def person_lines(runtime: Runtime) -> tuple[PersonLine, ...]:
    """Everybody."""
    with reading(runtime.database) as session:
        keys = {centre.id: centre.key for centre in directory.centres(session)}
        return tuple(_person(each, keys) for each in directory.people(session))


def _centre(centre: Centre) -> CentreLine:
    return CentreLine(*(getattr(centre, name) for name in CentreLine.__slots__))


def _person(contact: Contact, centres: Mapping[int, str]) -> PersonLine:
    return PersonLine(
        key=contact.key,
        name=contact.name,
        email=contact.email,
        centre=None if contact.centre_id is None else centres.get(contact.centre_id),
        language=contact.language,
        languages=contact.languages,
        phone=contact.phone,
        hours=contact.hours,
        reachable=contact.reachable,
        dead_since=contact.dead_since,
        dead_reason=contact.dead_reason,
    )
