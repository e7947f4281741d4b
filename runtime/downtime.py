"""The last time the engine was down, as its beats tell."""

from datetime import UTC, datetime, timedelta

from engine.decide.fire import Downtime
from storage.database import meta
from storage.database.meta import Outage
from storage.database.session import Session

NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def downtime_at(session: Session, now: datetime, patience: timedelta) -> Downtime | None:
    """The downtime that ends now, else the one before it; None when there never was one.

    One that is cut short and begins again within ``patience`` goes on.
    """
    outage = outage_at(session, now, patience)
    return None if outage is None else Downtime(outage.began_at, outage.ended_at, patience)


def outage_at(session: Session, now: datetime, patience: timedelta) -> Outage | None:
    known, last_beat = meta.beats(session)
    if last_beat is None:  # it never ran: nobody has had a letter of it yet
        return known or Outage(NEVER, now)
    if now - last_beat <= patience:
        return known
    goes_on = known is not None and last_beat - known.ended_at <= patience
    return Outage(known.began_at if known is not None and goes_on else last_beat, now)
