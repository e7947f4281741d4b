"""What an unquoted word of a definition means: far fewer things than in YAML 1.1."""

import re
from calendar import monthrange
from datetime import date

from workflows.yaml.located import Scalar

_WHOLE = re.compile(r"0|-?[1-9][0-9]*")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")
_WORDS: dict[str, bool | None] = {"": None, "null": None, "true": True, "false": False}
_LONGEST_NUMBER = 18
# As a day is written everywhere, alone or before a time or another day.
_DAY = re.compile(r"(?<![0-9-])([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9-])")
_MONTHS = 12
# Most words begin with a letter and are none of these: every reader takes them for text.
_MAY_BE_ELSE = re.compile(r"[-+.~0-9]|(?i:true|yes|on|false|no|off|null)\Z")

# Other readers of YAML take these for something else than text, so none of them is let through.
_AMBIGUOUS = (
    (re.compile(r"(?i:true|yes|on)"), "write true, or quote it"),
    (re.compile(r"(?i:false|no|off)"), "write false, or quote it"),
    (re.compile(r"(?i:null)|~"), "write null, or leave it empty, or quote it"),
    (re.compile(r"[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?"), "quote it, if it is a time"),
    (re.compile(r"(?i:[-+]?\.(inf|nan))"), "write a finite number, or quote it"),
    (re.compile(r"[-+]?0o?[0-9_]+"), "write the number without leading zeros, or quote it"),
    (re.compile(r"[-+]?0[xX][0-9a-fA-F_]+|[-+]?0[bB][01_]+"), "write it as a decimal, or quote it"),
    (
        re.compile(r"[-+]?([0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)([eE][-+]?[0-9]+)?"),
        "write digits only, as in 1000 or 0.5, or quote it",
    ),
)


def meaning(word: str) -> Scalar:
    """Return what an unquoted scalar stands for; dates and durations stay text.

    Raises ValueError with the sentence to show when readers of YAML disagree about the word.
    """
    if word in _WORDS:
        return _WORDS[word]
    if not _MAY_BE_ELSE.match(word):
        return word
    if _WHOLE.fullmatch(word):
        return int(_bounded(word))
    if _DECIMAL.fullmatch(word):
        return float(_bounded(word))
    for pattern, remedy in _AMBIGUOUS:
        if pattern.fullmatch(word):
            raise ValueError(f"{_shown(word)} can be read in more than one way: {remedy}")
    return word


def real_days(text: str) -> str:
    """The text as it is; ValueError where a day stands in it that no calendar has."""
    for year, month, day in _DAY.findall(text) if text.count("-") > 1 else ():
        try:
            date(int(year), int(month), int(day))
        except ValueError:
            raise ValueError(_no_day(int(year), int(month), f"{year}-{month}-{day}")) from None
    return text


def _no_day(year: int, month: int, written: str) -> str:
    sentence = f'"{written}" is no day of any calendar'
    if year and 1 <= month <= _MONTHS:
        return f"{sentence}: the last of that month is {written[:8]}{monthrange(year, month)[1]}"
    return f"{sentence}: write year-month-day, such as 2027-09-30"


def _bounded(digits: str) -> str:
    if len(digits) > _LONGEST_NUMBER:
        raise ValueError(
            f"the number {_shown(digits)} is too long: "
            f"write at most {_LONGEST_NUMBER} characters, or quote it"
        )
    return digits


def _shown(word: str) -> str:
    longest = 40
    return word if len(word) <= longest else f"{word[:longest]}..."
