"""Lines of at most 72 columns: each line of a text stands alone and folds where it is long."""

import re
from collections.abc import Iterator

WIDTH = 72  # columns
_MARKER = re.compile(r" *(?:(?:[-*]|\d{1,3}[.)]) +)?")
_PAGES = ("https://", "http://")
_GAPS = re.compile(r"\n{3,}")
_BLANKS = re.compile(r"[ \t-\r]+")  # a space that binds is none: it belongs to its words


def wrapped(text: str, width: int = WIDTH) -> str:
    """Fold long lines, hang list entries, and stand each long address alone on its line.

    A word longer than a line, such as an address, is never broken. Several blank lines become
    one; the text ends with one line break.
    """
    lines = (line for long in text.split("\n") for line in _folded(long.rstrip(" "), width))
    return _GAPS.sub("\n\n", "\n".join(lines)).strip("\n") + "\n"


def one_line(text: str) -> str:
    """The same on one line, with one blank where there were several."""
    return _BLANKS.sub(" ", text).strip(" ")


def _folded(line: str, width: int) -> Iterator[str]:
    if len(line) <= width:
        yield line
        return
    lead = _lead(line)
    row: list[str] = []
    taken = 0  # columns, with a space behind each word
    for word in line[len(lead) :].split(" "):
        if not word:
            continue
        alone = word.startswith(_PAGES)
        if row and (alone or len(lead) + taken + len(word) > width):
            yield lead + " ".join(row)
            lead, row, taken = " " * len(lead), [], 0
        row.append(word)
        taken += len(word) + 1
        if alone:
            yield lead + word
            lead, row, taken = " " * len(lead), [], 0
    if row:
        yield lead + " ".join(row)


def _lead(line: str) -> str:
    """The indent and the list marker of a line: `- `, `2. `."""
    found = _MARKER.match(line)
    return found.group() if found else ""
