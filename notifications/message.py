"""A letter as the bytes that travel: composed once, frozen, and read again before they leave."""

import binascii
import re
import unicodedata
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.utils import format_datetime, getaddresses

from engine.errors import ProjectError
from notifications.addresses import Correspondent
from notifications.render import Rendered

_ID = re.compile(r"<[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,100}@[A-Za-z0-9.-]{1,150}>")
_ASCII = re.compile(r"[ -~]*")
_LINES = re.compile(r"[\t -~\n]*")  # text that travels as it is
_WORDS = re.compile(r"[A-Za-z0-9'-]+(?: [A-Za-z0-9'-]+)*")  # a name that needs no quotes
_ESCAPED = re.compile(r'(["\\])')
_LONGEST_ROW = 60  # characters of a subject or name that is written without folding
_LONGEST_WORD = 45  # bytes in one encoded word: 75 columns
_LONGEST_LINE = 990  # columns; RFC 5322 allows 998
_BARE = re.compile(rb"\r(?!\n)|(?<!\r)\n|\x00")


class MessageError(ProjectError):
    """A message cannot be composed without doubt about whom it reaches."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What stands around a letter; `message_id` is `<...@...>`, given by the caller for ever.

    `thread` names the earlier messages of its ladder, so that they show as one conversation.
    """

    message_id: str
    composed_at: datetime
    sender: Correspondent
    reply_to: Correspondent
    recipient: Correspondent
    thread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Composed:
    """A finished message: `data` never changes again, every retry sends these bytes (P3 d)."""

    message_id: str
    frozen: bytes
    recipient: str
    subject: str


def compose(envelope: Envelope, rendered: Rendered) -> Composed:
    """Build the message and prove it: read back, it has our headers and our one recipient.

    Raises MessageError when it has not (security 23).
    """
    if envelope.recipient.address.lower() == envelope.sender.address.lower():
        raise MessageError(f"the programme would write to itself: {envelope.recipient.address}")
    encoding, body = _body(rendered.text)
    headers = dict(_headers(envelope, rendered.subject, encoding))
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    frozen = f"{head}\r\n".encode("ascii") + body
    _prove(frozen, envelope, rendered.subject, list(headers))
    return Composed(envelope.message_id, frozen, envelope.recipient.address, rendered.subject)


def _headers(envelope: Envelope, subject: str, encoding: str) -> Iterator[tuple[str, str]]:
    yield "From", _mailbox(envelope.sender)
    yield "Reply-To", _mailbox(envelope.reply_to)
    yield "To", _mailbox(envelope.recipient)
    yield "Subject", _subject(subject)
    yield "Date", _date(envelope.composed_at)
    yield "Message-ID", _id(envelope.message_id)
    if envelope.thread:
        yield "In-Reply-To", _id(envelope.thread[-1])
        yield "References", "\r\n ".join(_id(one) for one in envelope.thread)
    yield "Auto-Submitted", "auto-generated"
    yield "X-Auto-Response-Suppress", "All"
    yield "MIME-Version", "1.0"
    yield "Content-Type", 'text/plain; charset="utf-8"'
    yield "Content-Transfer-Encoding", encoding


def _mailbox(who: Correspondent) -> str:
    if not who.name:
        return who.address
    if not _is_row(who.name):
        return f"{_encoded(who.name)}\r\n <{who.address}>"
    if _WORDS.fullmatch(who.name):
        return f"{who.name} <{who.address}>"
    quoted = _ESCAPED.sub(r"\\\1", who.name)
    return f'"{quoted}" <{who.address}>'


def _subject(text: str) -> str:
    return text if _is_row(text) else _encoded(text)


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


def _id(message_id: str) -> str:
    if _ID.fullmatch(message_id):
        return message_id
    raise MessageError(f"{message_id[:60]!a} is no message id: give <...@...> in plain ASCII")


def _date(moment: datetime) -> str:
    if moment.utcoffset() is None:
        raise MessageError(f"the moment {moment.isoformat()} has no zone: give it in UTC")
    return format_datetime(moment.astimezone(UTC))


def _body(text: str) -> tuple[str, bytes]:
    """Return the transfer encoding and the encoded text, in lines that end with CRLF."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    if not lines.endswith("\n"):
        lines += "\n"
    try:
        travelling = lines.replace("\n", "\r\n").encode("utf-8")
    except UnicodeEncodeError:
        raise MessageError("the text holds half a character (a lone surrogate)") from None
    if _LINES.fullmatch(lines) and max(map(len, lines.split("\n"))) <= _LONGEST_LINE:
        return "7bit", travelling
    return "quoted-printable", binascii.b2a_qp(travelling)


def _prove(frozen: bytes, envelope: Envelope, subject: str, names: list[str]) -> None:
    """Read the message as a mail server would, and compare it with what was meant (trap 8)."""
    read = message_from_bytes(frozen)
    if read.keys() != names or read.defects or read.is_multipart() or _BARE.search(frozen):
        raise MessageError(f"the message {envelope.message_id} reads back with other headers")
    for name, who in (("To", envelope.recipient), ("From", envelope.sender)):
        if [address for _, address in getaddresses([read[name]])] != [who.address]:
            raise MessageError(f"the message {envelope.message_id} reads back with another {name}")
    if str(make_header(decode_header(read["Subject"]))) != subject:
        raise MessageError(f"the message {envelope.message_id} reads back with another subject")
