"""The last time the engine was down, as its beats tell."""

from datetime import UTC, datetime, timedelta

from engine.decide.fire import Downtime
from runtime.wiring import Runtime
from storage.database import meta
from storage.database.meta import Outage
from storage.database.session import Session

NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def downtime_at(session: Session, runtime: Runtime, now: datetime) -> Downtime | None:
    """The downtime that ends now, else the one before it; None when there never was one.

    One that is cut short and begins again within ``catch_up_after`` goes on.
    """
    outage = outage_at(session, now, runtime.catch_up_after)
    return None if outage is None else as_downtime(runtime, outage)


def as_downtime(runtime: Runtime, outage: Outage) -> Downtime:
    """What a downtime means for timers: also when the first working hours in force end."""
    hours = runtime.programme.letters.attention.values()
    closes = min((each.closes for each in hours), default=None)
    return Downtime(outage.began_at, outage.ended_at, runtime.catch_up_after, closes)


def outage_at(session: Session, now: datetime, patience: timedelta) -> Outage | None:
    known, last_beat = meta.beats(session)
    if last_beat is None:  # it never ran: nobody has had a letter of it yet
        return known or Outage(NEVER, now)
    if now - last_beat <= patience:
        return known
    goes_on = known is not None and last_beat - known.ended_at <= patience
    return Outage(known.began_at if known is not None and goes_on else last_beat, now)
