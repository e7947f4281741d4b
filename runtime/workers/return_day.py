"""The day on which people are written to again after downtime: each gets one mail that day."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from engine.time.zones import local_day
from notifications.slots import NOW
from runtime.families import Families
from runtime.reader_hours import hours_of
from runtime.workers.letters_ready import Ready
from storage.database import meta

_DAY = timedelta(days=1)


def goes_with(families: Families, letters: Sequence[Ready]) -> datetime | None:
    """Until when what can wait goes in one with letters that go to somebody now: to the end of the
    day, where it is their first day at work since the engine is back. None on any other day.

    A receipt, an invitation, and what goes at every hour, take nothing along.
    """
    asking = [each for each in letters if each.stage.urgency != NOW and not each.going.goes_alone]
    outage, _ = meta.beats(families.session) if asking else (None, None)
    if outage is None:
        return None
    session, in_force = families.session, families.runtime.programme.letters
    for each in asking:
        hours = hours_of(session, in_force, each.view, each.letter, each.person.id)
        if hours is None:
            continue
        today = local_day(families.now, hours.zone)
        if local_day(hours.open_at(outage.ended_at), hours.zone) == today:
            return hours.midnight(today + _DAY)
    return None
