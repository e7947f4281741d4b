"""A field of a record, and of each row of a list of rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engine import literals
from engine.places import NOWHERE, Place
from engine.suggestions import folded, nearest


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
        if self.kind == "choice":
            return self._choice(text)
        reader = _READERS.get(self.kind)
        return reader(text) if reader else text

    def _choice(self, text: str) -> str:
        """One of the words, whatever its capitals, spaces, hyphens; else the nearest is named."""
        known = {folded(choice): choice for choice in self.choices}
        found = known.get(folded(text))
        if found is None:
            near = nearest(text, list(self.choices))
            there = f'did you mean "{near}"?' if near else f"choose {_or(self.choices)}"
            raise ValueError(f"{literals.shown(text)} is none of its words: {there}")
        return found


def _or(words: tuple[str, ...]) -> str:
    return " or ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else "".join(words)


_READERS: Mapping[str, Callable[[str], object]] = {
    "date": lambda text: literals.day(text).isoformat(),
    "yes_no": literals.yes_no,
    "number": literals.number,
    "whole": literals.whole_number,
    "version": literals.whole_number,
    "list": lambda text: [text],
}
