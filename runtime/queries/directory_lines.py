"""Centres and people, as lists show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from engine.time.zones import local_day
from runtime.wiring import Runtime
from storage.database.transactions import reading
from storage.directory import absences, directory, feeds
from storage.directory.absences import AbsenceEntry
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
class AbsenceLine:
    """Days on which somebody does not answer, the last one too, and who does meanwhile, by key.

    ``source`` is the key of who entered it, or ``automatic reply``.
    """

    first_on: date
    last_on: date
    substitute: str
    source: str


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
    slot: str  # when what can wait comes; empty: at the slots of their role
    calm_until: date | None  # they asked for nothing that can wait, until then
    absences: tuple[AbsenceLine, ...]  # those that go on, or are to come
    calendar_since: date | None = None  # when the address of their calendar was made


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
    office = runtime.settings.programme.zone
    with reading(runtime.database) as session:
        homes = {centre.id: centre for centre in directory.centres(session)}
        away: dict[int, list[AbsenceEntry]] = {}
        for entry in absences.absences(session):
            away.setdefault(entry.person, []).append(entry)
        people = directory.people(session)
        made = {who: local_day(at, office) for who, at in feeds.made_at(session).items()}
    found = []
    for each in people:
        home = homes.get(each.centre_id or 0)
        zone = home.zone if home is not None else office
        today = local_day(runtime.clock(), zone)
        left = [entry for entry in away.get(each.id, ()) if entry.last_on >= today]
        line = _person(each, home.key if home is not None else None, left)
        line = replace(line, calendar_since=made.get(each.id))
        is_over = line.calm_until is not None and line.calm_until < today
        found.append(replace(line, calm_until=None) if is_over else line)
    return tuple(found)


def _centre(centre: Centre) -> CentreLine:
    return CentreLine(*(getattr(centre, name) for name in CentreLine.__slots__))


def _person(contact: Contact, centre: str | None, away: Iterable[AbsenceEntry]) -> PersonLine:
    return PersonLine(
        key=contact.key,
        name=contact.name,
        email=contact.email,
        centre=centre,
        language=contact.language,
        languages=contact.languages,
        phone=contact.phone,
        hours=contact.hours,
        reachable=contact.reachable,
        dead_since=contact.dead_since,
        dead_reason=contact.dead_reason,
        slot=str(contact.slot or ""),
        calm_until=contact.calm_until,
        absences=tuple(
            AbsenceLine(each.first_on, each.last_on, each.substitute, each.source) for each in away
        ),
    )
