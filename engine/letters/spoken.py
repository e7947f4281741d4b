"""What a programme says in a language beside the one that its definition is read in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

SOURCE = "en"  # every programme has its words in this language; the others are held against it
_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Spoken:
    """The words of one language: what is called what there, and what its texts leave out.

    `terms` go by the words of the source language, as they stand in records, events and facts.
    """

    terms: Mapping[str, str] = field(default_factory=lambda: _NONE)
    usual: Mapping[str, str] = field(default_factory=lambda: _NONE)


NOTHING = Spoken()
