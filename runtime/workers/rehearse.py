"""A rehearsal's own clock: it stands still until it is advanced, and what falls due happens."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from engine.decide.acts import Verb
from engine.model.outcomes import By
from notifications.mailer import Mailer
from runtime import overview_times
from runtime.clock import RehearsalError, refuse_outside
from runtime.permission import leave_of_office
from runtime.wiring import Runtime
from runtime.workers.compose import compose_owed
from runtime.workers.deliver import deliver
from runtime.workers.mailers import mailer_of
from runtime.workers.sweep import sweep
from storage.cases import timers
from storage.database import meta
from storage.database.transactions import reading, transaction
from storage.mail import intents, sending


@dataclass(frozen=True, slots=True)
class Moment:
    """One stop on the way: when, and how many families of cases and letters it moved."""

    at: datetime
    families: int
    letters: int


def advance_clock(runtime: Runtime, until: datetime, by: By) -> Iterator[Moment]:
    """Move the clock to ``until``, stopping at everything that falls due on the way, in order."""
    if not runtime.rehearsal:
        raise RehearsalError(
            "only a rehearsal has a clock to move; make one with: pairing db create --rehearsal"
        )
    if until < runtime.clock():
        raise RehearsalError(
            f"the clock stands at {runtime.clock():%Y-%m-%d %H:%M}, it never goes back"
        )
    refuse_outside(until)
    with reading(runtime.database) as session:
        leave_of_office(session, runtime, by, Verb.CLOCK)
    mailer = mailer_of(runtime)
    mailer.open()
    try:
        # What is owed already goes out on its own day, not on the day of the first stop.
        begun = _stop(runtime, mailer, runtime.clock())
        if begun.families or begun.letters:
            yield begun
        while (moment := _next(runtime)) is not None and moment <= until:
            _set(runtime, moment)
            yield _stop(runtime, mailer, moment)
        _set(runtime, until)
    finally:
        mailer.close()


def _stop(runtime: Runtime, mailer: Mailer, moment: datetime) -> Moment:
    """Let happen what is due, and send what is owed by now."""
    families = sweep(runtime).families
    letters = compose_owed(runtime).composed
    deliver(runtime, mailer)
    return Moment(moment, families, letters)


def _next(runtime: Runtime) -> datetime | None:
    """The next moment at which anything is due; now, when something is due already."""
    now = runtime.clock()
    with reading(runtime.database) as session:
        moments = (
            timers.next_due(session),
            intents.next_going(session),
            sending.next_due(session),
            *(each.goes_at for each in overview_times.coming(session, runtime, now)),
        )
    coming = [max(moment, now) for moment in moments if moment is not None]
    return min(coming, default=None)


def _set(runtime: Runtime, moment: datetime) -> None:
    # The clock goes from stop to stop and nothing is down between them: that would be a downtime.
    with transaction(runtime.database) as session:
        meta.set_clock(session, moment)
        meta.set_beat(session, moment)
