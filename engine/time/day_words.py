"""Days in words: the names of months and weekdays, and the one day that is meant among several."""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from engine.literals import shown

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

FORMS = "write it like 2026-11-03, 3 Nov 2026 or 3.11.2026"
_SHORTEST = 3  # letters of a month or weekday cut short

When = Literal["past", "to come", ""]  # what is known of a day before it is read


class NeedsTodayError(ValueError):
    """Which day is meant depends on the day on which it is read."""


def day_in_words(day: date) -> str:
    """A day as nobody misreads it: Tuesday 3 November 2026."""
    return f"{WEEKDAYS[day.weekday()]} {without_weekday(day)}"


def without_weekday(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def place(word: str, names: tuple[str, ...]) -> int | None:
    """Which name is meant, in full or by its first letters."""
    fits = [
        number
        for number, name in enumerate(names)
        if len(word) >= _SHORTEST and name.casefold().startswith(word)
    ]
    return fits[0] if len(fits) == 1 or (fits and word == names[fits[0]].casefold()) else None


def only_day(text: str, days: list[date]) -> date:
    """The one day that is meant; of several nobody can tell."""
    if len(days) > 1:
        could = " or ".join(map(day_in_words, days))
        raise ValueError(
            f"{shown(text)} could be {could}: write it like {without_weekday(days[0])}"
        )
    return days[0]


def fitting(days: Iterable[date], today: date, when: When) -> list[date]:
    """Those of the days that have come, or are to come, where one of that is known."""
    return [d for d in days if not when or (d > today) == (when == "to come")]
