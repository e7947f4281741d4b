"""Lists of words: what a field, a fact or a centre may say, instead of free text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from engine.model.texts import Ids, Key
from engine.places import NOWHERE, Place

LISTS = "lists"  # among the facts of the office: the lists that it has imported
ROOT = "list."  # of a path into a list


@dataclass(frozen=True, slots=True)
class WordList:
    """Words by name, each with its parts (``departments``), in the order they are offered in.

    An imported one is empty here: its words are those that the office holds.
    """

    name: Key
    title: str
    entries: Mapping[str, Mapping[str, tuple[str, ...]]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    imported: bool = False
    holds: tuple[str, ...] = ()  # facts and facts of centres that say one of its words
    rule: Ids = ()
    place: Place = NOWHERE

    @property
    def parts(self) -> frozenset[str]:
        return frozenset(part for entry in self.entries.values() for part in entry)


def list_of(path: str) -> str:
    """The list that a path leads into; '' for any other path."""
    return path.removeprefix(ROOT).partition(".")[0] if path.startswith(ROOT) else ""
