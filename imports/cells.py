"""What one cell of a table may hold, and the sentence for what it may not."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from engine import literals
from engine.time.written_days import read_day

Value = str | int | float | date | None

# A spreadsheet takes a cell that begins so for a formula, an apostrophe in front stops it.
_GUARDED = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")

# What a spreadsheet shows where it could not work a cell out; `of` names the formula.
_FAILED = re.compile(
    r"#(REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|FIELD!|GETTING_DATA)( of =.*)?",
    re.DOTALL,
)
_SERIAL = re.compile(r"[0-9]{1,6}([.,][0-9]+)?")
_DAY_ZERO_OF_1900 = date(1899, 12, 30)
_DAY_ZERO_OF_1904 = date(1904, 1, 1)
_FIRST_SERIAL, _LAST_SERIAL = 10_000, 109_574


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its name in the header, and how its cells are read; as text when nobody does.

    A required column must be there and every one of its cells filled; cells of other
    columns, and other columns as a whole, may be missing and are then read as None.
    """

    name: str
    read: Callable[[str], Value] | None = None
    required: bool = True


def guard(text: str) -> str:
    """Make text inert in a spreadsheet: an apostrophe before what would begin a formula."""
    return f"'{text}" if _GUARDED.match(text) else text


def unguard(text: str) -> str:
    """Take back what `guard` did; every text comes back as it was."""
    return text[1:] if text.startswith("'") and _GUARDED.match(text) else text


def parse(column: Column, raw: str) -> Value:
    """Read one cell; text is kept to the character, of all else the ends are trimmed.

    Raises ValueError with the sentence to show: what is wrong and what would be right.
    """
    if _FAILED.fullmatch(raw.strip()):
        held = literals.shown(raw.strip())
        raise ValueError(f"holds {held}, which is no value: type what is meant, or save the values")
    text = unguard(raw)
    if not text.strip():
        if column.required:
            raise ValueError("is empty: fill it in")
        return None
    return column.read(text.strip()) if column.read else text


def day(text: str) -> date:
    """Read a day; one that a spreadsheet wrote as its serial number is told what to do."""
    serial = _SERIAL.fullmatch(text)
    days = int(re.split("[.,]", text)[0]) if serial else 0
    if not _FIRST_SERIAL <= days <= _LAST_SERIAL:
        return read_day(text)
    usual, other = (
        start + timedelta(days=days) for start in (_DAY_ZERO_OF_1900, _DAY_ZERO_OF_1904)
    )
    raise ValueError(
        f"{literals.shown(text)} is an Excel serial date "
        f"({usual}, or {other} in a sheet that counts from 1904): "
        "format the column as year-month-day before saving"
    )
