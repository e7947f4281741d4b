"""The types of facts, and what a file says of one turned into the value that letters take."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from enum import StrEnum
from typing import cast

from engine import literals
from engine.time.zones import ZoneError, instant

_MONTH = re.compile(r"\d{4}-\d{2}")
_LOCAL = re.compile(r"(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}) ([A-Za-z][A-Za-z0-9_+/-]*)")
_LARGEST = 1e15  # beyond it a number loses its last digits on the way
_ONE_WORD = re.compile(r'[^\s<>"\ufffd]+')


class FactType(StrEnum):
    """What a fact holds, and so how a letter may write it."""

    TEXT = "text"
    TERM = "term"  # a word of the programme, in the reader's language
    NUMBER = "number"
    DATE = "date"
    DATE_RANGE = "date_range"
    MONTH = "month"
    MOMENT = "moment"
    ADDRESS = "address"  # of a mailbox or a page: one word, never broken
    PHONE = "phone"
    YES_NO = "yes_no"
    LIST_OF_TEXT = "list_of_text"
    LIST_OF_TERMS = "list_of_terms"
    LIST_OF_DATES = "list_of_dates"
    LIST_OF_RANGES = "list_of_ranges"
    LIST_OF_MOMENTS = "list_of_moments"
    LIST_OF_ITEMS = "list_of_items"


def read_value(kind: FactType, raw: object, days: frozenset[str] = frozenset()) -> object:
    """Turn what a YAML or JSON file says into the plain value that letters take.

    Values that are already of their type pass. ``days`` are the parts of items that hold a day:
    in any other part a text is a text, whatever it looks like. ValueError says what was expected.
    """
    value = _READERS[kind](raw)
    if kind is not FactType.LIST_OF_ITEMS or not days:
        return value
    items = cast("tuple[dict[str, object], ...]", value)
    return tuple(
        {name: _date(part) if part and name in days else part for name, part in item.items()}
        for item in items
    )


def day_parts(example: object) -> frozenset[str]:
    """The parts of items that hold a day, as the example of a fact shows them."""
    rows = example if isinstance(example, list | tuple) else ()
    parts = (part for row in rows if isinstance(row, Mapping) for part in row.items())
    return frozenset(name for name, value in parts if literals.DAY.fullmatch(str(value)))


def _text(raw: object) -> str:
    if isinstance(raw, str):
        return raw
    raise ValueError("write text")


def _address(raw: object) -> str:
    if _ONE_WORD.fullmatch(_text(raw)):
        return _text(raw)
    raise ValueError("write one word, without blanks and quotes")


def _number(raw: object) -> int | float:
    if isinstance(raw, (int, float)) and not isinstance(raw, bool) and abs(raw) < _LARGEST:
        return raw
    raise ValueError(f"write a number of less than {_LARGEST:,.0f}")


def _yes_no(raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    raise ValueError("write true or false")


def _date(raw: object) -> date:
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    if isinstance(raw, str):
        return literals.day(raw)
    raise ValueError("write a date such as 2026-12-14")


def _month(raw: object) -> date:
    if isinstance(raw, str) and _MONTH.fullmatch(raw):
        return literals.day(f"{raw}-01")
    return _date(raw).replace(day=1)


def _range(raw: object) -> tuple[date, date]:
    parts = re.split(r" to |/", raw) if isinstance(raw, str) else raw
    if isinstance(parts, (list, tuple)) and len(parts) == len(("first", "last")):
        first, last = _date(parts[0]), _date(parts[1])
        if first <= last:
            return first, last
    raise ValueError("write the first and the last day: 2026-08-27 to 2026-08-28")


def _moment(raw: object) -> datetime:
    if isinstance(raw, str):
        local = _LOCAL.fullmatch(raw)
        return _instant(*local.groups()) if local else literals.moment(raw)
    if isinstance(raw, datetime) and raw.utcoffset() is not None:
        literals.moment(raw.isoformat())  # the same bounds
        return raw
    raise ValueError("write a moment with its zone: 2026-12-15 14:00 Europe/Vienna")


def _instant(day: str, clock: str, zone: str) -> datetime:
    try:
        at = time.fromisoformat(clock)
    except ValueError:
        raise ValueError(f"{clock} is no time of a clock: correct hour and minute") from None
    try:
        found = instant(literals.day(day), at, zone)
    except ZoneError as error:
        raise ValueError(str(error)) from None
    return literals.moment(found.isoformat())


def _list_of(read: Callable[[object], object]) -> Callable[[object], tuple[object, ...]]:
    def read_all(raw: object) -> tuple[object, ...]:
        if isinstance(raw, (list, tuple)):
            return tuple(read(one) for one in raw)
        raise ValueError("write a list")

    return read_all


def _item(raw: object) -> dict[str, object]:
    if isinstance(raw, Mapping):
        return {_text(name): value for name, value in raw.items()}
    raise ValueError("write each item as names with values")


_READERS: Mapping[FactType, Callable[[object], object]] = {
    FactType.TEXT: _text,
    FactType.TERM: _text,
    FactType.NUMBER: _number,
    FactType.DATE: _date,
    FactType.DATE_RANGE: _range,
    FactType.MONTH: _month,
    FactType.MOMENT: _moment,
    FactType.ADDRESS: _address,
    FactType.PHONE: _text,
    FactType.YES_NO: _yes_no,
    FactType.LIST_OF_TEXT: _list_of(_text),
    FactType.LIST_OF_TERMS: _list_of(_text),
    FactType.LIST_OF_DATES: _list_of(_date),
    FactType.LIST_OF_RANGES: _list_of(_range),
    FactType.LIST_OF_MOMENTS: _list_of(_moment),
    FactType.LIST_OF_ITEMS: _list_of(_item),
}
