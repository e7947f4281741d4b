"""Settings: numbers, spans and choices of a definition that may be others in one case."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Self

from engine import literals
from engine.errors import DefinitionError
from engine.model.texts import Audiences, LetterId
from engine.places import NOWHERE, Place
from engine.time.spans import Span, longest_days, parse_span, shortest_days

Value = Span | int | float | bool
NO_SETTINGS: Mapping[str, "Setting"] = MappingProxyType({})


class Figure(int):
    """A whole number that a setting gives; its value is the one in force."""

    setting: str

    def __new__(cls, value: int, setting: str) -> Self:
        made = super().__new__(cls, value)
        made.setting = setting
        return made

    @property
    def made_of(self) -> tuple[int, str]:
        return int(self), self.setting


class Measure(float):
    """A number that a setting gives; its value is the one in force."""

    setting: str

    def __new__(cls, value: float, setting: str) -> Self:
        made = super().__new__(cls, value)
        made.setting = setting
        return made

    @property
    def made_of(self) -> tuple[float, str]:
        return float(self), self.setting


@dataclass(frozen=True, slots=True)
class Setting:
    """What may be another in one case: its value, between which bounds, and who may change it."""

    name: str
    value: Value
    by: tuple[str, ...]
    title: str = ""
    lowest: Value | None = None
    highest: Value | None = None
    of: str = ""  # the workflow above whose setting it is
    rule: tuple[str, ...] = ()
    place: Place = NOWHERE

    @property
    def plain(self) -> str | int | float | bool:
        """Its value for checks and letters, a span in words."""
        match self.value:
            case Span() as span:
                return span.in_words()
            case Figure() | Measure() as number:
                return number.made_of[0]
            case plain:
                return plain

    def read(self, text: str) -> Value:
        """What a person wrote, as a value of this setting; ValueError says what would be right."""
        wanted = self.parsed(text)
        if not self._holds(wanted):
            lowest, highest = in_words(self.lowest), in_words(self.highest)
            raise ValueError(f"from {lowest} to {highest} is allowed")
        return wanted

    def parsed(self, text: str) -> Value:
        """The same whatever its bounds: they may have been others when it was written."""
        text = text.strip()
        if isinstance(self.value, Span):
            return self._span(text)
        if isinstance(self.value, bool):
            if text not in _CHOICES:
                raise ValueError("write yes or no")
            return _CHOICES[text]
        try:
            is_whole = isinstance(self.value, int)
            return literals.whole_number(text) if is_whole else float(literals.number(text))
        except ValueError as error:
            kind = "a whole number" if isinstance(self.value, int) else "a number"
            raise ValueError(f"write {kind}") from error

    def _span(self, text: str) -> Span:
        said = _SAID.fullmatch(text.lower())
        try:
            if said is not None:
                return parse_span(f"P{said['count']}{_UNITS[said['unit']]}")
            return parse_span(text.upper())
        except DefinitionError as error:
            raise ValueError("write such as 2 months, 14 days or 10 working days") from error

    def _holds(self, value: Value) -> bool:
        """Whether a value lies within the bounds; of a span each day of it does."""
        if self.lowest is None or self.highest is None:
            return True
        least, most = _extent(value)
        return _extent(self.lowest)[0] <= least and most <= _extent(self.highest)[1]

    @property
    def is_sound(self) -> bool:
        """Whether its own value lies within its bounds."""
        return self._holds(self.value)


_SAID = re.compile(r"(?P<count>[0-9]{1,5}) +(?P<unit>working day|day|week|month)s?")
_UNITS = {"working day": "WD", "day": "D", "week": "W", "month": "M"}
_CHOICES: Mapping[str, bool] = MappingProxyType(
    {"yes": True, "no": False, "true": True, "false": False}
)


@dataclass(frozen=True, slots=True)
class Adapts:
    """What the record that adapts a case names beside settings: each letter, with its readers."""

    letters: Mapping[LetterId, Audiences] = field(default_factory=lambda: MappingProxyType({}))


def in_words(value: Value | None) -> str:
    """A value as a person would say it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Span):
        return value.in_words()
    return "" if value is None else f"{value:g}"


def _extent(value: Value) -> tuple[float, float]:
    if isinstance(value, Span):
        return shortest_days(value), longest_days(value)
    return float(value), float(value)
