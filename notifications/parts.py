"""The parts of a message (MIME): text, HTML, an invitation; their bytes, and what they mean."""

import binascii
import re
from base64 import encodebytes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from notifications.headers import MessageError

_LINES = re.compile(r"[\t -~\n]*")  # text that travels as it is
_LONGEST_LINE = 990  # columns; RFC 5322 allows 998
_METHOD = re.compile(r"[A-Z]{1,20}")
_FILE = re.compile(r"[A-Za-z0-9_-]{1,60}\.ics")


@dataclass(frozen=True, slots=True)
class Invitation:
    """What goes into a calendar: `ics` is a finished object in UTF-8, its lines end with CRLF.

    `method` is the one that stands in it (REQUEST, CANCEL), `name` that of the attached file.
    """

    method: str
    ics: bytes
    name: str = "invitation.ics"


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its headers, its bytes as they travel, and what they read back as."""

    headers: tuple[tuple[str, str], ...]
    travelling: bytes
    meant: bytes = b""
    inner: "tuple[Part, ...]" = ()

    @property
    def leaves(self) -> "Iterator[Part]":
        """The parts that hold something, in the order in which they are read."""
        if not self.inner:
            yield self
        for part in self.inner:
            yield from part.leaves


def parts_of(message_id: str, text: str, html: str, invitation: Invitation | None = None) -> Part:
    """One part with all: the same letter in each form, the plainest first (RFC 2046, 5.1.4).

    An invitation is one of the forms, and attached as well: some calendars look only there.
    Boundaries are made of the message id, so that the same letter is the same bytes (P3 d).
    """
    forms = [_text(text, "plain"), _text(html, "html")]
    if invitation is None:
        return _several("alternative", message_id, forms)
    letter = _several("alternative", message_id, [*forms, _calendar(invitation)])
    return _several("mixed", message_id, [letter, _attached(invitation)])


def _text(text: str, kind: str) -> Part:
    """Text in lines that end with CRLF, as it is or in quoted-printable."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    if not lines.endswith("\n"):
        lines += "\n"
    try:
        meant = lines.replace("\n", "\r\n").encode("utf-8")
    except UnicodeEncodeError:
        raise MessageError("the text holds half a character (a lone surrogate)") from None
    content = f'text/{kind}; charset="utf-8"'
    if _LINES.fullmatch(lines) and max(map(len, lines.split("\n"))) <= _LONGEST_LINE:
        return Part(_headed(content, "7bit"), meant, meant)
    return Part(_headed(content, "quoted-printable"), binascii.b2a_qp(meant), meant)


def _calendar(invitation: Invitation) -> Part:
    if not _METHOD.fullmatch(invitation.method):
        raise MessageError(f"{invitation.method[:20]!a} is no method of an invitation")
    content = f'text/calendar; charset="utf-8"; method={invitation.method}'
    return _encoded(content, invitation.ics)


def _attached(invitation: Invitation) -> Part:
    if not _FILE.fullmatch(invitation.name):
        raise MessageError(f"{invitation.name[:60]!a} is no name for an attached calendar file")
    where = ("Content-Disposition", f'attachment; filename="{invitation.name}"')
    return _encoded(f'application/ics; name="{invitation.name}"', invitation.ics, where)


def _encoded(content: str, meant: bytes, *more: tuple[str, str]) -> Part:
    """Bytes that no mail software may bend: in base64."""
    lines = encodebytes(meant).replace(b"\n", b"\r\n")
    return Part((*_headed(content, "base64"), *more), lines, meant)


def _headed(content: str, encoding: str) -> tuple[tuple[str, str], ...]:
    return (("Content-Type", content), ("Content-Transfer-Encoding", encoding))


def _several(kind: str, message_id: str, inner: Sequence[Part]) -> Part:
    # `=_` stands in no text that is encoded, and nobody can know the rest beforehand.
    boundary = f"=_{kind[0]}{sha256(message_id.encode()).hexdigest()[:32]}"
    begin, end = f"--{boundary}\r\n".encode(), f"--{boundary}--\r\n".encode()
    told = (begin + _head(part) + b"\r\n" + part.travelling + b"\r\n" for part in inner)
    headers = (("Content-Type", f'multipart/{kind}; boundary="{boundary}"'),)
    return Part(headers, b"".join((*told, end)), inner=tuple(inner))


def _head(part: Part) -> bytes:
    return "".join(f"{name}: {value}\r\n" for name, value in part.headers).encode("ascii")
