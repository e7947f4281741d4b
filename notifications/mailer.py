"""What every way out of the house has in common: one message in, one of four outcomes out."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from engine.errors import ProjectError
from notifications.addresses import checked_address

_BARE = re.compile(rb"\r(?!\n)|(?<!\r)\n")
LONGEST_REPLY = 500  # characters kept of what a server said
NO_WAY_OUT = "no letter can leave"  # whoever it is to: no connection, or nobody lets us in


class MailerError(ProjectError):
    """Mail cannot leave at all as it is set up; a setting must be changed."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to one person: the frozen bytes, and the two addresses of the envelope.

    `sender` is where failures are reported to; empty for a notice of failure, which must not
    cause another. Raises AddressError or MailerError for what a server could read otherwise.
    """

    message_id: str
    sender: str
    recipient: str
    frozen: bytes

    def __post_init__(self) -> None:
        for address in (self.recipient, self.sender or self.recipient):
            if checked_address(address) != address:
                raise MailerError(f"the address {address!a} is not in the form SMTP takes")
        if _BARE.search(self.frozen) or not self.frozen.endswith(b"\r\n"):
            raise MailerError(f"the message {self.message_id!a} has a line that CRLF does not end")


@dataclass(frozen=True, slots=True)
class Delivered:
    """The server took the message over: it answered the final dot with 2xx."""

    reply: str


@dataclass(frozen=True, slots=True)
class TryLater:
    """Not now, and surely not taken over: 4xx, no connection, or a no that is not of the address.

    ``trouble`` says what holds up more than this one letter, in the same words for each of them:
    NO_WAY_OUT, or how letters are refused. Empty when it may pass by itself (P18).
    """

    reply: str
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Rejected:
    """Never: the server knows no such address. Retrying is useless (P18)."""

    reply: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Perhaps taken over: the text was on its way and no answer came (an ambiguous attempt)."""

    reply: str


Outcome = Delivered | TryLater | Rejected | Unknown


class Mailer(Protocol):
    """A way out. Not safe for several threads: each worker has its own."""

    def open(self) -> None:
        """Make ready, or raise MailerError when the settings can never work."""

    def send(self, message: Outgoing, before_data: Callable[[], None]) -> Outcome:
        """Send one message and say how it ended.

        `before_data` runs when everything is agreed and nothing of the text has left; there the
        attempt is recorded and the lease checked. What it raises goes through, unsent (P3 c, P9).
        """

    def close(self) -> None:
        """Say goodbye and let go; a second time is harmless."""


def spoken(text: object) -> str:
    """One line of what a server or an error said, without control characters, cut to size."""
    line = " ".join(str(text).split())
    safe = "".join(mark if mark.isprintable() else "?" for mark in line)
    return safe[:LONGEST_REPLY]
