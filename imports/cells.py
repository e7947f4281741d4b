"""What one cell of a table may hold, and the sentence for what it may not."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from engine.suggestions import suggestion

Value = str | int | bool | date | Decimal | None

# A spreadsheet takes a cell that begins so for a formula, an apostrophe in front stops it.
_GUARDED = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ISO_DATE_WITH_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T].*")
_SERIAL = re.compile(r"[0-9]{1,6}([.,][0-9]+)?")
_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,17}")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,18})?")
_YES_NO = {"yes": True, "true": True, "no": False, "false": False}
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_DAY_ZERO_OF_1900 = date(1899, 12, 30)
_DAY_ZERO_OF_1904 = date(1904, 1, 1)
_FIRST_SERIAL, _LAST_SERIAL = 10_000, 109_574
_LONGEST_SHOWN = 60


class Kind(StrEnum):
    """What the cells of a column are."""

    TEXT = "text"
    DATE = "date"
    WHOLE_NUMBER = "whole number"
    DECIMAL = "decimal"
    YES_NO = "yes/no"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its name in the header.

    A required column must be there and every one of its cells filled; cells of other
    columns, and other columns as a whole, may be missing and are then read as None.
    """

    name: str
    kind: Kind = Kind.TEXT
    required: bool = True
    choices: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.kind is Kind.CHOICE) != bool(self.choices):
            raise ValueError(f"column {self.name}: choices belong to a column of kind choice")


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
    text = unguard(raw)
    if not text.strip():
        if column.required:
            raise ValueError("is empty: fill it in")
        return None
    if column.kind is Kind.TEXT:
        return text
    if column.kind is Kind.CHOICE:
        return _choice(text.strip(), column.choices)
    return _READERS[column.kind](text.strip())


def shown(text: str) -> str:
    """Quote a cell for a message, on one line and not at full length."""
    printable = "".join(letter if letter.isprintable() else " " for letter in text[:_LONGEST_SHOWN])
    return f'"{printable}{"..." if len(text) > _LONGEST_SHOWN else ""}"'


def _choice(text: str, choices: tuple[str, ...]) -> str:
    if text not in choices:
        raise ValueError(f"{shown(text)} is not a choice: {suggestion(text, list(choices))}")
    return text


def _date(text: str) -> date:
    if not _ISO_DATE.fullmatch(text):
        raise ValueError(f"{shown(text)} {_why_no_date(text)}")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text} is no day of the calendar: correct month and day") from None
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValueError(f"{text} is not between {_FIRST_YEAR} and {_LAST_YEAR}: correct the year")
    return day


def _why_no_date(text: str) -> str:
    remedy = "write year-month-day, like 2026-04-01"
    if _ISO_DATE_WITH_TIME.fullmatch(text):
        return f"holds a time as well: {remedy}"
    if not _SERIAL.fullmatch(text):
        return f"is not a date: {remedy}"
    days = int(re.split("[.,]", text)[0])
    if not _FIRST_SERIAL <= days <= _LAST_SERIAL:
        return f"is a number, not a date: {remedy}"
    usual, other = (
        start + timedelta(days=days) for start in (_DAY_ZERO_OF_1900, _DAY_ZERO_OF_1904)
    )
    return (
        f"is an Excel serial date ({usual}, or {other} in a sheet that counts from 1904): "
        "format the column as year-month-day before saving"
    )


def _whole_number(text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise ValueError(f"{shown(text)} is not a whole number: write digits only, like 12")
    return int(text)


def _decimal(text: str) -> Decimal:
    if not _DECIMAL.fullmatch(text):
        raise ValueError(f"{shown(text)} is not a number: write it with a point, like 3.5")
    return Decimal(text)


def _yes_no(text: str) -> bool:
    if text.lower() not in _YES_NO:
        raise ValueError(f"{shown(text)} is neither yes nor no: write yes or no")
    return _YES_NO[text.lower()]


_READERS: dict[Kind, Callable[[str], Value]] = {
    Kind.DATE: _date,
    Kind.WHOLE_NUMBER: _whole_number,
    Kind.DECIMAL: _decimal,
    Kind.YES_NO: _yes_no,
}
