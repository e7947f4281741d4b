"""What is foreign in a text from right to left, such as a Latin name, stands in an isolate (UAX 9):
the marks beside it belong to the text around it, and stay on their side.
"""

import re
from collections.abc import Iterable, Iterator
from unicodedata import bidirectional

from notifications.blocks import COMMAND

_OPENS, _CLOSES = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_FROM_RIGHT = frozenset({"R", "AL"})
_FIGURES = re.compile(r"\d[ ./:+-]+\d")  # of a phone or a day: groups that would change places
OUTSIDE = rf"(?![^{_OPENS}]*{_CLOSES})"  # of a pattern: what comes next stands in no isolate
_BARE = str.maketrans({_OPENS: None, _CLOSES: None})


def isolated(value: str) -> str:
    """A value as it stands in a text from right to left.

    What is of several lines is no part of a sentence, an address stands alone on its line, and what
    has isolates is a sentence of the text itself.
    """
    if "\n" in value or "://" in value or _OPENS in value:
        return value
    ways = {bidirectional(each) for each in value}
    is_foreign = "L" in ways or _FIGURES.search(value) is not None
    return f"{_OPENS}{value}{_CLOSES}" if is_foreign and not ways & _FROM_RIGHT else value


def closed(text: str) -> str:
    """A text whose isolates all end in it; without any where one does not, or ends unopened."""
    depth = 0
    for each in text:
        depth += (each == _OPENS) - (each == _CLOSES)
        if depth < 0:
            break
    return text.translate(_BARE) if depth else text


def with_commands(text: str) -> str:
    """Each command in a text isolated as a whole: it is copied, with nothing unseen in it."""
    if _OPENS not in text:
        return text
    plain = re.sub(r"`[^`\n]*`", lambda found: found[0].translate(_BARE), text)
    return COMMAND.sub(rf"{_OPENS}\g<0>{_CLOSES}", plain)


def rows_apart(rows: Iterable[str]) -> Iterator[str]:
    """The rows of a folded line: a row ends all isolates, so the next one opens them once more."""
    depth = 0
    for row in rows:
        words = row.lstrip(" ")
        lead, before = row[: len(row) - len(words)], depth
        depth += words.count(_OPENS) - words.count(_CLOSES)
        yield f"{lead}{_OPENS * before}{words}{_CLOSES * depth}"


def in_html(text: str) -> str:
    """The same in a page, where elements isolate."""
    return text.replace(_OPENS, "<bdi>").replace(_CLOSES, "</bdi>")
