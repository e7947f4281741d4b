"""Countries as people write them, as the codes under which their holidays are known (ISO 3166)."""

from difflib import get_close_matches
from functools import lru_cache

from engine.literals import shown
from engine.suggestions import folded

_NEAR = 0.75  # how alike a name must be to be meant: Atlantis is no Albania
_LONGEST = 60
# What the European Union and common speech say beside ISO 3166.
_ALSO = {
    "el": "GR",
    "uk": "GB",
    "great britain": "GB",
    "czech republic": "CZ",
    "holland": "NL",
    "republic of ireland": "IE",
    "slovak republic": "SK",
    "t\u00fcrkiye": "TR",
    "macedonia": "MK",
}
# ISO 3166 leaves these codes to its users: here they are invented places, without holidays.
# XK is Kosovo by common use.
INVENTED = frozenset(f"X{letter}" for letter in "ABCDEFGHIJLMNOPQRSTUVWXYZ")


def country_code(text: str) -> str:
    """The code of a country by code or English name, in any capitals: EL and Greece are GR.

    ValueError names the one that may be meant.
    """
    word = folded(text)
    found = _known().get(word) or (word.upper() if word.upper() in INVENTED else "")
    if not found:
        raise ValueError(f"no country {shown(text)}: {_remedy(word)}")
    return found


def is_country(code: str) -> bool:
    """Whether this is the very code that a country is kept under."""
    return code in INVENTED or code in _known().values()


def _remedy(word: str) -> str:
    names = [name for name in _known() if len(name) > len("AUT")]
    near = get_close_matches(word[:_LONGEST], names, 1, _NEAR)
    if near:
        return f'did you mean "{near[0].title()}" ({_known()[near[0]]})?'
    return "write its ISO 3166 code such as AT, or its English name"


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    """Every code and name, in small letters."""
    from holidays.registry import COUNTRIES  # noqa: PLC0415 - late: it costs 0.1 s

    found = dict(_ALSO)
    for name, (_, *codes) in COUNTRIES.items():
        found[name.replace("_", " ")] = codes[0]
        found.update(dict.fromkeys((code.casefold() for code in codes[:2]), codes[0]))
    return found
