"""The clock: the one place that reads the time, and the clocks that are moved by hand."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from engine.errors import ProjectError
from engine.time.moments import YEARS

Clock = Callable[[], datetime]


class RehearsalError(ProjectError):
    """The clock of a rehearsal cannot be set so, or there is none to set."""


def refuse_outside(moment: datetime) -> None:
    """RehearsalError for the clock of a rehearsal outside the years in which cases lie."""
    if moment.year not in YEARS:
        raise RehearsalError(
            f"the clock of a rehearsal shows the years {YEARS[0]} to {YEARS[-1]}, "
            f"not {moment:%Y-%m-%d}: correct the year"
        )


def system_clock() -> datetime:
    return datetime.now(UTC)


class ServerClock:
    """The clock of a server, for all that work on it: read now and then, counted on in between.

    Counted on by what nobody sets, so the clock of this machine may say what it likes. It is never
    ahead of the server, but behind by the time that an answer took.
    """

    def __init__(
        self, read: Callable[[], datetime], elapsed: Callable[[], float] = time.monotonic
    ) -> None:
        self._read = read
        self._elapsed = elapsed
        self._known = self._asked()

    def __call__(self) -> datetime:
        moment, at = self._known
        return moment + timedelta(seconds=self._elapsed() - at)

    def renew(self) -> None:
        """Read it anew; not inside a transaction, which has a connection already."""
        self._known = self._asked()

    def _asked(self) -> tuple[datetime, float]:
        return self._read(), self._elapsed()


class VirtualClock:
    """A clock that stands still until it is moved; never backwards."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def __call__(self) -> datetime:
        return self._moment

    def move_to(self, moment: datetime) -> None:
        self._moment = max(self._moment, moment)
