"""Meetings at a time when somebody who should come does not work: told, never refused (B-13)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time

from engine.dates.anchors import day_of
from engine.model.dossier import Party
from engine.model.fields import Field
from engine.time.day_words import day_in_words
from engine.time.moments import moment_of
from engine.time.zones import local_time

_BEGINS, _ENDS = time(8), time(18)  # D: outside them a slip of the pen is likelier than a wish


def odd_hours(
    fields: Iterable[Field], content: Mapping[str, object], parties: Iterable[Party], today: date
) -> tuple[str, ...]:
    """What is odd about the days and moments to come that a record names, a sentence each."""
    there = tuple(parties)
    found: list[str] = []
    for field in fields:
        value = content.get(field.name)
        on = day_of(value)
        if field.past or on is None or on < today:
            continue
        moment = moment_of(value)
        if field.kind == "moment" and moment is not None:
            found += _moment(moment, there)
        elif field.kind == "date":
            found += _day(on, there)
    return tuple(dict.fromkeys(found))


def _moment(moment: datetime, parties: tuple[Party, ...]) -> Iterator[str]:
    for party in parties:
        local = local_time(moment, party.zone)
        yield from _day(local.date(), (party,))
        if not _BEGINS <= local.time() < _ENDS:
            yield f"at {party.short_name} it is {local:%H:%M} then"


def _day(on: date, parties: tuple[Party, ...]) -> Iterator[str]:
    for party in parties:
        if not party.workdays.is_working_day(on):
            yield f"{day_in_words(on)} is no working day at {party.short_name}"
