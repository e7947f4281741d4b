"""The headers of a letter: which each kind has, and how they are written (RFC 5322, RFC 2047)."""

import re
import unicodedata
from base64 import b64encode
from datetime import UTC, datetime
from email.utils import format_datetime
from enum import StrEnum
from types import MappingProxyType

from engine.errors import ProjectError
from notifications.addresses import Correspondent

_ID = re.compile(r"<[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,100}@[A-Za-z0-9.-]{1,150}>")
_LIST = re.compile(r"[A-Za-z0-9_-]{1,100}(?:\.[A-Za-z0-9_-]{1,100}){1,10}")
_ASCII = re.compile(r"[ -~]*")
_WORDS = re.compile(r"[A-Za-z0-9'-]+(?: [A-Za-z0-9'-]+)*")  # a name that needs no quotes
_ESCAPED = re.compile(r'(["\\])')
_LONGEST_ROW = 60  # characters of a subject or name that is written without folding
_LONGEST_WORD = 45  # bytes in one encoded word: 75 columns


class MessageError(ProjectError):
    """A message cannot be composed without doubt about whom it reaches."""


class Kind(StrEnum):
    """What a letter is to its reader."""

    ASK = "ask"  # somebody is to do something: their absence is news
    NOTICE = "notice"  # nothing is asked


# Every letter has these, whatever it is: nobody's machine answers or subscribes to it.
_EVERY = MappingProxyType({"Auto-Submitted": "auto-generated"})
# What Exchange is asked not to send back. An ask leaves out OOF and AutoReply, since the days of
# an absence are wanted; failures are always reported, to the return path.
_SUPPRESSED = MappingProxyType({Kind.ASK: "DR, RN, NRN", Kind.NOTICE: "All"})


def of_kind(kind: Kind) -> dict[str, str]:
    """The headers that a letter has by its kind."""
    return {**_EVERY, "X-Auto-Response-Suppress": _SUPPRESSED[kind]}


def mailbox(who: Correspondent) -> str:
    """Write a name and an address, the name quoted or encoded where it has to be."""
    if not who.name:
        return who.address
    if not _is_row(who.name):
        return f"{_encoded(who.name)}\r\n <{who.address}>"
    if _WORDS.fullmatch(who.name):
        return f"{who.name} <{who.address}>"
    quoted = _ESCAPED.sub(r"\\\1", who.name)
    return f'"{quoted}" <{who.address}>'


def unstructured(text: str) -> str:
    """Write a subject; MessageError when it holds a line break or a control character."""
    return text if _is_row(text) else _encoded(text)


def one_id(message_id: str) -> str:
    """A message id as it was given, `<...@...>`, or MessageError."""
    if _ID.fullmatch(message_id):
        return message_id
    raise MessageError(f"{message_id[:60]!a} is no message id: give <...@...> in plain ASCII")


def list_id(name: str) -> str:
    """The list that a letter belongs to, by which readers sort their mail (RFC 2919)."""
    if _LIST.fullmatch(name):
        return f"<{name}>"
    raise MessageError(f"{name[:60]!a} is no name of a list: give one like pairing.example.org")


def instant(moment: datetime) -> str:
    """Write a moment in UTC; MessageError when it has no zone."""
    if moment.utcoffset() is None:
        raise MessageError(f"the moment {moment.isoformat()} has no zone: give it in UTC")
    return format_datetime(moment.astimezone(UTC))


def _is_row(text: str) -> bool:
    """Whether a text can stand in a header as it is, unfolded and not taken for a code."""
    if len(text) > _LONGEST_ROW or "=?" in text or not _ASCII.fullmatch(text):
        return False
    return text == text.strip(" ")


def _encoded(text: str) -> str:
    """Write the text as encoded words (RFC 2047), each of whole characters, one on a line."""
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in text):
        raise MessageError("a subject or name holds a line break or control character: remove it")
    rows, row = [], b""
    for character in text:
        code = character.encode("utf-8")
        if len(row) + len(code) > _LONGEST_WORD:
            rows.append(row)
            row = b""
        row += code
    words = (f"=?utf-8?b?{b64encode(row).decode('ascii')}?=" for row in [*rows, row])
    return "\r\n ".join(words)
