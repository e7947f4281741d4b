"""Tokens that open something for whoever holds them: shown once, and known by their hash."""

import secrets
from hashlib import sha256
from string import ascii_letters, digits

from notifications.link_slots import TOKEN_LENGTH

_BITS = 256
# Letters and digits alone: mail programs leave a closing - or _ out of an address.
_ALPHABET = digits + ascii_letters  # 62 to the 43rd is more than 2 to the 256th


def new_token() -> str:
    """One that nobody can guess."""
    number, marks = secrets.randbits(_BITS), []
    for _ in range(TOKEN_LENGTH):
        number, mark = divmod(number, len(_ALPHABET))
        marks.append(_ALPHABET[mark])
    return "".join(marks)


def hashed(token: str) -> str:
    """By which it is kept and looked up: of what is no token too, so that all take as long."""
    whole = token if len(token) == TOKEN_LENGTH else ""
    return sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
