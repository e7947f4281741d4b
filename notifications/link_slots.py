"""The links of a message whose tokens are kept apart: the number of its letter stands for each.

So the bytes that are kept open nothing. What stands for a token begins with a byte that no message
holds: nothing that anybody writes into a letter is ever taken for it. It is as long as the token,
so that no line of the message is another with the one than with the other.
"""

import re
from collections.abc import Mapping

from notifications.headers import MessageError

TOKEN_LENGTH = 43  # letters and digits
_MARK = b"\xff"  # what travels is ASCII
_BROKEN = rb"(=\r\n)?"  # quoted-printable breaks long lines anywhere


def taken_out(frozen: bytes, tokens: Mapping[int, str]) -> bytes:
    """The bytes as they are kept. MessageError where a link stands nowhere in them."""
    if not frozen.isascii():
        raise MessageError("a message that is not ASCII could hold what stands for a link")
    for number, token in tokens.items():
        frozen, count = _instead(frozen, token.encode(), _slot(number))
        if not count:
            raise MessageError(f"the link of letter {number} stands in no line of its message")
    return frozen


def put_in(frozen: bytes, tokens: Mapping[int, str]) -> bytes:
    """The bytes as they travel."""
    for number, token in tokens.items():
        frozen, _ = _instead(frozen, _slot(number), token.encode())
    return frozen


def has_slots(frozen: bytes) -> bool:
    """Whether kept bytes hold a link."""
    return _MARK in frozen


def has_slot(frozen: bytes, number: int) -> bool:
    """Whether kept bytes hold the link of a letter."""
    return _written(_slot(number)).search(frozen) is not None


def _slot(number: int) -> bytes:
    return _MARK + f"{number:0{TOKEN_LENGTH - len(_MARK)}}".encode()


def _instead(frozen: bytes, there: bytes, new: bytes) -> tuple[bytes, int]:
    marks = [bytes([mark]) for mark in new]

    def anew(found: re.Match[bytes]) -> bytes:
        breaks = (each or b"" for each in (*found.groups(), b""))
        return b"".join(mark + end for mark, end in zip(marks, breaks, strict=True))

    return _written(there).subn(anew, frozen)


def _written(word: bytes) -> re.Pattern[bytes]:
    return re.compile(_BROKEN.join(bytes([mark]) for mark in word))
