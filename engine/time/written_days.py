"""Days as people write them: 2026-11-03, 3 Nov 2026, 3.11.2026, 3.11., tomorrow, next Monday.

What could mean two days is refused with both: a guess is found out when nobody comes. Each
refusal is a ValueError with the sentence to show.
"""

import re
from collections.abc import Iterator
from datetime import date

from engine import literals
from engine.literals import shown
from engine.suggestions import nearest
from engine.time.day_words import (
    FORMS,
    MONTHS,
    WEEKDAYS,
    NeedsTodayError,
    When,
    day_in_words,
    fitting,
    only_day,
    place,
    without_weekday,
)
from engine.time.near_days import from_today

_FURTHEST = 30  # years from today: beyond them the year is a slip of the pen
_YEAR, _SHORT = 4, 2  # figures of a year that is written in full, or cut short
_LEAP = range(-8, 9)  # years in which any day of the year comes by before and after today

_FIGURES = re.compile(r"(\d{1,4}) ?([./-]) ?(\d{1,2})(?: ?\2 ?(\d{1,4})|\.)?", re.ASCII)
_WEEKDAY = r"(?:(?P<weekday>[^\W\d_]+)\.? )?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
_MONTH = r"(?P<month>[^\W\d_]{3,})\.?"
_NAMED = tuple(
    re.compile(form)
    for form in (
        rf"{_WEEKDAY}{_DAY} (?:of )?{_MONTH}(?: (?P<year>[0-9]{{4}}|[0-9]{{2}}))?",
        rf"{_WEEKDAY}{_MONTH} {_DAY}(?: (?P<year>[0-9]{{4}}|[0-9]{{2}}))?",
        rf"{_WEEKDAY}(?P<year>[0-9]{{4}}) {_MONTH} {_DAY}",
    )
)


def read_day(text: str, today: date | None = None, when: When = "") -> date:
    """The day somebody wrote; NeedsTodayError where only today would tell which it is.

    Where it is known to have come, or to be to come, a day without its year is one day only.
    """
    if literals.DAY.fullmatch(text):
        found = literals.day(text)
    else:
        found = _understood(text, today, when)
        literals.day(found.isoformat())  # the same bounds
    if today is not None:
        _refuse_far(found, today)
    return found


def _refuse_far(day: date, today: date) -> None:
    first, last = (_in_year(today, today.year + years) for years in (-_FURTHEST, _FURTHEST))
    if not first <= day <= last:
        raise ValueError(
            f"{without_weekday(day)} is more than {_FURTHEST} years away: write a day from "
            f"{first} to {last}"
        )


def _understood(text: str, today: date | None, when: When) -> date:
    words = " ".join(re.sub(r"(?<=\w)-(?=[^\W\d_])|(?<=[^\W\d_])-|,", " ", text.casefold()).split())
    for form in (_in_figures, from_today, _in_names):
        found = form(text, words, today, when)
        if found is not None:
            return found
    wrong = "holds a time as well" if literals.DAY_WITH_TIME.fullmatch(text) else "is not a date"
    raise ValueError(f"{shown(text)} {wrong}: {FORMS}")


def _in_figures(text: str, words: str, today: date | None, when: When) -> date | None:
    """Figures alone: with points the day comes first, with strokes nobody knows."""
    found = _FIGURES.fullmatch(words)
    first, mark, second, last = found.groups(default="") if found else ("",) * 4
    if found is None or (len(first) == _YEAR and not last):
        return None
    orders = [(last, second, first), *([] if mark == "." else [(last, first, second)])]
    if len(first) == _YEAR:
        orders = [(first, second, last)]
    elif len(first) == len(last) == _SHORT and mark == "-":
        orders.append((first, second, last))
    return _one_of(text, _days(text, orders, today), today, when if not last else "")


def _in_names(text: str, words: str, today: date | None, when: When) -> date | None:
    found = next((match for form in _NAMED if (match := form.fullmatch(words))), None)
    if found is None:
        return None
    month = place(found["month"], MONTHS)
    if month is None:
        near = nearest(found["month"], list(MONTHS))
        remedy = f'did you mean "{near}"?' if near else "write it in English, like 3 Nov 2026"
        raise ValueError(f"{shown(text)} names no month: {remedy}")
    year = found["year"] or ""
    days = _days(text, [(year, str(month + 1), found["day"])], today)
    if found["weekday"] is not None:
        weekday = place(found["weekday"], WEEKDAYS)
        that = " or ".join(map(day_in_words, days))
        days = [day for day in days if day.weekday() == weekday]
        if not days:
            raise ValueError(f"{shown(text)}: that day is {that}: correct weekday or day")
    return _one_of(text, days, today, when if not year else "")


def _days(text: str, orders: list[tuple[str, str, str]], today: date | None) -> list[date]:
    """Each day of the calendar that year, month and day may mean; "" is a year nobody wrote."""
    found: list[date] = []
    unsaid = f"{shown(text)} has no year{' of four figures' if orders[0][0] else ''}: {FORMS}"
    for year, month, day in orders:
        if len(year) not in {_YEAR, _SHORT, 0}:
            raise ValueError(unsaid)
        try:
            meant = date(int(year) if len(year) == _YEAR else 2000, int(month), int(day))
        except ValueError:
            continue
        if len(year) == _YEAR:
            found.append(meant)
        elif today is None:
            raise NeedsTodayError(unsaid)
        elif not (near := list(_around(meant, today, year))):
            raise ValueError(unsaid)
        else:
            found += near
    if not found:
        raise ValueError(f"{text} is no day of the calendar: correct month and day")
    return list(dict.fromkeys(found))


def _around(meant: date, today: date, year: str) -> Iterator[date]:
    """A day of the year in the years that two figures may mean, or before and after today."""
    if year:
        near = (century + int(year) for century in (1900, 2000, 2100))
        years = [each for each in near if abs(each - today.year) <= _FURTHEST]
    else:
        years = [today.year + each for each in _LEAP]
    # 29 February comes by in leap years only.
    days = [day for each in years if (day := _in_year(meant, each)).day == meant.day]
    if year:
        yield from days
    else:
        yield max((day for day in days if day <= today), default=days[0])
        yield min((day for day in days if day > today), default=days[-1])


def _one_of(text: str, days: list[date], today: date | None, when: When) -> date:
    """The one day that is meant, where several could be."""
    left = fitting(days, today, when) if today is not None else days
    is_same = len({(day.month, day.day) for day in left}) == 1
    if len(left) > 1 and is_same:
        could = " or ".join(map(without_weekday, left))
        raise ValueError(f"{shown(text)} has no year: write {could}")
    return only_day(text, left or days)


def _in_year(day: date, year: int) -> date:
    """The same day of another year, the last of February where it has no 29th."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
