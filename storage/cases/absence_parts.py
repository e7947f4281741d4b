"""The absences of the people of a family as values, with whoever stands in."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from engine.model.people import Absence, Person, PersonId
from storage.cases.cast_rows import AwayRow
from storage.database.columns import to_optional_day, to_slot, to_words

Absences = Mapping[int, tuple[Absence, ...]]


def absences(rows: Iterable[AwayRow]) -> Absences:
    """By the number of the person, the earliest first; whoever stands in has their own."""
    rows = tuple(rows)
    alone = _by_person((row[0], _absence(row, None)) for row in rows)
    return _by_person((row[0], _absence(row, _substitute(row, alone))) for row in rows)


def when_away(person: Person, known: Absences) -> Person:
    """A person with their absences, in which whoever stands in plays the same role."""
    found = known.get(person.id, ())
    if not found:
        return person
    return replace(person, absences=tuple(_in_role(each, person) for each in found))


def _in_role(absence: Absence, person: Person) -> Absence:
    if absence.substitute is None:
        return absence
    return replace(absence, substitute=replace(absence.substitute, role=person.role))


def _by_person(found: Iterable[tuple[int, Absence]]) -> dict[int, tuple[Absence, ...]]:
    known: dict[int, tuple[Absence, ...]] = {}
    for person, absence in found:
        known[person] = (*known.get(person, ()), absence)
    return known


def _absence(row: AwayRow, substitute: Person | None) -> Absence:
    return Absence(date.fromisoformat(row[1]), date.fromisoformat(row[2]), substitute)


def _substitute(row: AwayRow, known: Absences) -> Person | None:
    if row[3] is None:
        return None
    return Person(
        id=PersonId(row[3]),
        name=row[4] or "",
        email=row[5] or "",
        role="",
        main=False,
        language=row[6] or "",
        phone=row[7] or "",
        languages=to_words(row[8] or "[]"),
        hours=row[9] or "",
        reachable=bool(row[10]),
        centre=row[11],
        key=row[12] or "",
        absences=known.get(row[3], ()),
        slot=to_slot(row[13] or ""),
        calm_until=to_optional_day(row[14]),
    )
