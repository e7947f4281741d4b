"""What a table of running cases holds: people, facts, and dates that tell how far each one is."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DatedColumn:
    """A date column: the states it says were entered and passed, the record fields it fills."""

    name: str
    required: bool = False
    planned: bool = False  # may lie in the future
    loose: bool = False  # stands outside the order of the others
    enters: tuple[str, ...] = ()
    passes: tuple[str, ...] = ()
    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Adoption:
    """How the rows of a programme's running cases are understood."""

    workflow: str
    sides: tuple[str, ...]
    people: Mapping[str, bool]  # column -> required
    roles: Mapping[str, str]  # column -> role
    facts: tuple[str, ...]
    dates: tuple[DatedColumn, ...]
    route: tuple[str, ...]  # the states of the main way, in order
    children: Mapping[str, tuple[str, ...]]  # state -> workflows that run in it
