"""A field of a record, and of each row of a list of rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engine import literals
from engine.places import NOWHERE, Place


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record and what its content must be."""

    name: str
    kind: str  # one of engine.checks.records.KINDS
    optional: bool = False
    choices: tuple[str, ...] = ()
    at_least: float | None = None
    at_most: float | None = None
    past: bool = False  # a date of what has happened: never one to come
    not_before: str = ""  # another date beside it, which may not be the later one
    rows: tuple["Field", ...] = ()  # the fields of each row of a list of rows
    place: Place = NOWHERE

    def read(self, text: str) -> object:
        """What a person wrote, as content holds it; ValueError says what would be right."""
        reader = _READERS.get(self.kind)
        return reader(text) if reader else text


_READERS: Mapping[str, Callable[[str], object]] = {
    "date": lambda text: literals.day(text).isoformat(),
    "yes_no": literals.yes_no,
    "number": literals.number,
    "whole": literals.whole_number,
    "version": literals.whole_number,
    "list": lambda text: [text],
}
