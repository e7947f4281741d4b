"""A letter as the bytes that travel: composed once, frozen, and read again before they leave."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses

from notifications import headers
from notifications.addresses import Correspondent
from notifications.headers import Kind, MessageError
from notifications.parts import Invitation, Part, parts_of
from notifications.render import Rendered


@dataclass(frozen=True, slots=True)
class Envelope:
    """What stands around a letter; `message_id` is `<...@...>`, given by the caller for ever.

    `reply_to` are all who asked something in it: a reply reaches each of them.
    `thread` names the earlier messages of its matter, so that they show as one conversation;
    `list_id` is the programme as a list, by which readers sort: `pairing.example.org`.
    """

    message_id: str
    composed_at: datetime
    sender: Correspondent
    reply_to: tuple[Correspondent, ...]
    recipient: Correspondent
    list_id: str
    kind: Kind = Kind.NOTICE
    thread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Composed:
    """A finished message: `data` never changes again, every retry sends these bytes (P3 d)."""

    message_id: str
    frozen: bytes
    recipient: str
    subject: str


def compose(
    envelope: Envelope, rendered: Rendered, invitation: Invitation | None = None
) -> Composed:
    """Build the message and prove it: read back, it has our headers, our words, one recipient.

    Raises MessageError when it has not (security 23).
    """
    if envelope.recipient.address.lower() == envelope.sender.address.lower():
        raise MessageError(f"the programme would write to itself: {envelope.recipient.address}")
    body = parts_of(envelope.message_id, rendered.text, rendered.html, invitation)
    names = dict(_headers(envelope, rendered.subject, body))
    head = "".join(f"{name}: {value}\r\n" for name, value in names.items())
    frozen = f"{head}\r\n".encode("ascii") + body.travelling
    read = _proven(frozen, envelope, rendered.subject, list(names))
    _prove_parts(read, envelope, body)
    return Composed(envelope.message_id, frozen, envelope.recipient.address, rendered.subject)


def _headers(envelope: Envelope, subject: str, body: Part) -> Iterator[tuple[str, str]]:
    yield "From", headers.mailbox(envelope.sender)
    yield "Reply-To", ",\r\n ".join(map(headers.mailbox, envelope.reply_to))
    yield "To", headers.mailbox(envelope.recipient)
    yield "Subject", headers.unstructured(subject)
    yield "Date", headers.instant(envelope.composed_at)
    yield "Message-ID", headers.one_id(envelope.message_id)
    if envelope.thread:
        yield "In-Reply-To", headers.one_id(envelope.thread[-1])
        yield "References", "\r\n ".join(headers.one_id(one) for one in envelope.thread)
    yield "List-Id", headers.list_id(envelope.list_id)
    yield from headers.of_kind(envelope.kind).items()
    yield "MIME-Version", "1.0"
    yield from body.headers


def _proven(frozen: bytes, envelope: Envelope, subject: str, names: list[str]) -> Message:
    """Read the message as a mail server would, and compare it with what was meant (trap 8)."""
    read = message_from_bytes(frozen)
    if read.keys() != names or read.defects or not _is_in_lines(frozen):
        raise MessageError(f"the message {envelope.message_id} reads back with other headers")
    meant = (
        ("To", (envelope.recipient,)),
        ("From", (envelope.sender,)),
        ("Reply-To", envelope.reply_to),
    )
    for name, people in meant:
        found = [address for _, address in getaddresses([read[name]])]
        if found != [each.address for each in people]:
            raise MessageError(f"the message {envelope.message_id} reads back with another {name}")
    if str(make_header(decode_header(read["Subject"]))) != subject:
        raise MessageError(f"the message {envelope.message_id} reads back with another subject")
    return read


def _is_in_lines(frozen: bytes) -> bool:
    """Whether each line ends with CRLF, and neither half of it nor a NUL stands alone."""
    ends = {frozen.count(end) for end in (b"\r\n", b"\r", b"\n")}
    return len(ends) == 1 and b"\0" not in frozen


def _prove_parts(read: Message, envelope: Envelope, body: Part) -> None:
    """Each part reads back as what it means: no text ends before its end, none stands in two."""
    found = [part for part in read.walk() if not part.is_multipart()]
    leaves = list(body.leaves)
    is_ours = len(found) == len(leaves) and all(
        not part.defects
        and part["Content-Type"] == dict(meant.headers)["Content-Type"]
        and part.get_payload(decode=True) == meant.meant
        for part, meant in zip(found, leaves, strict=True)
    )
    if not is_ours:
        raise MessageError(f"the message {envelope.message_id} reads back with other words")
