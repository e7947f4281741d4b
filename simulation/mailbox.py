"""Where the letters of a simulation go: nowhere, or into a folder; some addresses die."""

from collections.abc import Callable, Mapping
from datetime import datetime

from notifications.mailer import Delivered, Mailer, Outcome, Outgoing, Rejected
from runtime.clock import Clock


class Mailbox:
    """A mailer that takes over everything, but for addresses that are dead from a moment on."""

    def __init__(
        self, clock: Clock, dead: Mapping[str, datetime], beside: Mailer | None = None
    ) -> None:
        self._clock = clock
        self._dead = dead
        self._beside = beside
        self.rejected = 0

    def open(self) -> None:
        if self._beside is not None:
            self._beside.open()

    def send(self, message: Outgoing, before_data: Callable[[], None]) -> Outcome:
        if (rejected := self.rejection(message.recipient)) is not None:
            return rejected
        if self._beside is not None:
            return self._beside.send(message, before_data)
        before_data()
        return Delivered("250 2.0.0 taken over")

    def rejection(self, recipient: str) -> Rejected | None:
        """What an address that is dead by now answers."""
        dead_since = self._dead.get(recipient)
        if dead_since is None or dead_since > self._clock():
            return None
        self.rejected += 1
        return Rejected("550 5.1.1 the mailbox does not exist")

    def close(self) -> None:
        if self._beside is not None:
            self._beside.close()
