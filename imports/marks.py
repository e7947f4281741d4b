"""The cells of an Excel workbook as its file marks them, looked at before they are read.

The reader of workbooks takes memory for every place up to the last cell, and a copy of a text
for each cell that shows it. A cell that shows an error, or a formula that nobody has worked
out, it takes for empty; an empty cell of a table may mean something.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from posixpath import join, normpath
from xml.parsers.expat import ExpatError, ParserCreate

from engine.literals import shown

_BOOK, _LINKS, _TEXTS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.IGNORECASE)
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384  # of any sheet of Excel
_MOST_CELLS = 2_000_000
_MOST_CHARACTERS = 50_000_000
_ENOUGH = 1_000
_DAMAGED = "the workbook cannot be read ({}): save it anew as .xlsx"


class Marks:
    """What the parts of a workbook say of the cells of its sheets."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._parts = {name.lower(): content for name, content in parts.items()}
        self._texts = _Texts()
        self._read(_TEXTS, self._texts)

    def unread(self, sheet: str) -> dict[tuple[int, int], str]:
        """What the reader would not show: ``#REF!``, ``#VALUE! of =A1``, by row and column from 0.

        Raises ValueError with a sentence that names the cell where a sheet reaches too far, and
        where the workbook cannot be read.
        """
        cells = _Cells(sheet, self._texts.lengths)
        part = self._part(sheet)
        if part.lower() not in self._parts:
            raise ValueError(_DAMAGED.format(f"it holds nothing of its sheet {shown(sheet)}"))
        self._read(part, cells)
        return cells.found

    def _part(self, sheet: str) -> str:
        """The part that holds a sheet, found as the reader of workbooks finds it."""
        links, book = _Named("Relationship", "Id"), _Named("sheet", "name")
        self._read(_LINKS, links)
        self._read(_BOOK, book)
        ids = (value for name, value in book.found.get(sheet, {}).items() if name.endswith("}id"))
        target = links.found.get(next(ids, ""), {}).get("Target", "")
        if target.startswith(("/xl/", "xl/")):
            return target.lstrip("/")
        return normpath(join("xl", target))

    def _read(self, part: str, target: "_Target") -> None:
        content = self._parts.get(part.lower())
        if content is None:
            return
        parser = ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = target.start, target.end
        parser.CharacterDataHandler = target.text
        parser.StartDoctypeDeclHandler = _refuse_own_words
        try:
            parser.Parse(content, True)  # noqa: FBT003 - its only form: this is all of it
        except ExpatError as error:
            raise ValueError(_DAMAGED.format(error)) from None


def _refuse_own_words(*_: object) -> None:
    """No workbook has a doctype; it could name texts that unfold without end."""
    raise ValueError(_DAMAGED.format("it defines words of its own"))


class _Target:
    """What is told of each mark of a part, which is kept nowhere as a whole."""

    def start(self, name: str, attributes: dict[str, str], /) -> None:
        """A mark begins."""

    def end(self, name: str, /) -> None:
        """A mark ends."""

    def text(self, text: str, /) -> None:
        """A piece of text."""


class _Named(_Target):
    """The attributes of each mark of one kind, by one of them; of two alike the first counts."""

    def __init__(self, mark: str, key: str) -> None:
        self._mark, self._key = mark, key
        self.found: dict[str, dict[str, str]] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if _local(name) == self._mark:
            self.found.setdefault(attributes.get(self._key, ""), attributes)


class _Texts(_Target):
    """How long each text is that cells name by its number."""

    def __init__(self) -> None:
        self.lengths: list[int] = []

    def start(self, name: str, _: dict[str, str]) -> None:
        if _local(name) == "si":
            self.lengths.append(0)

    def text(self, text: str) -> None:
        if self.lengths:
            self.lengths[-1] += len(text)


class _Cells(_Target):
    """Walks through one sheet; a cell without a reference stands after the one before it."""

    def __init__(self, sheet: str, lengths: list[int]) -> None:
        self.found: dict[tuple[int, int], str] = {}
        self._sheet, self._lengths = shown(sheet), lengths
        self._row = self._column = 0  # where a cell stands that does not say it
        self._height = self._width = self._characters = 0
        self._place, self._kind, self._held = (0, 0), "", dict[str, str]()
        self._inside = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        mark = _local(name)
        if mark == "row" and attributes.get("r"):
            self._row = self._position(f"A{attributes['r']}")[0]
        elif mark == "c":
            reference = attributes.get("r")
            place = self._position(reference) if reference else (self._row, self._column)
            self._place, self._column = place, place[1]
            self._kind, self._held = attributes.get("t", ""), {}
        elif mark in {"v", "f", "is"}:
            self._inside = mark
            self._held[mark] = ""

    def text(self, text: str) -> None:
        # What goes on without end is cut: that it is too long, the reader of tables says.
        if self._inside and len(self._held[self._inside]) < _ENOUGH:
            self._held[self._inside] += text

    def end(self, name: str) -> None:
        mark = _local(name)
        if mark == "row":
            self._row, self._column = self._row + 1, 0
        elif mark == "c":
            self._look()
            self._column += 1
        elif mark == self._inside:
            self._inside = ""

    def _look(self) -> None:
        shows, formula = self._held.get("v", ""), self._held.get("f")
        if shows or "is" in self._held:
            self._bound(shows)
        if self._kind == "e":
            self.found[self._place] = shows or "#VALUE!"
        elif formula is not None and not shows and self._kind != "str":
            self.found[self._place] = f"#VALUE! of ={formula}"

    def _bound(self, shows: str) -> None:
        row, column = self._place
        self._height, self._width = max(self._height, row + 1), max(self._width, column + 1)
        if self._height * self._width > _MOST_CELLS:
            raise ValueError(
                f"its sheet {self._sheet} reaches to the cell {_named(row, column)}, and so has "
                f"more than {_MOST_CELLS} cells: empty what stands far from the table"
            )
        if self._kind == "s":
            with suppress(ValueError, IndexError):  # the reader says what is wrong with a number
                self._characters += self._lengths[int(shows[:_ENOUGH])]
        if self._characters > _MOST_CHARACTERS:
            raise ValueError(
                f"its sheet {self._sheet} shows more than {_MOST_CHARACTERS} characters "
                f"up to the cell {_named(row, column)}: split it"
            )

    def _position(self, reference: str) -> tuple[int, int]:
        found = _REFERENCE.fullmatch(reference)
        row = int(found[2]) if found else 0
        column = 0
        for letter in found[1].upper() if found else "":
            column = column * 26 + ord(letter) - ord("A") + 1
        if not 0 < row <= _LAST_ROW or not 0 < column <= _LAST_COLUMN:
            raise ValueError(
                f"its sheet {self._sheet} names a cell {shown(reference)}, and none of Excel is "
                f"called so (the last is {_named(_LAST_ROW - 1, _LAST_COLUMN - 1)}): "
                "save it anew as .xlsx"
            )
        return row - 1, column - 1


def column_letters(column: int) -> str:
    """What a spreadsheet writes above a column, counted from 0: A, Z, AA."""
    before, last = divmod(column, 26)
    return f"{column_letters(before - 1) if before else ''}{chr(ord('A') + last)}"


def _named(row: int, column: int) -> str:
    return f"{column_letters(column)}{row + 1}"


def _local(name: str) -> str:
    return name.rpartition("}")[2]
