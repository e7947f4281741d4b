"""The days on which somebody is away, where a text names one last day (English, French, German).

What could be meant in two ways is not read: 5/4/2027 is April here and May there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_LONGEST_ABSENCE = timedelta(days=200)
_MOST_READ = 3_000  # characters
_MONTHS = (
    "january jan janvier janv januar jän jänner",
    "february feb février fevrier févr fevr februar",
    "march mar mars märz maerz mrz",
    "april apr avril avr",
    "may mai",
    "june jun juin juni",
    "july jul juillet juil juli",
    "august aug août aout",
    "september sep sept septembre",
    "october oct octobre oktober okt",
    "november nov novembre",
    "december dec décembre decembre déc dezember dez",
)
_MONTH = {name: at for at, names in enumerate(_MONTHS, start=1) for name in names.split()}
_WEEKDAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|"
    r"(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|mo|di|mi|do|fr),?\s+"
)
_NAME = "|".join(sorted(_MONTH, key=len, reverse=True))
_DAY = (
    rf"(?:the\s+|le\s+|den\s+|dem\s+)?(?:{_WEEKDAY})?(?:the\s+|le\s+|den\s+|dem\s+)?(?:"
    r"(?P<iso>\d{4}-\d{2}-\d{2})|"
    r"(?P<numbers>\d{1,2}[./]\d{1,2}[./]\d{4})|"
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s+(?:of\s+)?(?P<month>{_NAME})\b\.?"
    r"(?:,?\s+(?P<year>\d{4}))?|"
    rf"(?P<month_first>{_NAME})\b\.?\s+(?P<day_last>\d{{1,2}})(?:st|nd|rd|th)?"
    r"(?:,?\s+(?P<year_last>\d{4}))?)(?![\d./-]*\d)"
)
# Away on the day itself; or back on it, so that the day before is the last one.
_LAST = re.compile(
    r"\b(?:until|till|through|up\s+to|jusqu['\u2019 ]?(?:au|à)|"
    r"bis(?:\s+einschließlich)?(?:\s+zum)?|"
    r"from\s[^.\n]{3,30}?\sto|du\s[^.\n]{1,25}?\sau|vom\s[^\n]{1,25}?\sbis(?:\s+zum)?)\s+" + _DAY,
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\b(?:(?:back|return(?:ing)?)(?:\s+(?:in|to)\s+(?:the\s+|my\s+)?office)?\s+on|"
    r"(?:de\s+retour|reviendrai|retour)(?:\s+au\s+bureau)?|"
    r"(?:ab\s+dem|ab|am)(?=.{3,40}?\b(?:wieder|zurück)))\s+" + _DAY,
    re.IGNORECASE,
)


# From when, with a month of its own; or with that of the last day: from 1 to 14 December.
_FIRST = re.compile(
    r"\b(?:from|starting(?:\s+on)?|as\s+of|du|à\s+partir\s+du|vom|"
    r"ab(?:\s+dem)?(?!.{3,40}?\b(?:wieder|zurück)))\s+" + _DAY,
    re.IGNORECASE,
)
_FIRST_OF_MONTH = re.compile(
    r"\b(?:from|du|vom)\s+(?:the\s+)?(?P<first>\d{1,2})(?:st|nd|rd|th|er|\.)?\s*"
    r"(?:-|\bto\b|\buntil\b|\bau\b|\bbis(?:\s+zum)?\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DaysAway:
    """The last day of an absence, and the first one where a text names one."""

    last: date
    first: date | None = None


def days_away(text: str, today: date) -> DaysAway | None:
    """Return the absence that a text names; None if it names no last day, or several."""
    read = " ".join(text[:_MOST_READ].split())
    last = _last(read, today)
    return DaysAway(last, _first(read, last)) if last is not None else None


def _first(read: str, last: date) -> date | None:
    """The day on which an absence begins; None if none is named, or several are."""
    begins = last - _LONGEST_ABSENCE
    named = {day for day in _days(_FIRST, read, begins) if day <= last}
    of_month = {int(found["first"]) for found in _FIRST_OF_MONTH.finditer(read)}
    named |= {last.replace(day=day) for day in of_month if 1 <= day <= last.day}
    return named.pop() if len(named) == 1 else None


def _last(read: str, today: date) -> date | None:
    last = set(_days(_LAST, read, today))
    back = {day - timedelta(days=1) for day in _days(_BACK, read, today)}
    # Who is away until Friday and back on Monday says one thing twice.
    if len(last) == len(back) == 1 and timedelta(0) <= min(back) - min(last) <= timedelta(days=3):
        return min(back)
    named = last | back
    return named.pop() if len(named) == 1 else None


def _days(clue: re.Pattern[str], text: str, today: date) -> Iterator[date]:
    for found in clue.finditer(text):
        day = _read(found, today)
        if day is not None and today <= day <= today + _LONGEST_ABSENCE:
            yield day


def _read(found: re.Match[str], today: date) -> date | None:
    parts = found.groupdict()
    try:
        if parts["iso"]:
            return date.fromisoformat(parts["iso"])
        if parts["numbers"]:
            return _of_numbers(parts["numbers"])
        month = _MONTH[(parts["month"] or parts["month_first"]).lower()]
        day = int(parts["day"] or parts["day_last"])
        year = parts["year"] or parts["year_last"]
        if year:
            return date(int(year), month, day)
        near = date(today.year, month, day)
        return near if near >= today else date(today.year + 1, month, day)
    except ValueError:
        return None


def _of_numbers(written: str) -> date | None:
    """With points the day stands first; with strokes only where it cannot be the month."""
    first, second, year = (int(each) for each in re.split(r"[./]", written))
    if "/" in written and first <= 12 and first != second:  # noqa: PLR2004 - months of a year
        return None
    return date(year, second, first)
