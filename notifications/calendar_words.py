"""Words as a calendar item takes them: nothing in them ends a line or turns what stands beside."""

import unicodedata

# What turns the direction of what stands beside it; and halves of characters.
_TURNING = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_CONTROLS = frozenset({"Cc", "Cs"})


def line(text: str) -> str:
    return " ".join(clean(text).split())


def clean(text: str) -> str:
    """The text without what is not seen: it could end a line or turn what stands beside it."""
    return "".join(
        each
        for each in text
        if each == "\n" or not (each in _TURNING or unicodedata.category(each) in _CONTROLS)
    )
