"""Factories of what the engine looks at: moments, people, centres, dossiers.

Dull, but of everything that can be confused there are two: each role has a deputy, and the office
and both centres lie in countries with clocks, holidays and languages of their own.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import cast

from engine.model.dossier import (
    EMPTY,
    CaseId,
    Child,
    Dossier,
    Party,
    Person,
    PersonId,
    RecordVersion,
    Signature,
)
from engine.time.working_days import Workdays
from engine.time.zones import local_day

SIDES = ("coordinator", "aspiring")
OPENED = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday


def moment(day: str, clock: str = "12:00") -> datetime:
    """A moment in UTC: ``moment("2026-03-02")`` is noon."""
    return datetime.combine(datetime.fromisoformat(day), time.fromisoformat(clock), tzinfo=UTC)


def a_person(number: int, role: str, *, main: bool = True, reachable: bool = True) -> Person:
    """Somebody with a role name at example.org."""
    return Person(
        PersonId(number),
        f"{role} {number}",
        f"{role}.{number}@example.org",
        role,
        main=main,
        language=LANGUAGES.get(role, "en"),
        reachable=reachable,
    )


LANGUAGES = {"facilitator": "fr", "coordinator": "pt", "aspiring": "ro"}
# Side: country, zone.
PLACES = {
    "office": ("BE", "Europe/Brussels"),
    "coordinator": ("PT", "Europe/Lisbon"),
    "aspiring": ("RO", "Europe/Bucharest"),
}
NOWHERE = ("", "UTC")  # a side that no story of ours has: no holidays are known there


def a_party(side: str, *, country: str | None = None, zone: str = "") -> Party:
    """An invented centre where its side is at home, or elsewhere."""
    home, hours = PLACES.get(side, NOWHERE)
    place = home if country is None else country
    name, key = f"Centre of {side}", f"{side}-centre"
    return Party(side, key, name, side.title(), place, zone or hours, Workdays(place or None))


OFFICE = a_party("office")
PEOPLE = (
    *(a_person(n, role) for n, role in enumerate(("facilitator", *SIDES, "lead"), start=1)),
    *(
        a_person(n, role, main=False)
        for n, role in enumerate(("facilitator", *SIDES, "lead"), start=11)
    ),
)


def a_dossier(**changes: object) -> Dossier:
    """A case before its first stay: a person and a deputy in each role, a centre on each side."""
    known: dict[str, object] = {
        "id": CaseId(7),
        "workflow": "story",
        "digest": "digest",
        "reference": "PAIR-07",
        "state": "first",
        "stay": 0,
        "version": 0,
        "entered_at": OPENED,
        "opened_at": OPENED,
        "office": OFFICE,
        "people": PEOPLE,
        "parties": {side: a_party(side) for side in SIDES},
        **changes,
    }
    sides = cast("dict[str, Party | tuple[Party, ...]]", known["parties"])
    known["parties"] = {s: p if isinstance(p, tuple) else (p,) for s, p in sides.items()}
    return Dossier(**known)  # type: ignore[arg-type]  # the fields of a dossier, by name


def a_version(
    content: Mapping[str, object] = EMPTY,
    *,
    number: int = 1,
    filed: str = "2026-03-02",
    signed: tuple[str, ...] = (),
) -> RecordVersion:
    """A version of a record, filed at noon and signed on the same day."""
    at = moment(filed)
    signatures = tuple(
        Signature(role, f"head of {role}", local_day(at, OFFICE.zone)) for role in signed
    )
    return RecordVersion(number, content, at, "aspiring", signatures=signatures)


def a_child(number: int, workflow: str, closed: str | None = None, **facts: object) -> Child:
    """A child case, open unless a day says when it was closed."""
    closed_at = moment(closed) if closed is not None else None
    state = "closed" if closed_at else "open"
    return Child(CaseId(number), workflow, state, OPENED, closed_at, facts)
