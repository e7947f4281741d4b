"""The words of a story as its file writes them: a day hung on what is known, or a value."""

import re
from datetime import time

from engine.errors import DefinitionError, quoted
from engine.time.spans import parse_span
from simulation.story import Point, Word

_POINT = r"[A-Za-z][A-Za-z0-9_.]*(?: *[+-] *P[0-9A-Z]+)?"
_WORD = re.compile(
    rf"=(?:(?P<one>{_POINT})|later_of (?P<several>{_POINT}(?: *, *{_POINT})+))"
    r"(?: *@(?P<at>[0-2][0-9]:[0-5][0-9]))?"
)
_SUM = re.compile(r"(?P<of>[^ +-]+)(?: *(?P<sign>[+-]) *(?P<span>P\w+))?")


def read_word(text: str) -> Word:
    """Read ``=target + P1D @10:00`` or ``=record.roadmap.version``; DefinitionError says how."""
    found = _WORD.fullmatch(text)
    if found is None:
        raise DefinitionError(
            f"{quoted(text)} is not found anywhere: write such as =today + P28D, "
            "=target @10:00, =record.roadmap.version or =later_of target, today + P28D"
        )
    points = (found["one"] or found["several"]).split(",")
    at = time.fromisoformat(found["at"]) if found["at"] else None
    return Word(tuple(_point(point.strip()) for point in points), at)


def _point(text: str) -> Point:
    found = _SUM.fullmatch(text)
    if found is None:
        raise DefinitionError(f"{quoted(text)} is no day: write such as target - P14D")
    if not found["span"]:
        return Point(found["of"])
    return Point(found["of"], parse_span(("-" if found["sign"] == "-" else "") + found["span"]))
