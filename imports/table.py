"""Strict reading of CSV tables that people prepare: all rows, or every problem with its row.

ProjectError
└── ImportProblemsError   what has to be put right before anything of the file is taken over
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from engine.errors import ProjectError
from engine.literals import shown
from engine.suggestions import suggestion
from imports.cells import Column, Value, guard, parse, unguard
from imports.files import declared_delimiter, delimiter_of, read_text
from imports.workbook import is_workbook, sheet_of

__all__ = [
    "Column",
    "ImportProblemsError",
    "Problems",
    "Row",
    "Table",
    "Value",
    "guard",
    "read_table",
    "unguard",
]

_MOST_ROWS = 10_000
_LONGEST_CELL = 20_000
_MOST_COLUMNS = 200
_MOST_PROBLEMS = 50


class ImportProblemsError(ProjectError):
    """Everything that is wrong with a file, one sentence each; nothing was taken over."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = tuple(sentences)


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `number` is the line on which it begins in the file, the header being line 1."""

    number: int
    values: Mapping[str, Value]
    columns: frozenset[str]  # that its table has, whatever stands in their cells


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file in their order; every declared column is a key of every row."""

    file: str
    rows: tuple[Row, ...]


class Problems:
    """Collects sentences about one file, remembers the first 50 and counts the others."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._sentences: list[str] = []
        self._more = 0

    def add(self, message: str, *, row: int | None = None, column: str | None = None) -> None:
        """Note one problem as `file, row 7, column "visit_1": message`."""
        if len(self._sentences) == _MOST_PROBLEMS:
            self._more += 1
            return
        self._sentences.append(f"{self.place(row, column)}: {message}")

    def place(self, row: int | None, column: str | None = None) -> str:
        """How a place of the file is named."""
        where = self._file
        where += f", row {row}" if row is not None else ""
        return where + (f", column {shown(column)}" if column is not None else "")

    @property
    def count(self) -> int:
        return len(self._sentences) + self._more

    def error(self) -> ImportProblemsError:
        """Return the error that lists all that was noted."""
        more = [f"and {self._more} more"] if self._more else []
        return ImportProblemsError(self._sentences + more)

    def refuse(self) -> None:
        """Raise the error if there is anything to put right."""
        if self._sentences:
            raise self.error()


def read_table(path: Path, columns: Sequence[Column]) -> Table:
    """Read a table whose first row names these columns in any order.

    It is a sheet of an Excel workbook (.xlsx), or CSV in UTF-8 with commas, semicolons or tabs.
    Raises ImportProblemsError with every problem of the file, never only the first.
    """
    problems = Problems(path.name)
    sought = _sheet if is_workbook(path) else _csv
    records = sought(path, columns, problems)
    first = next(records, None)
    if first is None:
        problems.add("the file is empty: name the columns in the first row")
        raise problems.error()
    if len(first[1]) > _MOST_COLUMNS:
        problems.add(f"the first row names more than {_MOST_COLUMNS} columns: remove the others")
        raise problems.error()
    header = _Header([name.strip() for name in first[1]], columns, problems)
    rows = tuple(_rows(records, header, problems))
    if not rows:
        problems.add("the file holds no row below the names of its columns")
    problems.refuse()
    return Table(path.name, rows)


def _sheet(
    path: Path, columns: Sequence[Column], problems: Problems
) -> Iterator[tuple[int, list[str]]]:
    try:
        return iter(sheet_of(path, columns))
    except ValueError as error:
        problems.add(str(error))
        raise problems.error() from error


def _csv(
    path: Path, columns: Sequence[Column], problems: Problems
) -> Iterator[tuple[int, list[str]]]:
    try:
        text = read_text(path)
    except ValueError as error:
        problems.add(str(error))
        raise problems.error() from error
    delimiter, line = declared_delimiter(text)
    rest = text.removeprefix(line)
    known = {column.name for column in columns}
    return _records(rest, delimiter or delimiter_of(rest, known), problems, 1 if line else 0)


def _records(
    text: str, delimiter: str, problems: Problems, before: int
) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        number = reader.line_num + 1 + before
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problems.add(_why_unreadable(error), row=number)
            return
        if any(cell.strip() for cell in record):
            yield number, record


def _why_unreadable(error: csv.Error) -> str:
    if "larger than field limit" in str(error):
        return f"a cell is longer than {_LONGEST_CELL} characters: shorten it, or close its quote"
    return (
        "a quote in this row is not closed or closed too early: "
        "put quotes around the whole cell, and double those inside"
    )


class _Header:
    """Which cell of a row belongs to which column."""

    def __init__(self, names: list[str], columns: Sequence[Column], problems: Problems) -> None:
        self.width = len(names)
        self.columns = columns
        self.positions: dict[str, int] = {}
        known = [column.name for column in columns]
        for position, name in enumerate(names):
            if name in self.positions:
                problems.add("this column is there twice: remove one", row=1, column=name)
            elif name in known:
                self.positions[name] = position
            elif name:
                unused = [other for other in known if other not in names]
                problem = f"this column is not known: {suggestion(name, unused or known)}"
                problems.add(problem, row=1, column=name)
        for column in columns:
            if column.required and column.name not in self.positions:
                problem = "this column is missing: add it to the first row"
                problems.add(problem, row=1, column=column.name)
        self.unnamed = [position for position, name in enumerate(names) if not name]


def _rows(
    records: Iterator[tuple[int, list[str]]], header: _Header, problems: Problems
) -> Iterator[Row]:
    for count, (number, record) in enumerate(records, start=1):
        if count > _MOST_ROWS:
            problems.add(f"the file holds more than {_MOST_ROWS} rows: split it", row=number)
            return
        if _fits(number, record, header, problems):
            values = MappingProxyType(_values(number, record, header, problems))
            yield Row(number, values, frozenset(header.positions))


def _fits(number: int, record: list[str], header: _Header, problems: Problems) -> bool:
    if any(record[header.width :]) or len(record) < header.width:
        problem = (
            f"this row holds {len(record)} cells and the first row {header.width}: "
            "put quotes around a cell that holds the separator"
        )
        problems.add(problem, row=number)
        return False
    if any(record[position].strip() for position in header.unnamed):
        problems.add("a cell stands in a column without a name: name the column", row=number)
        return False
    return True


def _values(
    number: int, record: list[str], header: _Header, problems: Problems
) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for column in header.columns:
        values[column.name] = None
        position = header.positions.get(column.name)
        if position is None:
            continue
        try:
            values[column.name] = _value(column, record[position])
        except ValueError as error:
            problems.add(str(error), row=number, column=column.name)
    return values


def _value(column: Column, cell: str) -> Value:
    if len(cell) > _LONGEST_CELL:
        raise ValueError(f"holds {len(cell)} characters: shorten it to {_LONGEST_CELL}")
    return parse(column, cell)
