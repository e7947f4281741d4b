"""Who a letter may go to: one plain address, and a name that is nothing but a name."""

import re
import unicodedata
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from functools import lru_cache

from engine.errors import ProjectError

LONGEST_ADDRESS = 254  # characters (RFC 5321)
LONGEST_NAME = 200  # characters

# What is left of RFC 5322 when comments, quotes, routes, lists and literals are taken away.
_PLAIN = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~][A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{0,63}"
    r"@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])"
)
_ENCODED = "=?"
_MOST_LAYERS = 3  # of encoded words inside encoded words
# Controls, lone surrogates, unassigned, line and paragraph ends, marks that turn directions.
_NOT_IN_A_NAME = frozenset({"Cc", "Cs", "Cn", "Zl", "Zp"})
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\ufeff")
# Letters and symbols by their class, and yet nothing is seen of them.
_INVISIBLE = frozenset("\u115f\u1160\u2800\u3164\uffa0")


class AddressError(ProjectError):
    """An address or a name cannot stand in a letter's head."""


@dataclass(frozen=True, slots=True)
class Correspondent:
    """A name with its one address, both checked; the domain is in its ASCII form.

    Raises AddressError, so that one which could carry a second recipient cannot be built.
    """

    name: str
    address: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", checked_name(self.name))
        object.__setattr__(self, "address", checked_address(self.address))


@lru_cache(maxsize=4096)
def checked_address(text: str) -> str:
    """Return the address as SMTP takes it, or raise AddressError with what is wrong (B10).

    No look-up is made: whether somebody reads it, a bounce will tell.
    """
    shown = _shown(text)
    if not text.isprintable() or " " in text:
        raise AddressError(f"the address {shown} holds a space or a control character: remove it")
    if text.count("@") != 1 or any(mark in text for mark in ',;<>()[]:\\"'):
        raise AddressError(f"{shown} is not one plain address: write it as name@example.org")
    # Late: its tables take a while to build, and most commands look at no address.
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415

    try:
        found = validate_email(text, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise AddressError(f"the address {shown} cannot be used: {error}") from None
    address = found.ascii_email or ""
    if len(address) > LONGEST_ADDRESS or not _PLAIN.fullmatch(address) or _ENCODED in address:
        raise AddressError(f"the address {shown} cannot be used: write it as name@example.org")
    return address


@lru_cache(maxsize=4096)
def checked_name(text: str) -> str:
    """Return the name without outer blanks, or raise AddressError; it may be empty.

    A name in encoded words is looked at in every layer: mail software decodes them, and a line
    break inside would become a header of its own.
    """
    if len(text) > LONGEST_NAME:
        raise AddressError(f"a name has {len(text)} characters: at most {LONGEST_NAME}")
    layer = text
    for _ in range(_MOST_LAYERS):
        if any(_is_unfit(character) for character in layer):
            raise AddressError(f"the name {_shown(text)} holds a control character: type it anew")
        if _ENCODED not in layer:
            return text.strip()
        layer = _decoded(layer, text)
    raise AddressError(f"the name {_shown(text)} is encoded: write it in plain letters")


def has_letters(text: str) -> bool:
    """Whether a name shows anything: marks without width and blanks of all kinds show nothing."""
    return any(unicodedata.category(mark)[0] in "LNPS" and mark not in _INVISIBLE for mark in text)


def _is_unfit(character: str) -> bool:
    return character in _TURNING or unicodedata.category(character) in _NOT_IN_A_NAME


def _decoded(layer: str, text: str) -> str:
    try:
        return str(make_header(decode_header(layer)))
    except (HeaderParseError, ValueError, LookupError):
        pass
    raise AddressError(f"the name {_shown(text)} holds a broken code: write it in plain letters")


def _shown(text: str) -> str:
    longest = 60
    return ascii(text if len(text) <= longest else f"{text[:longest]}...")
