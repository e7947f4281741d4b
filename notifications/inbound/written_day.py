"""One day that somebody wrote into a reply, in any language of the programme, and nothing else."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from engine.literals import shown
from engine.time.day_words import FORMS, MONTHS, WEEKDAYS, day_in_words
from engine.time.written_days import read_day
from notifications.inbound.plain_words import plain
from notifications.languages import Language, language_of

_LONGEST = 60  # characters
_SHORTEST = 3  # letters of a name that is cut short
_BETWEEN = frozenset({"the", "of", "on", "le", "du"})  # words that only lead to a day
_FIRST = re.compile(r"\b1er\b")  # as French writes the first of a month
_NAME = re.compile(r"[^\W\d_]+")
_ENDINGS = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")


def written_day(text: str, languages: Iterable[str], today: date) -> date:
    """The day that a text is; ValueError with the sentence to show where it is none, or two.

    It is to come. A day that is counted from another one (tomorrow, next Monday) is none: mail is
    read later than it was written.
    """
    if len(text) > _LONGEST:
        raise ValueError(f"{shown(text)} is more than a day: {FORMS}")
    known = [language_of(each) for each in languages]
    words = _FIRST.sub("1", plain(text)).replace(",", " ").split()
    said = " ".join(_in_english(each, known, text) for each in words if each not in _BETWEEN)
    if not any(each.isdigit() for each in said):
        raise ValueError(f"{shown(text)} is no day: {FORMS}")
    day = read_day(said, today, "to come")
    if day <= today:
        raise ValueError(f"{day_in_words(day)} is not to come any more")
    return day


def _in_english(word: str, languages: list[Language], text: str) -> str:
    """A part of a day, with the English name of a month or a day of the week for its own."""
    name = word.rstrip(".")
    if not _NAME.fullmatch(name):
        return _ENDINGS.sub("", word)
    meant = {english for each in languages for english in _named(name, each)}
    if len(meant) != 1:
        raise ValueError(f"{shown(text)} is no day: {FORMS}")
    return meant.pop()


def _named(name: str, language: Language) -> Iterator[str]:
    """The months and days of the week that are called so, or begin so, in one language."""
    called = [
        *((MONTHS[number - 1], plain(own)) for number, own in language.months.items()),
        *((WEEKDAYS[number], plain(own)) for number, own in language.days.items()),
    ]
    whole = [english for english, own in called if own == name]
    cut = [e for e, own in called if len(name) >= _SHORTEST and own.startswith(name)]
    yield from whole or cut
