"""Problem: one thing wrong with a definition, where it stands and what would be right."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from engine.errors import quoted
from engine.places import Place

_SHOWN = 6  # names listed when none is near


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Prints as ``file:line:column: sentence; remedy``."""

    place: Place
    sentence: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}; {self.remedy}"


def unknown(place: Place, what: str, name: str, known: Iterable[str]) -> Problem:
    """A name nobody declared, with the nearest one that somebody did."""
    names = sorted(known)
    near = get_close_matches(name, names, 1)
    if near:
        return Problem(place, f"no {what} {quoted(name)}", f"did you mean {near[0]}?")
    shown = ", ".join(names[:_SHOWN]) + (", ..." if len(names) > _SHOWN else "")
    return Problem(
        place,
        f"no {what} {quoted(name)}",
        f"declare it, or use one of: {shown}" if names else "declare it first, or leave it out",
    )
