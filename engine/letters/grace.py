"""The grace of an escalation after downtime: whoever is below it is asked for three days first."""

from datetime import datetime, time, timedelta

from engine.dates.view import View
from engine.letters.ladders import GRACE, speaks_at
from engine.letters.pace import soonest
from engine.model.definition import Ladder
from engine.time.spans import shift
from engine.time.zones import local_time

_DAY = timedelta(days=1)


def graced(view: View, ladder: Ladder, now: datetime, closes: time | None = None) -> datetime:
    """When an escalation may speak after downtime that ends now: after three working days (P5).

    ``closes`` is when the working hours of those below end, on their own clocks: a return in the
    evening or on a day off is no day of the three, since their letters come on the next working
    day. None where letters come at every hour: then the day of the return is one of them.
    """
    party = view.dossier.party_of(ladder.calendar)
    local = local_time(now, party.zone)
    day = local.date()
    if closes is not None:
        evening = local.time() >= closes
        day = party.workdays.on_or_after(day + _DAY if evening else day)
    speaks_on = shift(day, GRACE, party.workdays)
    if any(rung.letter and not rung.above for rung in ladder.rungs):
        # The letter of today names a day, and until that is over nobody else hears of it.
        speaks_on = max(speaks_on, soonest(view, ladder) + _DAY)
    return speaks_at(view, ladder, speaks_on)
