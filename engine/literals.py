"""What people write, as values: one reader for each type, in a table, a command or a file.

Each raises ValueError with the sentence to show: what is wrong and what would be right.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime

from engine.suggestions import folded, nearest

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT = re.compile(rf"{DAY.pattern}[ T].*(?:Z|[+-][0-9]{{2}}:?[0-9]{{2}})")  # with its offset
DAY_WITH_TIME = re.compile(rf"{DAY.pattern}[ T].*")
_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,17}")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,18}|,[0-9]{1,2})?")
_YES_NO = {"yes": True, "true": True, "no": False, "false": False}
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
OUT_OF_BOUNDS = f"is not between {_FIRST_YEAR + 1} and {_LAST_YEAR - 1}"
_LONGEST_SHOWN = 60
_MOST_LISTED = 24


def shown(text: str) -> str:
    """Repeat what was written in quotes, on one line, and not at full length."""
    cut = "".join(mark if mark.isprintable() else " " for mark in text[:_LONGEST_SHOWN])
    return f'"{cut}{"..." if len(text) > _LONGEST_SHOWN else ""}"'


def day(text: str) -> date:
    """Read a day like 2026-04-01, from 1900 to 2199."""
    if not DAY.fullmatch(text):
        wrong = "holds a time as well" if DAY_WITH_TIME.fullmatch(text) else "is not a date"
        raise ValueError(f"{shown(text)} {wrong}: write year-month-day, like 2026-04-01")
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text} is no day of the calendar: correct month and day") from None
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise ValueError(f"{text} is not between {_FIRST_YEAR} and {_LAST_YEAR}: correct the year")
    return found


def in_bounds(moment: datetime) -> bool:
    """Whether a moment is read; the first and the last year are left out, as zones differ."""
    return _FIRST_YEAR < moment.year < _LAST_YEAR


def moment(text: str) -> datetime:
    """Read a moment with its offset: without it nobody could say when it is."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise ValueError(f"{shown(text)} is not a moment: write it like 2027-04-01T09:00Z")
    if not in_bounds(found):
        raise ValueError(f"{shown(text)} {OUT_OF_BOUNDS}: correct the year")
    return found


def whole_number(text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise ValueError(f"{shown(text)} is not a whole number: write digits only, like 12")
    return int(text)


def number(text: str) -> int | float:
    """Read a number; a comma before one or two figures can be no thousand, so it is a point."""
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"{shown(text)} is not a number: write it with a point, like 3.5")
    pointed = text.replace(",", ".")
    return float(pointed) if "." in pointed else int(pointed)


def yes_no(text: str) -> bool:
    if text.lower() not in _YES_NO:
        raise ValueError(f"{shown(text)} is neither yes nor no: write yes or no")
    return _YES_NO[text.lower()]


def choice(text: str, choices: Sequence[str]) -> str:
    """Read one of some words, whatever its capitals and however its parts are joined."""
    for word in choices:
        if folded(word) == folded(text):
            return word
    near = nearest(text, list(choices))
    meant = f'did you mean "{near}"? ' if near else ""
    raise ValueError(f"{shown(text)} is none of its words: {meant}{_listed(choices, near)}")


def _listed(choices: Sequence[str], near: str) -> str:
    """The words there are, the nearest first, not all of very many."""
    ordered = [near] * bool(near) + [word for word in choices if word != near]
    more = ", ..." if len(ordered) > _MOST_LISTED else ""
    return f"write one of {', '.join(ordered[:_MOST_LISTED])}{more}"


def fact(text: str) -> bool | int | str:
    """Read what no definition gives a type: yes and no and whole numbers as such, else text."""
    if text.lower() in _YES_NO:
        return _YES_NO[text.lower()]
    return int(text) if _WHOLE.fullmatch(text) else text
