"""A message from outside, opened within limits: how large, how deep, in how many parts (B15)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses
from hashlib import sha256

LARGEST = 10_000_000  # bytes of a message that are taken out of a mailbox
MOST_READ = 1_000_000  # bytes of it that are read: what is for us stands before what is attached
_MOST_HEAD = 64_000  # bytes of the head of one that is not looked into
_MOST_LINES = 60_000
_MOST_NESTS = 40  # parts that hold parts, wherever they stand
_MOST_PARTS = 200
_MOST_TEXT = 200_000  # characters
_LONGEST_HEADER = 2_000  # characters
_MOST_ADDRESSES = 50
# The library takes a minute over one with as many parameters as fit.
_LONG = re.compile(
    rb"^content-(?:type|disposition):(?:[^\n]|\n[ \t]){4000}", re.IGNORECASE | re.MULTILINE
)
_NESTS = re.compile(rb"(?:multipart|message)/", re.IGNORECASE)
# Plain tables of characters alone: the library has codecs that take minutes, or unpack.
_CHARSETS = re.compile(
    r"utf-?(?:8|16(?:[bl]e)?|32(?:[bl]e)?)|iso-?8859-(?:[1-9]|1[0134569])|latin-?(?:[1-9]|10)|"
    r"windows-125[0-8]|cp(?:125[0-8]|437|85[0258]|866|932|936|949|950)|koi8-[rtu]|macintosh|mac-?roman|"
    r"gb2312|gbk|gb18030|big5(?:-?hkscs)?|euc-(?:jp|kr|cn)|ks_c_5601-1987|shift_?-?jis|"
    r"iso-2022-(?:jp|kr)|tis-620"
)
# What calls itself so bears more characters than its standard, as browsers read it too.
_BROKEN = "\ufffd"  # where bytes are no character
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "euc-kr": "cp949", "ks_c_5601-1987": "cp949"}
TO = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")  # where a message was sent
_ADDRESS = re.compile(r"[^@\s<>]{1,64}@[^@\s<>]{1,255}")
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
# What servers write on the way differs between two copies of one message.
_OF_ITS_OWN = ("Message-ID", "Date", "From", "To", "Subject")


class UnreadableError(ValueError):
    """A message is beyond the limits, and is not looked into; caught inside this package."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A message with its parts in a row; `whole` says that nothing of it was left unread."""

    head: Message
    parts: tuple[Message, ...]
    whole: bool


def opened(raw: bytes) -> Opened:
    """Open a message, or raise UnreadableError with the limit it is beyond."""
    read = raw[:MOST_READ]
    if read.count(b"\n") > _MOST_LINES:
        raise UnreadableError(f"more than {_MOST_LINES} lines")
    if len(_NESTS.findall(read)) > _MOST_NESTS:
        raise UnreadableError(f"more than {_MOST_NESTS} parts inside parts")
    if _LONG.search(read):
        raise UnreadableError("a header without end")
    head = message_from_bytes(read)
    parts: list[Message] = []
    for part in _walk(head):
        if len(parts) == _MOST_PARTS:
            raise UnreadableError(f"more than {_MOST_PARTS} parts")
        parts.append(part)
    return Opened(head, tuple(parts), len(read) == len(raw))


def head_of(raw: bytes) -> Message:
    """Read the head alone: enough to say who wrote, whatever follows."""
    top = re.split(rb"\r?\n\r?\n", raw[:_MOST_HEAD], maxsplit=1)[0]
    return message_from_bytes(top + b"\r\n\r\n")


def key_of(raw: bytes) -> str:
    """Return the same for every copy of one message, whatever was written on it on the way."""
    head, body = head_of(raw), re.split(rb"\r?\n\r?\n", raw, maxsplit=1)
    own = "\n".join(f"{name}: {header(head, name)}" for name in _OF_ITS_OWN)
    text = b"\n".join(body[1:]).replace(b"\r\n", b"\n").rstrip()
    return sha256(own.encode("utf-8", "replace") + b"\n\n" + text).hexdigest()


def header(message: Message, name: str) -> str:
    """The first header of a name as one line of text, decoded; empty where it is missing."""
    return one_line(str(message.get(name, ""))[:_LONGEST_HEADER])


def one_line(given: str) -> str:
    """What stands in a head, decoded, as one line of text."""
    try:
        text = str(make_header(decode_header(given)))
    except (HeaderParseError, LookupError, ValueError):
        text = given
    return " ".join(visible(text).split())


def addresses(message: Message, *names: str) -> tuple[str, ...]:
    """The plain addresses in all headers of these names, in lower case."""
    values = [str(value)[:_LONGEST_HEADER] for name in names for value in message.get_all(name, [])]
    try:
        found = getaddresses(values[:_MOST_ADDRESSES])[:_MOST_ADDRESSES]
    except RecursionError:  # brackets within brackets
        return ()
    plain = (visible(address).lower() for _, address in found)
    return tuple(each for each in plain if _ADDRESS.fullmatch(each) and each.isprintable())


def text_of(part: Message) -> str:
    """The words of one part that is text, each line as it was written."""
    text = _decoded(content_of(part), str(part.get_content_charset("utf-8")).lower())[:_MOST_TEXT]
    return visible(text.replace("\r\n", "\n").replace("\r", "\n"))


def _decoded(content: bytes, charset: str) -> str:
    known = _WIDER.get(charset, charset) if _CHARSETS.fullmatch(charset) else "utf-8"
    text = content.decode(known, "replace")
    # Western software that names none, or a wrong one, mostly means this one.
    is_wrong = text.count(_BROKEN) > sum(not each.isascii() for each in text) / 2
    return content.decode("cp1252", "replace") if is_wrong else text


def content_of(part: Message) -> bytes:
    """The bytes of one part as they were before they were encoded to travel."""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def visible(text: str) -> str:
    """A text without controls, half characters, and marks that turn the direction of others."""
    return _UNSEEN.sub("", text).encode("utf-8", "replace").decode("utf-8")


def _walk(message: Message) -> Iterator[Message]:
    """Every part of the message itself; what stands inside an enclosed one is not of it."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        yield part
        inside = part.get_payload()
        if isinstance(inside, list) and part.get_content_maintype() != "message":
            waiting.extend(each for each in reversed(inside) if isinstance(each, Message))
