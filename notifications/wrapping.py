"""The text part: lines of at most 72 columns, written from the blocks of a letter."""

import re
from collections.abc import Iterable, Iterator

from notifications.blocks import COMMAND, Block, Kind, blocks_of
from notifications.directions import rows_apart

WIDTH = 72  # columns
MOST_SUBJECT = 200  # characters; a longer one ends in an ellipsis
_MARKER = re.compile(r" *(?:(?:[-*]|\d{1,3}[.)]) +)?")
_RULE = "----"
_WORD = re.compile(rf"(?:{COMMAND.pattern}|[^ ])+")  # a command is one
_BLANKS = re.compile(r"[ \t-\r]+")  # a space that binds is none: it belongs to its words


def wrapped(text: str, width: int = WIDTH) -> str:
    """Fold a text in the light form: see `plain`."""
    return plain(blocks_of(text), width)


def plain(blocks: Iterable[Block], width: int = WIDTH) -> str:
    """Fold long lines, hang list entries, and stand each address alone on its line.

    A word longer than a line, such as an address, is never broken, nor is a command between
    backticks, which is to be copied. Several blank lines are one;
    headings are in capitals, the cells of months left out. The text ends with one line break.
    """
    rows: list[str] = []
    is_apart = False
    for block in blocks:
        is_apart = is_apart or block.is_apart
        if block.kind is Kind.MONTHS:
            continue
        if is_apart and rows:
            rows.append("")
        is_apart = False
        for line in _lines(block):
            rows.extend(rows_apart(_folded(line, width)))
    return "\n".join(rows) + "\n"


def _lines(block: Block) -> Iterable[str]:
    match block.kind:
        case Kind.HEADING:
            return [block.lines[0].upper()]
        case Kind.RULE:
            return [_RULE]
        case _:
            return map("".join, zip(block.leads, block.lines, strict=True))


def one_line(text: str) -> str:
    """The same on one line, with one blank where there were several."""
    return _BLANKS.sub(" ", text).strip(" ")


def subject_line(text: str) -> str:
    """A subject on one line, and never too long for a header."""
    line = one_line(text)
    return line if len(line) <= MOST_SUBJECT else line[: MOST_SUBJECT - 1].rstrip() + "…"


def _folded(line: str, width: int) -> Iterator[str]:
    if len(line) <= width:
        yield line
        return
    lead = _lead(line)
    row: list[str] = []
    taken = 0  # columns, with a space behind each word
    for word in map(re.Match.group, _WORD.finditer(line, len(lead))):
        if row and len(lead) + taken + len(word) > width:
            yield lead + " ".join(row)
            lead, row, taken = " " * len(lead), [], 0
        row.append(word)
        taken += len(word) + 1
    if row:
        yield lead + " ".join(row)


def _lead(line: str) -> str:
    """The indent and the list marker of a line: `- `, `2. `."""
    found = _MARKER.match(line)
    return found.group() if found else ""
