"""Rows under columns, as people read them: drawn while they come, however many there are."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from textwrap import wrap
from unicodedata import category, combining, east_asian_width

from engine.suggestions import folded
from engine.time.zones import local_time

_MEASURED = 200  # rows whose cells say how wide the columns are
_UNBROKEN = 32  # a longer word, such as the name of a file, may be cut: no word that matters is
_BETWEEN = "   "


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns, for people."""

    columns: tuple[str, ...]
    rows: Iterable[Sequence[object]]
    title: str = ""
    empty: str = "nothing"


def clean(value: object, zone: str = "") -> str:
    """Text as a terminal may show it: what people stored must not steer the screen.

    Moments are told by the clocks of the zone.
    """
    text = "" if value is None else _word(value, zone)
    if text.isprintable():
        return text
    return "".join(map(_shown, text))


def _shown(mark: str) -> str:
    """A mark as every terminal has it: each kind of blank is one, as in French before a colon."""
    if mark.isprintable() or mark == "\n":
        return mark
    return " " if category(mark) == "Zs" else "?"


def titled(code: str, title: str) -> str:
    """A code with its title beside it, where that says more."""
    return code if not title or folded(title) == folded(code) else f"{code}: {title}"


def drawn(table: Table, width: int, zone: str = "") -> Iterator[str]:
    """The lines of a table within a width; the first rows say how wide each column is.

    Where the words of all columns find no room side by side, each row is told line by line.
    """
    if table.title:
        yield clean(table.title)
    rows = (tuple(clean(cell, zone) for cell in row) for row in table.rows)
    first = list(islice(rows, _MEASURED))
    if not first:
        yield table.empty
        return
    widths = _fitted(table.columns, first, width)
    if sum(widths) + len(_BETWEEN) * (len(widths) - 1) > width:
        yield from _stacked(table.columns, chain(first, rows), width)
        return
    # A later cell may be wider: it shifts the rest of its row as long as the row has room.
    room = max(0, width - sum(widths) - len(_BETWEEN) * (len(widths) - 1))
    yield from _folded(table.columns, widths, room)
    yield "─" * (sum(widths) + len(_BETWEEN) * (len(widths) - 1))
    for cells in chain(first, rows):
        yield from _folded(cells, widths, room)


def fitted(text: str, width: int) -> Iterator[str]:
    """The lines of a text within a width, words kept whole: what goes on is indented.

    A command goes on behind a backslash, so that it can be typed as it stands. No width: as it is.
    """
    for line in text.split("\n"):
        told = line.lstrip(" ")
        on = " \\" if told.startswith("pairing ") else ""
        if not width or not told.strip() or _extent(line) <= width:
            yield line
            continue
        under = line[: len(line) - len(told)]
        *parts, last = wrap(
            told,
            width - len(on),
            initial_indent=under,
            subsequent_indent=f"{under}  ",
            break_long_words=False,
            break_on_hyphens=False,
        )
        yield from (f"{part}{on}" for part in parts)
        yield last


def _word(value: object, zone: str) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return moment_shown(value, zone)
    if isinstance(value, list | tuple):
        return ", ".join(_word(each, zone) for each in value)
    return str(value)


def moment_shown(moment: datetime, zone: str) -> str:
    """A moment by the clocks of a zone, with the name of its time; in UTC where none is meant."""
    if not zone:
        return f"{moment:%Y-%m-%d %H:%M}Z"
    return f"{local_time(moment, zone):%Y-%m-%d %H:%M %Z}"


def _fitted(columns: tuple[str, ...], rows: list[tuple[str, ...]], width: int) -> tuple[int, ...]:
    """How wide each column is: as wide as it needs, the widest less where it is too much.

    None is narrower than its longest word.
    """
    cells = list(zip(columns, *rows, strict=True))
    widths = [max(map(_extent, column)) for column in cells]
    least = [min(_UNBROKEN, max(map(_longest_word, column))) for column in cells]
    room = width - len(_BETWEEN) * (len(widths) - 1)
    while sum(widths) > room:
        spare = [wide - narrow for wide, narrow in zip(widths, least, strict=True)]
        if max(spare) <= 0:
            break
        widest = max(
            (place for place, left in enumerate(spare) if left > 0), key=widths.__getitem__
        )
        widths[widest] -= 1
    return tuple(widths)


def _longest_word(cell: str) -> int:
    return max(map(_extent, cell.split()), default=0)


def _stacked(
    columns: tuple[str, ...], rows: Iterable[tuple[str, ...]], width: int
) -> Iterator[str]:
    """Each row as lines of `column  cell`; what is empty takes none."""
    names = max(map(_extent, columns)) + len(_BETWEEN)
    for number, row in enumerate(rows):
        if number:
            yield ""
        for column, cell in zip(columns, row, strict=True):
            for place, part in enumerate(_lines(cell, width - names) if cell else ()):
                name = "" if place else column
                yield f"{name}{' ' * (names - _extent(name))}{part}".rstrip()


def _folded(cells: tuple[str, ...], widths: tuple[int, ...], room: int) -> Iterator[str]:
    """One row: as many lines as its longest cell needs."""
    columns = [_lines(cell, width + room) for cell, width in zip(cells, widths, strict=True)]
    for number in range(max(map(len, columns))):
        parts = [lines[number] if number < len(lines) else "" for lines in columns]
        padded = (
            part + " " * (width - _extent(part)) for part, width in zip(parts, widths, strict=True)
        )
        yield _BETWEEN.join(padded).rstrip()


def _lines(cell: str, width: int) -> list[str]:
    """A cell within its column, broken between words where that is possible."""
    if "\n" not in cell and _extent(cell) <= width:
        return [cell]
    return [part for line in cell.split("\n") for part in _broken(line, width)]


def _broken(line: str, width: int) -> Iterator[str]:
    part = ""
    for word in line.split(" "):
        joined = f"{part} {word}" if part else word
        if _extent(joined) <= width:
            part = joined
            continue
        if part:
            yield part
        part = word
        while _extent(part) > width:
            cut = _cut(part, width)
            yield part[:cut]
            part = part[cut:]
    yield part


def _cut(word: str, width: int) -> int:
    """How many characters of a long word fit; never none."""
    taken = 0
    for number, mark in enumerate(word):
        taken += _extent(mark)
        if taken > width:
            return max(1, number)
    return len(word)


def _extent(text: str) -> int:
    """How many places a terminal gives to a text on one line."""
    longest = text if "\n" not in text else max(text.split("\n"), key=len)
    if longest.isascii():
        return len(longest)
    return sum(0 if combining(m) else 2 if east_asian_width(m) in "WF" else 1 for m in longest)
