"""Cells of an Excel workbook that show an error, or hold a formula that nobody has worked out.

The reader of workbooks takes them for empty; an empty cell of a table may mean something.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from posixpath import join, normpath
from xml.etree.ElementTree import Element, ParseError, iterparse
from zipfile import BadZipFile, ZipFile

_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]+)")


def unread(path: Path, sheet: str) -> dict[tuple[int, int], str]:
    """What such cells of a sheet hold, by row and column from 0: ``#REF!``, ``#VALUE! of =A1``.

    Raises ValueError with a sentence where the workbook cannot be read.
    """
    try:
        with ZipFile(path) as packed:
            part = _part(packed, sheet)
            return dict(_cells(packed, part)) if part in packed.namelist() else {}
    except (BadZipFile, ParseError, OSError) as error:
        raise ValueError(f"the workbook cannot be read ({error}): save it anew as .xlsx") from None


def _part(packed: ZipFile, sheet: str) -> str:
    """The file inside the workbook that holds a sheet; "" where none does."""
    links = {
        each.get("Id"): each.get("Target", "") for each in _all(packed, _LINKS, "Relationship")
    }
    for each in _all(packed, _BOOK, "sheet"):
        if each.get("name") == sheet:
            ids = (value for name, value in each.attrib.items() if name.endswith("}id"))
            target = links.get(next(ids, ""), "")
            return normpath(join("xl", target)).lstrip("/") if target else ""
    return ""


def _cells(packed: ZipFile, part: str) -> Iterator[tuple[tuple[int, int], str]]:
    for cell in _all(packed, part, "c"):
        value, formula = cell.find("{*}v"), cell.find("{*}f")
        shown = (value.text or "") if value is not None else ""
        place = _REFERENCE.fullmatch(cell.get("r", ""))
        if place is None:
            continue
        if cell.get("t") == "e":
            yield _position(*place.groups()), shown or "#VALUE!"
        elif formula is not None and not shown and cell.get("t") != "str":
            yield _position(*place.groups()), f"#VALUE! of ={formula.text or ''}"


def _position(letters: str, digits: str) -> tuple[int, int]:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(digits) - 1, column - 1


def _all(packed: ZipFile, part: str, tag: str) -> Iterator[Element]:
    """The elements of one name in a part, each forgotten once it is read."""
    with packed.open(part) as stream:
        # Its size was bounded before; expat itself stops entities that unfold without end.
        for _, element in iterparse(stream):  # noqa: S314
            name = element.tag.rpartition("}")[2]
            if name == tag:
                yield element
            if name in {tag, "row"}:
                element.clear()
