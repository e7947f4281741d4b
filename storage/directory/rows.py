"""Centres and people as the directory lists them, and the rows they are kept in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from engine.model.dossier import EMPTY, PersonId
from engine.time.slots import Slot
from storage.database.columns import (
    from_json,
    from_optional_day,
    from_slot,
    from_spans,
    to_mapping,
    to_optional_day,
    to_slot,
    to_spans,
    to_words,
)

NOBODY = PersonId(0)

CentreRow = tuple[int, str, str, str, str, str, str, str, str, str, str, str]
# fmt: off
PersonRow = tuple[
    int, str, str, str, str, str, str, str, int | None, bool, str | None, str, str, str | None
]
# fmt: on


@dataclass(frozen=True, slots=True)
class Centre:
    """A centre as the directory knows it; ``id`` is 0 before it is added."""

    key: str
    name: str
    short_name: str
    side: str
    country: str
    zone: str
    region: str = ""
    city: str = ""
    language: str = "en"
    facts: Mapping[str, object] = field(default_factory=lambda: EMPTY)
    closures: tuple[tuple[date, date], ...] = ()
    id: int = 0


@dataclass(frozen=True, slots=True)
class Contact:
    """A person as the directory knows them; ``id`` is 0 before they are added."""

    key: str
    name: str
    email: str
    language: str = ""  # of their letters; empty: that of their centre
    phone: str = ""
    languages: tuple[str, ...] = ()
    hours: str = ""
    centre_id: int | None = None
    reachable: bool = True
    dead_since: date | None = None
    dead_reason: str = ""
    slot: Slot | None = None  # when they asked for what can wait; None: at those of their role
    calm_until: date | None = None  # the last day on which they asked for nothing that can wait
    id: PersonId = NOBODY


def centre_values(centre: Centre) -> dict[str, object]:
    return {
        "key": centre.key,
        "name": centre.name,
        "short_name": centre.short_name,
        "side": centre.side,
        "country": centre.country,
        "region": centre.region,
        "zone": centre.zone,
        "city": centre.city,
        "language": centre.language,
        "facts": from_json(centre.facts),
        "closures": from_spans(centre.closures),
    }


def to_centre(row: CentreRow) -> Centre:
    return Centre(
        key=row[1],
        name=row[2],
        short_name=row[3],
        side=row[4],
        country=row[5],
        zone=row[7],
        region=row[6],
        city=row[8],
        language=row[9],
        facts=to_mapping(row[10]),
        closures=to_spans(row[11]),
        id=row[0],
    )


def person_values(contact: Contact) -> dict[str, object]:
    return {
        "key": contact.key,
        "name": contact.name,
        "email": contact.email,
        "language": contact.language,
        "phone": contact.phone,
        "languages": from_json(list(contact.languages)),
        "hours": contact.hours,
        "centre_id": contact.centre_id,
        "slot": from_slot(contact.slot),
        "calm_until": from_optional_day(contact.calm_until),
    }


def to_contact(row: PersonRow) -> Contact:
    return Contact(
        key=row[1],
        name=row[2],
        email=row[3],
        language=row[4],
        phone=row[5],
        languages=to_words(row[6]),
        hours=row[7],
        centre_id=row[8],
        reachable=bool(row[9]),
        dead_since=to_optional_day(row[10]),
        dead_reason=row[11],
        slot=to_slot(row[12]),
        calm_until=to_optional_day(row[13]),
        id=PersonId(row[0]),
    )
