"""Days that are counted from the day on which they are read: tomorrow, in 3 days, next Friday."""

import re
from datetime import date, timedelta

from engine.literals import shown
from engine.time.day_words import FORMS, WEEKDAYS, NeedsTodayError, When, fitting, only_day, place

_MOST_AHEAD = 3660  # days or weeks counted from today
_NEAR = {
    "today": 0,
    "tomorrow": 1,
    "yesterday": -1,
    "day after tomorrow": 2,
    "the day after tomorrow": 2,
    "day before yesterday": -2,
    "the day before yesterday": -2,
}
_COUNTED = re.compile(
    r"(?:in (?P<ahead>\d{1,4}|an?) (?P<unit>day|week)s?"
    r"|(?P<ago>\d{1,4}|an?) (?P<past>day|week)s? ago)",
    re.ASCII,
)
_WHICH = re.compile(r"(?:(?P<which>next|last|this|coming|on) )?(?P<weekday>[a-z]{3,})\.?")


def from_today(text: str, words: str, today: date | None, when: When) -> date | None:
    """Nothing where it is not so written; a weekday alone is the last one where it has come."""
    counted, which = _COUNTED.fullmatch(words), _WHICH.fullmatch(words)
    weekday = place(which["weekday"], WEEKDAYS) if which else None
    if words not in _NEAR and counted is None and weekday is None:
        return None
    if today is None:
        raise NeedsTodayError(f"{shown(text)} depends on the day it is read: {FORMS}")
    if words in _NEAR:
        return today + timedelta(days=_NEAR[words])
    if counted is not None:
        return today + _counted(text, counted)
    days = _weekdays(which["which"] or "" if which else "", weekday or 0, today, when)
    return only_day(text, fitting(days, today, when) or days)


def _counted(text: str, found: re.Match[str]) -> timedelta:
    number, unit = found["ahead"] or found["ago"], found["unit"] or found["past"]
    count = int(number) if number.isdigit() else 1
    if count > _MOST_AHEAD:
        raise ValueError(f"{shown(text)} is too far away: write the day itself, like 2026-11-03")
    days = count * (7 if unit == "week" else 1)
    return timedelta(days=days if found["ahead"] else -days)


def _weekdays(which: str, weekday: int, today: date, when: When) -> list[date]:
    """The days a weekday could mean: "next Friday" said on a Monday is either of two."""
    week = timedelta(days=7)
    ahead = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    behind = ahead - week if ahead - week < today else ahead - 2 * week
    if which == "next":
        return [ahead, ahead + week] if _same_week(ahead, today) else [ahead]
    if which == "last":
        return [behind, behind - week] if _same_week(behind, today) else [behind]
    other = behind if when == "past" and which in {"", "on"} else ahead
    return [today, other] if today.weekday() == weekday else [other]


def _same_week(one: date, other: date) -> bool:
    return one.isocalendar()[:2] == other.isocalendar()[:2]
