"""What is known of a programme's letters: their facts, their stages, who gets them and why."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from math import isfinite
from types import MappingProxyType
from typing import TypeVar

from engine import literals
from engine.errors import ProjectError
from engine.letters.promise import Promise
from engine.time.zones import ZoneError, instant

_MONTH = re.compile(r"\d{4}-\d{2}")
_LOCAL = re.compile(r"(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}) ([A-Za-z][A-Za-z0-9_+/-]*)")
_ONE_WORD = re.compile(r'[^\s<>"\ufffd]+')
_LISTED = 6  # names shown when one was not found

T = TypeVar("T")


class LetterError(ProjectError):
    """A letter cannot be what it should: the message names letter, stage and fact."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line  # of the file of the text, where one is wrong


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
    LIST_OF_DATES = "list_of_dates"
    LIST_OF_RANGES = "list_of_ranges"
    LIST_OF_MOMENTS = "list_of_moments"
    LIST_OF_ITEMS = "list_of_items"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing a letter may say; `example` is as written in the file, `sample()` as a value."""

    name: str
    type: FactType
    source: str
    example: object
    means: str = ""
    optional: bool = False

    def sample(self) -> object:
        """The example as a letter receives it: dates as dates, lists as tuples."""
        try:
            return read_value(self.type, self.example)
        except ValueError as error:
            raise LetterError(
                f"fact {self.name}: the example {self.example!r} is no {self.type}: {error}"
            ) from None


@dataclass(frozen=True, slots=True)
class Stage:
    """One text of a letter: who gets it, how soon, and the one act it asks for.

    `told` and `reason` are the lines "who else was told" and "why you get this"; like the text
    of the letter they may use facts. `goes_with` names the stages that say this one too, where
    one of them is owed to the same reader: then both go in one letter.
    """

    letter: str
    name: str
    to: tuple[str, ...]
    urgency: str
    act: str
    told: str
    reason: str
    minutes: int | None = None
    goes_with: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Its name everywhere: `N-11.ask`."""
        return f"{self.letter}.{self.name}"


@dataclass(frozen=True, slots=True)
class Letter:
    name: str
    title: str
    stages: Mapping[str, Stage]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every letter of a programme and every fact they may use."""

    programme: str
    facts: Mapping[str, Fact] = field(default_factory=lambda: MappingProxyType({}))
    letters: Mapping[str, Letter] = field(default_factory=lambda: MappingProxyType({}))
    promises: tuple[Promise, ...] = ()

    def letter(self, name: str) -> Letter:
        return _found(self.letters, name, f"letter {name!r} in programme {self.programme}")

    def stage(self, stage_id: str) -> Stage:
        """The stage called `N-11.ask`, or LetterError with the names there are."""
        name, _, stage = stage_id.partition(".")
        letter = self.letter(name)
        return _found(letter.stages, stage, f"stage {stage!r} in letter {name}")

    def fact(self, name: str) -> Fact:
        return _found(self.facts, name, f"fact {name!r} in programme {self.programme}")

    def stages(self) -> Iterator[Stage]:
        for letter in self.letters.values():
            yield from letter.stages.values()


def read_value(kind: FactType, raw: object) -> object:
    """Turn what a YAML or JSON file says into the plain value that letters take.

    Values that are already of their type pass. ValueError says what was expected.
    """
    return _READERS[kind](raw)


def _found(things: Mapping[str, T], name: str, what: str) -> T:
    if name in things:
        return things[name]
    names = sorted(things)
    shown = ", ".join(names[:_LISTED]) + (", ..." if len(names) > _LISTED else "")
    raise LetterError(f"no {what}; there are: {shown or 'none'}")


def _text(raw: object) -> str:
    if isinstance(raw, str):
        return raw
    raise ValueError("write text")


def _address(raw: object) -> str:
    if _ONE_WORD.fullmatch(_text(raw)):
        return _text(raw)
    raise ValueError("write one word, without blanks and quotes")


def _number(raw: object) -> int | float:
    if isinstance(raw, (int, float)) and not isinstance(raw, bool) and isfinite(raw):
        return raw
    raise ValueError("write a number")


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
        return date.fromisoformat(f"{raw}-01")
    return _date(raw).replace(day=1)


def _range(raw: object) -> tuple[date, date]:
    parts = re.split(r" to |/", raw) if isinstance(raw, str) else raw
    if isinstance(parts, (list, tuple)) and len(parts) == len(("first", "last")):
        first, last = _date(parts[0]), _date(parts[1])
        if first <= last:
            return first, last
    raise ValueError("write the first and the last day: 2026-08-27 to 2026-08-28")


def _moment(raw: object) -> datetime:
    if isinstance(raw, datetime) and raw.utcoffset() is not None:
        return raw
    if isinstance(raw, str):
        local = _LOCAL.fullmatch(raw)
        if local:
            day, clock, zone = local.groups()
            return _instant(day, clock, zone)
        return literals.moment(raw)
    raise ValueError("write a moment with its zone: 2026-12-15 14:00 Europe/Vienna")


def _instant(day: str, clock: str, zone: str) -> datetime:
    try:
        return instant(date.fromisoformat(day), time.fromisoformat(clock), zone)
    except ZoneError as error:
        raise ValueError(str(error)) from None


def _list_of(read: Callable[[object], object]) -> Callable[[object], tuple[object, ...]]:
    def read_all(raw: object) -> tuple[object, ...]:
        if isinstance(raw, (list, tuple)):
            return tuple(read(one) for one in raw)
        raise ValueError("write a list")

    return read_all


def _item(raw: object) -> dict[str, object]:
    if isinstance(raw, Mapping):
        return {_text(name): _loose(value) for name, value in raw.items()}
    raise ValueError("write each item as names with values")


def _loose(raw: object) -> object:
    """A value inside an item, whose type is not declared: what looks like a date is one."""
    return _date(raw) if isinstance(raw, str) and literals.DAY.fullmatch(raw) else raw


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
    FactType.LIST_OF_DATES: _list_of(_date),
    FactType.LIST_OF_RANGES: _list_of(_range),
    FactType.LIST_OF_MOMENTS: _list_of(_moment),
    FactType.LIST_OF_ITEMS: _list_of(_item),
}
