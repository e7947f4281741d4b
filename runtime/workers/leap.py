"""A wall clock that leaps a day ahead inside a running process holds timers for a while (P13)."""

import logging
import time
from collections.abc import Callable

from runtime.clock import Clock

log = logging.getLogger(__name__)

_JUMP = 86_400.0  # seconds of wall clock ahead of the monotonic one
_HOLD = 600.0


class Leap:
    """Compares the wall clock with one that nobody sets, each time it is asked."""

    def __init__(self, clock: Clock, elapsed: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._elapsed = elapsed
        self._held_until = elapsed()
        self._wall_ahead = self._ahead()

    def holds(self) -> bool:
        """Say whether timers wait now, because the clock leapt a moment ago."""
        ahead = self._ahead()
        if ahead - self._wall_ahead > _JUMP:
            self._held_until = self._elapsed() + _HOLD
            log.error("the clock leapt ahead, timers are held for ten minutes")
        self._wall_ahead = ahead
        return self._elapsed() < self._held_until

    def _ahead(self) -> float:
        return self._clock().timestamp() - self._elapsed()
