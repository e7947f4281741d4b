"""Phase: a part of a programme that people call by one name."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phase:
    name: str
    title: str
