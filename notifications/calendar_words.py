"""Words as a calendar item takes them: nothing in them ends a line or turns what stands beside."""

import re
import unicodedata

from notifications.languages import Language

# What turns the direction of what stands beside it; and halves of characters.
_TURNING = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BLANKS = re.compile(r"[ \t\n\r\f\v]+")  # one that does not break a line stays what it is
_CONTROLS = frozenset({"Cc", "Cs"})


def titled(title: str, about: str, language: Language) -> str:
    """What stands in a calendar: which meeting or day it is, and of which case."""
    return language.say("{title}: {about}", title=title, about=about)


def line(text: str) -> str:
    return _BLANKS.sub(" ", clean(text)).strip()


def clean(text: str) -> str:
    """The text without what is not seen: it could end a line or turn what stands beside it."""
    return "".join(
        each
        for each in text
        if each == "\n" or not (each in _TURNING or unicodedata.category(each) in _CONTROLS)
    )
