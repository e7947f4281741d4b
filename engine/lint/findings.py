"""Problem: one thing wrong with a definition, where it stands and what would be right."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from engine.errors import quoted
from engine.places import Place

_SHOWN = 6  # names listed when none is near
_FIRST = "declare it first, or leave it out"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Prints as ``file:line:column: sentence; remedy``.

    One that has a kind may be meant: a file accepts it by its kind, with the reason.
    """

    place: Place
    sentence: str
    remedy: str
    kind: str = field(default="", compare=False)

    def __str__(self) -> str:
        kind = f" [{self.kind}]" if self.kind else ""
        return f"{self.place}: {self.sentence}; {self.remedy}{kind}"


def of_kind(kind: str, problems: Iterable[Problem]) -> Iterator[Problem]:
    """The same problems, each of this kind."""
    return (replace(problem, kind=kind) for problem in problems)


def unknown(place: Place, what: str, name: str, known: Iterable[str]) -> Problem:
    """A name nobody declared, with the nearest one that somebody did."""
    names = sorted(known)
    remedy = meant(name, names, "declare it, or use one of") if names else _FIRST
    return Problem(place, f"no {what} {quoted(name)}", remedy)


def meant(name: str, names: list[str], else_one_of: str = "it may be") -> str:
    """The remedy for a slip of the pen: the nearest of the names there are, else some of them."""
    near = get_close_matches(name, names, 1)
    if near:
        return f"did you mean {near[0]}?"
    shown = ", ".join(names[:_SHOWN]) + (", ..." if len(names) > _SHOWN else "")
    return f"{else_one_of}: {shown}"


def said(value: object) -> str:
    """A value as a definition writes it."""
    return quoted(value) if isinstance(value, str) else str(value).lower()
