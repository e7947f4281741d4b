"""What every mailbox that is read can do."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from notifications.inbound.opening import LARGEST

MOST = LARGEST + 1  # bytes that are read of one message: enough to see that it is too large


@dataclass(frozen=True, slots=True)
class Lying:
    """One message that lies in a mailbox, by the name it has there."""

    name: str
    raw: bytes


class Mailbox(Protocol):
    """Messages that nobody took in yet; each is marked only after it was (at least once)."""

    def lying(self, limit: int) -> Iterator[Lying]:
        """Hand out messages, the oldest first, so many at most. Raises MailboxError."""
        ...

    def taken(self, name: str) -> None:
        """Mark one as taken in: it is not handed out again. Raises MailboxError."""
        ...

    def close(self) -> None:
        """Leave the mailbox as it is by now."""
        ...
