"""What the check finds and a file accepts, apart from what is refused."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from engine.places import Place

_FOUND = re.compile(r"(?P<file>.+?):(?P<line>\d+):(?P<column>\d+): .* \[(?P<kind>\w+)\]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A finding that is meant: its kind, the part of its file it stands in, and why it is right."""

    kind: str
    at: str
    reason: str
    place: Place  # where it is accepted
    where: tuple[tuple[int, int], ...]  # line and column of all that stands in this part
    texts: str = ""  # the folder whose texts belong to this part, where some do

    def fits(self, found: str) -> bool:
        parts = _FOUND.fullmatch(found)
        if parts is None or parts["kind"] != self.kind:
            return False
        if self.texts and parts["file"].startswith(self.texts):
            return True
        spot = int(parts["line"]), int(parts["column"])
        return parts["file"] == self.place.file and spot in self.where

    @property
    def about(self) -> tuple[str, str, str]:
        return self.place.file, self.kind, self.at

    @property
    def idle(self) -> str:
        """What is said where it fits nothing."""
        missing = f"no {self.kind} is found at {self.at}" if self.where else f"no part {self.at}"
        return f"{self.place}: {missing}, so nothing is accepted; take it out, or correct it"


def refused(found: Iterable[str], accepted: tuple[Accepted, ...]) -> tuple[str, ...]:
    """What was found and nobody accepts."""
    return tuple(each for each in found if not any(one.fits(each) for one in accepted))


def judged(
    found: Iterable[str], accepted: tuple[Accepted, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is refused, with what is accepted and found no more; what is accepted, and why.

    Where something of no kind is found, the check did not look for all there may be.
    """
    every = tuple(found)
    has_looked = all(map(_FOUND.fullmatch, every))
    idle = (one.idle for one in accepted if has_looked and not any(map(one.fits, every)))
    firsts: dict[tuple[str, str, str], Accepted] = {}
    doubled = (each for each in accepted if firsts.setdefault(each.about, each) is not each)
    twice = (
        f"{each.place}: {each.kind} at {each.at} is accepted above: keep one" for each in doubled
    )
    fitting = ((each, one) for each in every for one in accepted if one.fits(each))
    meant = {each: f"{each}; accepted: {one.reason}" for each, one in fitting}
    return (*refused(every, accepted), *idle, *twice), tuple(meant.values())
