"""Where what comes back is read: a Maildir, an mbox, or a mailbox on a server (IMAP)."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from notifications.inbound.tokens import PLACE, reply_address
from notifications.mailboxes.account import ImapSettings
from runtime.settings.account import Account
from runtime.settings.values import Port, Seconds, Text, one_address

_EXAMPLE = "0" * 32


class InboxKind(StrEnum):
    """What kind of mailbox is read, if any."""

    NONE = "none"
    MAILDIR = "maildir"
    MBOX = "mbox"
    IMAP = "imap"


def _pattern(text: str) -> str:
    if text and text.count(PLACE) != 1:
        raise ValueError(f"it should hold {PLACE} once, like pairing+{PLACE}@example.org")
    if text:
        one_address(reply_address(text, _EXAMPLE))
    return text


class InboxSettings(Account):
    """The mailbox that replies and reports of failure arrive in."""

    kind: Annotated[InboxKind, Field(strict=False)] = InboxKind.NONE
    path: Text = ""
    address: Annotated[str, Field(max_length=200), AfterValidator(_pattern)] = ""
    port: Port = 993
    tls: Literal["starttls", "tls", "none"] = "tls"
    folder: Annotated[str, Field(min_length=1, max_length=200)] = "INBOX"
    seconds: Seconds = 60.0
    beat_seconds: Annotated[int, Field(ge=1, le=3600)] = 60
    batch: Annotated[int, Field(ge=1, le=10_000)] = 100

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        for key, wrong in _contradictions(self):
            raise PydanticCustomError("contradiction", "{wrong}", {"key": key, "wrong": wrong})
        return self

    def imap(self) -> ImapSettings:
        """What the reader of IMAP asks for."""
        return ImapSettings(
            host=self.host,
            port=self.port,
            security=self.tls,
            username=self.user,
            password=self.password.get_secret_value(),
            ca_file=self.trusted,
            folder=self.folder,
            timeout=self.seconds,
        )


def _contradictions(inbox: InboxSettings) -> Iterator[tuple[str, str]]:
    if inbox.kind is InboxKind.NONE:
        return
    if not inbox.address:
        yield "address", f"it is empty: write where replies go, like pairing+{PLACE}@example.org"
    if inbox.kind is InboxKind.IMAP:
        yield from _unreachable(inbox)
    elif not inbox.path:
        yield "path", "it is empty: name the mailbox"


def _unreachable(inbox: InboxSettings) -> Iterator[tuple[str, str]]:
    yield from inbox.twice()
    if not inbox.host:
        yield "host", "it is empty: name the server"
    if not inbox.user or not inbox.is_given_password:
        yield "user", "a mailbox needs a user and a password: set user and password_file"
    yield from inbox.in_the_clear("mail", is_secret=False)
