"""A field of a record, and of each row of a list of rows."""

from dataclasses import dataclass

from engine.places import NOWHERE, Place


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record and what its content must be."""

    name: str
    kind: str  # one of engine.records.KINDS
    optional: bool = False
    choices: tuple[str, ...] = ()
    at_least: float | None = None
    at_most: float | None = None
    past: bool = False  # a date of what has happened: never one to come
    not_before: str = ""  # another date beside it, which may not be the later one
    rows: tuple["Field", ...] = ()  # the fields of each row of a list of rows
    place: Place = NOWHERE
