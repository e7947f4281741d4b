"""A line of words as two spellings of it are compared: capitals, accents, spaces, apostrophes."""

import re
import unicodedata

_APOSTROPHES = re.compile("[\u2018\u2019\u201b\u02bc\u00b4`\u2032]")
_DASHES = re.compile("[\u2010-\u2015\u2212]")


def plain(line: str) -> str:
    """The same for every way of writing a line down; figures are those that everybody reads."""
    apart = unicodedata.normalize("NFKD", line)
    kept = "".join(_figure(each) for each in apart if not _is_beside(each))
    written = _DASHES.sub("-", _APOSTROPHES.sub("'", kept))
    return " ".join(written.casefold().split())


def _is_beside(character: str) -> bool:
    """Accents, and what nobody sees: marks of direction, hyphens that only break lines."""
    return unicodedata.category(character) in {"Mn", "Cf"}


def _figure(character: str) -> str:
    return str(unicodedata.digit(character)) if character.isdecimal() else character
