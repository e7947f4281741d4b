"""A sheet of an Excel workbook as rows of text: the one door of python-calamine."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

from engine.literals import shown
from imports.cells import Column
from imports.marks import Marks, column_letters
from imports.packed import packed_again, unpacked

SIGNATURE = b"PK\x03\x04"

Cell = str | int | float | bool | date | datetime | time | timedelta


def is_workbook(path: Path) -> bool:
    """Whether a file is packed as an Excel workbook is; what is in it, `sheets` finds out."""
    try:
        with path.open("rb") as stream:
            return stream.read(len(SIGNATURE)) == SIGNATURE
    except (OSError, ValueError):
        return False


def sheet_of(path: Path, columns: Sequence[Column]) -> list[tuple[int, list[str]]]:
    """The rows, with their numbers, of the sheet whose first row names the columns, or most.

    Raises ValueError with a sentence to show, also where several sheets hold such a table.
    """
    every = {
        name: [(n, row) for n, row in enumerate(rows, start=1) if any(map(str.strip, row))]
        for name, rows in _sheets(path)
    }
    known, needed = ({c.name for c in columns if c.required or each} for each in (True, False))
    heads = {name: {cell.strip() for cell in rows[0][1]} for name, rows in every.items() if rows}
    most = max((len(known & head) for head in heads.values()), default=0)
    like = [name for name, head in heads.items() if most and len(known & head) == most]
    fitting = [name for name, head in heads.items() if needed and head >= needed] or like
    filled = [name for name in fitting if len(every[name]) > 1]
    if len(filled) > 1:
        several = " and ".join(map(shown, filled))
        raise ValueError(f"the sheets {several} hold such a table each: hide all but the one meant")
    return _named_columns(every[next(iter((*filled, *fitting, *heads)))]) if heads else []


def _named_columns(rows: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """The rows up to the last column that has a name; nothing may stand in those after it."""
    width = max(position for position, name in enumerate(rows[0][1], start=1) if name.strip())
    for number, row in rows:
        for column, cell in enumerate(row[width:], start=width):
            if cell.strip():
                raise ValueError(
                    f"the cell {column_letters(column)}{number} stands in a column without a "
                    "name: name the column, or empty the cell"
                )
    return [(number, row[:width]) for number, row in rows]


def _sheets(path: Path) -> Iterator[tuple[str, list[list[str]]]]:
    """Each sheet that a person sees with its rows, from the first one on, as they stand in it.

    A cell that shows an error, or a formula without its value, is read as what it holds.

    ValueError says what the file is and how to save it instead.
    """
    parts = unpacked(path)
    marks = Marks(parts)
    # Late: most commands read no table, and most tables are CSV.
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum  # noqa: PLC0415

    try:
        with CalamineWorkbook.from_filelike(packed_again(parts)) as book:
            for name in (
                s.name for s in book.sheets_metadata if s.visible == SheetVisibleEnum.Visible
            ):
                unread = marks.unread(name)
                rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                texts = [[_text(cell) for cell in row] for row in rows]
                for (row, column), held in unread.items():
                    if row < len(texts) and column < len(texts[row]):
                        texts[row][column] = held
                yield name, texts
    except CalamineError as error:
        raise ValueError(f"the workbook cannot be read ({error}): save it anew as .xlsx") from None


def _text(cell: Cell) -> str:
    """A cell as it would be typed: days as days, whole numbers without a point."""
    match cell:
        case bool():
            return "yes" if cell else "no"
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime():
            return cell.isoformat(sep=" ", timespec="minutes")
        case date() | time():
            return cell.isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return str(cell)
