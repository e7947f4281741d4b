"""What was measured several times, side by side: where a case stood, and what has changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.model.texts import Ids, Key, Name, Names, SomeNames
from engine.places import NOWHERE, Place


@dataclass(frozen=True, slots=True)
class Comparison:
    """Records that say the same at several times, the first measurement first."""

    name: Key
    title: str
    records: SomeNames
    rows: Name  # the field of each that lists what was measured
    key: Name  # the field of a row that says what it is about
    value: Name  # the field of a row that holds what came of it
    also: Names = ()  # fields beside the rows
    rule: Ids = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Compared:
    """One thing with its value at each time, None where it was not measured."""

    what: str
    values: tuple[object, ...]

    @property
    def change(self) -> object:
        """The last value less the first one; whether they differ where they are no numbers.

        None as long as there are not two of them.
        """
        there = [value for value in self.values if value is not None]
        if len(there) < 2:  # noqa: PLR2004 - a first and a last one
            return None
        first, last = there[0], there[-1]
        if isinstance(first, int | float) and isinstance(last, int | float):
            return round(last - first, 6)
        return first != last


def compared(
    comparison: Comparison, contents: Sequence[Mapping[str, object] | None]
) -> tuple[Compared, ...]:
    """Everything that was measured, in the order in which it was first named.

    ``contents`` are those of the records in force, None where one is not filed.
    """
    found: dict[str, list[object]] = {}
    for number, content in enumerate(contents):
        for what, value in _measured(comparison, content or {}):
            found.setdefault(what, [None] * len(contents))[number] = value
    return tuple(Compared(what, tuple(values)) for what, values in found.items())


def _measured(
    comparison: Comparison, content: Mapping[str, object]
) -> Iterator[tuple[str, object]]:
    for field in comparison.also:
        if content.get(field) is not None:
            yield field, content[field]
    rows = content.get(comparison.rows)
    for row in rows if isinstance(rows, list | tuple) else ():
        if isinstance(row, Mapping):
            yield str(row.get(comparison.key)), row.get(comparison.value)
