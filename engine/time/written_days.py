"""Days as people write them: 2026-11-03, 3 Nov 2026, 3.11.2026, tomorrow, next Monday.

What could mean two days is refused with both: a guess is found out when nobody comes. Each
refusal is a ValueError with the sentence to show.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from engine import literals
from engine.literals import shown
from engine.suggestions import nearest

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_FURTHEST = 30  # years from today: beyond them the year is a slip of the pen
_SHORTEST = 3  # letters of a month or weekday cut short
_YEAR = 4  # figures of a year that is written in full
_MOST_AHEAD = 3660  # days or weeks counted from today
_LEAP = range(-8, 9)  # years in which any day of the year comes by before and after today

_FIGURES = re.compile(r"(\d{1,4}) ?([./-]) ?(\d{1,2}) ?\2 ?(\d{1,4})", re.ASCII)
_WEEKDAY = r"(?:(?P<weekday>[^\W\d_]+)\.? )?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
_MONTH = r"(?P<month>[^\W\d_]{3,})\.?"
_NAMED = tuple(
    re.compile(form)
    for form in (
        rf"{_WEEKDAY}{_DAY} (?:of )?{_MONTH}(?: (?P<year>[0-9]{{4}}))?",
        rf"{_WEEKDAY}{_MONTH} {_DAY}(?: (?P<year>[0-9]{{4}}))?",
        rf"{_WEEKDAY}(?P<year>[0-9]{{4}}) {_MONTH} {_DAY}",
    )
)
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
_FORMS = "write it like 2026-11-03, 3 Nov 2026 or 3.11.2026"


class NeedsTodayError(ValueError):
    """Which day is meant depends on the day on which it is read."""


def read_day(text: str, today: date | None = None) -> date:
    """The day somebody wrote; NeedsTodayError where only today would tell which it is."""
    if literals.DAY.fullmatch(text):
        found = literals.day(text)
    else:
        found = _understood(text, today)
        literals.day(found.isoformat())  # the same bounds
    if today is not None:
        _refuse_far(found, today)
    return found


def day_in_words(day: date) -> str:
    """A day as nobody misreads it: Tuesday 3 November 2026."""
    return f"{WEEKDAYS[day.weekday()]} {_without_weekday(day)}"


def _without_weekday(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _refuse_far(day: date, today: date) -> None:
    first, last = (_in_year(today, today.year + years) for years in (-_FURTHEST, _FURTHEST))
    if not first <= day <= last:
        raise ValueError(
            f"{_without_weekday(day)} is more than {_FURTHEST} years away: write a day from "
            f"{first} to {last}"
        )


def _understood(text: str, today: date | None) -> date:
    words = " ".join(re.sub(r"(?<=\w)-(?=[^\W\d_])|(?<=[^\W\d_])-|,", " ", text.casefold()).split())
    for form in (_in_figures, _from_today, _in_names):
        found = form(text, words, today)
        if found is not None:
            return found
    wrong = "holds a time as well" if literals.DAY_WITH_TIME.fullmatch(text) else "is not a date"
    raise ValueError(f"{shown(text)} {wrong}: {_FORMS}")


def _in_figures(text: str, words: str, today: date | None) -> date | None:
    """Figures alone: with points the day comes first, with strokes nobody knows."""
    del today
    found = _FIGURES.fullmatch(words)
    if found is None:
        return None
    first, mark, second, last = found.groups()
    if len(first) == _YEAR:
        orders = [(first, second, last)]
    elif len(last) == _YEAR:
        orders = [(last, second, first), *([] if mark == "." else [(last, first, second)])]
    else:
        raise ValueError(f"{shown(text)} has no year of four figures: {_FORMS}")
    days = list(dict.fromkeys(_days(orders)))
    if not days:
        raise ValueError(f"{text} is no day of the calendar: correct month and day")
    return _only(text, days)


def _days(orders: list[tuple[str, str, str]]) -> Iterator[date]:
    for year, month, day in orders:
        try:
            yield date(int(year), int(month), int(day))
        except ValueError:
            continue


def _only(text: str, days: list[date]) -> date:
    """The one day that is meant; of two nobody can tell."""
    if len(days) > 1:
        could = " or ".join(map(day_in_words, days))
        raise ValueError(
            f"{shown(text)} could be {could}: write it like {_without_weekday(days[0])}"
        )
    return days[0]


def _in_names(text: str, words: str, today: date | None) -> date | None:
    found = next((match for form in _NAMED if (match := form.fullmatch(words))), None)
    if found is None:
        return None
    month = _place(found["month"], MONTHS)
    if month is None:
        near = nearest(found["month"], list(MONTHS))
        remedy = f'did you mean "{near}"?' if near else "write it in English, like 3 Nov 2026"
        raise ValueError(f"{shown(text)} names no month: {remedy}")
    try:
        meant = date(int(found["year"] or 2000), month + 1, int(found["day"]))
    except ValueError:
        raise ValueError(f"{text} is no day of the calendar: correct month and day") from None
    if found["year"] is None:
        raise _without_year(text, meant, today)
    return _checked(text, found["weekday"], meant)


def _without_year(text: str, meant: date, today: date | None) -> ValueError:
    if today is None:
        return NeedsTodayError(f"{shown(text)} has no year: write it like 3 Nov 2026")
    # 29 February comes by in leap years only.
    near = [d for years in _LEAP if (d := _in_year(meant, today.year + years)).day == meant.day]
    past = max((day for day in near if day <= today), default=near[0])
    to_come = min((day for day in near if day > today), default=near[-1])
    could = " or ".join(map(_without_weekday, (past, to_come)))
    return ValueError(f"{shown(text)} has no year: write {could}")


def _checked(text: str, weekday: str | None, day: date) -> date:
    if weekday is not None and _place(weekday, WEEKDAYS) != day.weekday():
        raise ValueError(f"{shown(text)}: that day is {day_in_words(day)}: correct weekday or day")
    return day


def _from_today(text: str, words: str, today: date | None) -> date | None:
    counted, which = _COUNTED.fullmatch(words), _WHICH.fullmatch(words)
    weekday = _place(which["weekday"], WEEKDAYS) if which else None
    if words not in _NEAR and counted is None and weekday is None:
        return None
    if today is None:
        raise NeedsTodayError(f"{shown(text)} depends on the day it is read: {_FORMS}")
    if words in _NEAR:
        return today + timedelta(days=_NEAR[words])
    if counted is not None:
        return today + _counted(text, counted)
    return _only(text, _weekdays(which["which"] or "" if which else "", weekday or 0, today))


def _counted(text: str, found: re.Match[str]) -> timedelta:
    number, unit = found["ahead"] or found["ago"], found["unit"] or found["past"]
    count = int(number) if number.isdigit() else 1
    if count > _MOST_AHEAD:
        raise ValueError(f"{shown(text)} is too far away: write the day itself, like 2026-11-03")
    days = count * (7 if unit == "week" else 1)
    return timedelta(days=days if found["ahead"] else -days)


def _weekdays(which: str, weekday: int, today: date) -> list[date]:
    """The days a weekday could mean: "next Friday" said on a Monday is either of two."""
    week = timedelta(days=7)
    ahead = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    behind = ahead - week if ahead - week < today else ahead - 2 * week
    if which == "next":
        return [ahead, ahead + week] if _same_week(ahead, today) else [ahead]
    if which == "last":
        return [behind, behind - week] if _same_week(behind, today) else [behind]
    return [today, ahead] if today.weekday() == weekday else [ahead]


def _same_week(one: date, other: date) -> bool:
    return one.isocalendar()[:2] == other.isocalendar()[:2]


def _place(word: str, names: tuple[str, ...]) -> int | None:
    """Which name is meant, in full or by its first letters."""
    fits = [
        place
        for place, name in enumerate(names)
        if len(word) >= _SHORTEST and name.casefold().startswith(word)
    ]
    return fits[0] if len(fits) == 1 or (fits and word == names[fits[0]].casefold()) else None


def _in_year(day: date, year: int) -> date:
    """The same day of another year, the last of February where it has no 29th."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
