"""What every check of the closed vocabulary is: something that can say what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

NOTHING: frozenset[str] = frozenset()
NO_WORDS: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Lack:
    """One missing thing: a detail in words and, where the check knows better, whose turn it is."""

    detail: str
    owner: str | None = None
    centre: str = ""  # of a side that holds several: the key of the one that it waits for


class Check(Protocol):
    """A check with its numbers, as a definition holds it; ``engine.checks.ask`` puts it."""

    @property
    def reads(self) -> frozenset[str]: ...  # what it needs beyond the case: "places", "load"

    def paths(self) -> tuple[str, ...]: ...
