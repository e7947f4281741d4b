"""Factories of what the engine looks at: moments, people, centres, dossiers, all of them dull."""

from collections.abc import Mapping
from datetime import UTC, datetime, time

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
        reachable=reachable,
    )


def a_party(side: str, *, country: str = "", zone: str = "UTC") -> Party:
    """An invented centre; without a country it knows weekends only."""
    return Party(
        side, f"{side}-centre", f"Centre of {side}", side.title(), country, zone, Workdays.plain()
    )


PEOPLE = (
    a_person(1, "facilitator"),
    a_person(2, "coordinator"),
    a_person(3, "aspiring"),
    a_person(4, "lead"),
)


def a_dossier(**changes: object) -> Dossier:
    """A case before its first visit, with one person in each role and a centre on each side."""
    known: dict[str, object] = {
        "id": CaseId(7),
        "workflow": "story",
        "digest": "digest",
        "reference": "PAIR-07",
        "state": "first",
        "visit": 0,
        "version": 0,
        "entered_at": OPENED,
        "opened_at": OPENED,
        "office": a_party("office"),
        "people": PEOPLE,
        "parties": {side: a_party(side) for side in ("coordinator", "aspiring")},
        **changes,
    }
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
    signatures = tuple(Signature(role, f"head of {role}", local_day(at, "UTC")) for role in signed)
    return RecordVersion(number, content, at, "aspiring", signatures=signatures)


def a_child(number: int, workflow: str, closed: str | None = None, **facts: object) -> Child:
    """A child case, open unless a day says when it was closed."""
    closed_at = moment(closed) if closed is not None else None
    state = "closed" if closed_at else "open"
    return Child(CaseId(number), workflow, state, OPENED, closed_at, facts)
