"""The beats: all that goes on by itself, in one list, and the metronome that keeps time.

The only file that imports apscheduler, as a metronome and nothing more: what is due is written in
the database, so a beat that was missed is caught up by the next one, and none needs to be stored.
"""

import logging
import signal
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta
from types import FrameType

from apscheduler.schedulers.background import BackgroundScheduler

from notifications.mailer import Mailer
from runtime.clock import ServerClock, system_clock
from runtime.settings.settings import Settings
from runtime.wiring import Runtime
from runtime.workers.compose import compose_owed
from runtime.workers.dead_links import forget_links
from runtime.workers.deliver import deliver
from runtime.workers.leap import Leap
from runtime.workers.mailers import mailer_of
from runtime.workers.sweep import ClockBehindError, sweep
from runtime.workers.take_in import look_into
from storage.database.transactions import refuse_other_tables
from storage.errors import SchemaError

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Workplace:
    """What the beats of a process work with; `stop` says that nothing new may begin."""

    runtime: Runtime
    mailer: Mailer
    leap: Leap
    stop: Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Beat:
    """Periodic work: its name, what it does, how often, and which beat has to end once before."""

    name: str
    work: Callable[[Workplace], object]
    period: Callable[[Settings], timedelta]
    after: str = ""


def _often(settings: Settings) -> timedelta:
    return timedelta(seconds=settings.engine.beat_seconds)


def _looks(settings: Settings) -> timedelta:
    return timedelta(seconds=settings.inbox.beat_seconds)


def _sweep(at: Workplace) -> None:
    if not at.leap.holds():
        sweep(at.runtime, stop=at.stop)


# After a downtime the timers speak first: what they supersede is not to be written (P5).
BEATS = (
    Beat("sweep", _sweep, _often),
    Beat("compose", lambda at: compose_owed(at.runtime, stop=at.stop), _often, after="sweep"),
    Beat("deliver", lambda at: deliver(at.runtime, at.mailer, stop=at.stop), _often, after="sweep"),
    Beat("take_in", lambda at: look_into(at.runtime, stop=at.stop), _looks),
    Beat("forget_links", lambda at: forget_links(at.runtime), _often),
)


class Metronome:
    """Wakes each beat at its period until it is told to stop; each goes on if another fails."""

    def __init__(self, runtime: Runtime, beats: Sequence[Beat] = BEATS) -> None:
        self._settings = runtime.settings
        self._clock = runtime.clock
        self.beats = beats
        self._stop = threading.Event()
        self._refusal: SchemaError | None = None
        self._ended = {beat.name: threading.Event() for beat in beats}
        self._at = Workplace(
            runtime, mailer_of(runtime), Leap(runtime.clock), stop=self._stop.is_set
        )

    def run(self) -> None:
        """Beat until a signal comes; what is under way is finished, nothing new begins.

        SchemaError: the database was given the tables of another version meanwhile.

        A second signal ends the process at once: a letter that is under way then counts as one
        that may have arrived (P3).
        """
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._asked_to_stop)
        self.beat_until_stopped()

    def beat_until_stopped(self) -> None:
        self._at.mailer.open()
        scheduler = self._scheduler()
        scheduler.start()
        self._stop.wait()
        scheduler.shutdown(wait=True)
        self._at.mailer.close()
        if self._refusal is not None:
            raise self._refusal

    def stop(self) -> None:
        """Begin nothing new; `run` returns when what is under way has ended."""
        self._stop.set()

    def beat(self, beat: Beat) -> None:
        """Do the work of one beat; whatever happens in it, the next one tries again."""
        if beat.after and not self._ended[beat.after].is_set():
            return
        try:
            if isinstance(self._clock, ServerClock):
                self._clock.renew()
            refuse_other_tables(self._at.runtime.database)
            beat.work(self._at)
        except SchemaError as error:
            self._refusal = error  # `run` says so, once
            self.stop()
        except ClockBehindError as error:
            log.error("timers held: %s", error)  # noqa: TRY400 - no traceback: it is expected
        except Exception:  # the edge of a beat
            log.exception("beat failed", extra={"beat": beat.name})
        finally:
            self._ended[beat.name].set()

    def _scheduler(self) -> BackgroundScheduler:
        scheduler = BackgroundScheduler(timezone=UTC)
        for beat in self.beats:
            scheduler.add_job(
                self.beat,
                "interval",
                args=(beat,),
                seconds=beat.period(self._settings).total_seconds(),
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,  # however late a beat is, it is not dropped
                next_run_time=system_clock(),  # at once: a rehearsal's clock stands elsewhere
            )
        return scheduler

    def _asked_to_stop(self, number: int, _frame: FrameType | None) -> None:
        if self._stop.is_set():
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)
        self.stop()
