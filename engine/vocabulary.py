"""What every check of the closed vocabulary is: something that can say what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from engine.view import View

NOTHING: frozenset[str] = frozenset()
NO_WORDS: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Lack:
    """One missing thing: a detail in words and, where the check knows better, whose turn it is."""

    detail: str
    owner: str | None = None


@runtime_checkable
class Check(Protocol):
    """A check with its numbers; met when nothing is lacking."""

    @property
    def reads(self) -> frozenset[str]: ...  # what it needs beyond the case: "places", "load"

    def lacks(self, view: "View") -> tuple[Lack, ...]: ...

    def paths(self) -> tuple[str, ...]: ...
