"""The beats: the only file that imports apscheduler, as a metronome and nothing more."""

import logging
import signal
import threading
import time
from collections.abc import Callable
from datetime import UTC
from types import FrameType

from apscheduler.schedulers.background import BackgroundScheduler

from runtime.clock import system_clock
from runtime.wiring import Runtime
from runtime.workers.compose import compose_owed
from runtime.workers.deliver import deliver
from runtime.workers.sweep import ClockBehindError, sweep

log = logging.getLogger(__name__)

_JUMP = 86_400.0  # seconds of wall clock ahead of the monotonic one that hold escalation (P13)
_HOLD = 600.0


class Metronome:
    """Wakes the sweep and the delivery at every beat until it is told to stop."""

    def __init__(self, runtime: Runtime, elapsed: Callable[[], float] = time.monotonic) -> None:
        self._runtime = runtime
        self._elapsed = elapsed  # seconds by a clock that nobody sets
        self._stop = threading.Event()
        self._swept = threading.Event()
        self._held_until = self._elapsed()
        self._wall_ahead = self._ahead()
        self._mailer = runtime.mailer()

    def run(self) -> None:
        """Beat until a signal comes; what is under way is finished, nothing new begins."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._asked_to_stop)
        self._mailer.open()
        scheduler = BackgroundScheduler(timezone=UTC)
        seconds = self._runtime.settings.engine.beat_seconds
        for name, beat in (("sweep", self.sweep), ("delivery", self.delivery)):
            scheduler.add_job(
                _steady(name, beat),
                "interval",
                seconds=seconds,
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
                next_run_time=system_clock(),  # at once: a rehearsal's clock stands elsewhere
            )
        scheduler.start()
        self._stop.wait()
        scheduler.shutdown(wait=True)
        self._mailer.close()

    def sweep(self) -> None:
        try:
            if not self._is_held():
                sweep(self._runtime, stop=self._stop.is_set)
        finally:
            self._swept.set()

    def delivery(self) -> None:
        # After a downtime the timers speak first: what they supersede is not to be written (P5).
        if self._swept.is_set():
            compose_owed(self._runtime, stop=self._stop.is_set)
            deliver(self._runtime, self._mailer, stop=self._stop.is_set)

    def _ahead(self) -> float:
        return self._runtime.clock().timestamp() - self._elapsed()

    def _is_held(self) -> bool:
        """A wall clock that leaps a day ahead inside a running process holds timers for a while."""
        ahead = self._ahead()
        if ahead - self._wall_ahead > _JUMP:
            self._held_until = self._elapsed() + _HOLD
            log.error("the clock leapt ahead, timers are held for ten minutes")
        self._wall_ahead = ahead
        return self._elapsed() < self._held_until

    def _asked_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stop.set()


def _steady(name: str, beat: Callable[[], None]) -> Callable[[], None]:
    def steadily() -> None:
        try:
            beat()
        except ClockBehindError as error:
            log.error("timers held: %s", error)  # noqa: TRY400 - no traceback: it is expected
        except Exception:  # the edge of a beat: record it, the next one tries again
            log.exception("beat failed", extra={"beat": name})

    return steadily
