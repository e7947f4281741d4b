"""Timers of what the day alone may change: a milestone that goes by, a day that has come."""

from collections.abc import Iterator
from datetime import date, timedelta

from engine.checks.days import turns_on
from engine.checks.meetings import TimesNamed
from engine.dates.view import View
from engine.letters.absences import is_anybody_away
from engine.letters.ladders import begins_at, is_running
from engine.model.check import Check
from engine.model.dossier import Timer
from engine.model.sides import home
from engine.time.zones import instant, local_day

_ABSENCE = "@absence"
_DAY = timedelta(days=1)
WATCH = "@watch"  # no ladder: names of ladders are plain words


def watching(view: View) -> dict[str, Timer]:
    """The timers at which watches look again, and ladders that begin by the day alone, by key;
    one that seeks a day begins anew once a day goes by that nobody may meet on.

    The occurrence is the number of the day, so each day has a timer of its own.
    """
    timers = [_timer(view, name, day) for name, day in _days(view)]
    return {timer.key: timer for timer in (*timers, *_comings_and_goings(view))}


def _comings_and_goings(view: View) -> Iterator[Timer]:
    """The days still ahead on which somebody leaves or is back, as it is where they are."""
    if not is_anybody_away(view.dossier):
        return
    people = view.dossier.everybody()
    deputies = (each.substitute for person in people for each in person.absences)
    for person in (*people, *(each for each in deputies if each is not None)):
        zone = home(view.dossier, person).zone
        for absence in person.absences:
            for day in (absence.first_on, absence.last_on + _DAY):
                due_at = max(instant(day, view.workflow.sends_at, zone), begins_at(view.dossier))
                if day >= local_day(view.now, zone):
                    yield Timer(WATCH, _ABSENCE, day.toordinal(), due_at)


def _days(view: View) -> Iterator[tuple[str, date]]:
    asked: list[tuple[str, Check]] = [
        (each.requirement.name, each.requirement.check)
        for each in view.workflow.watches
        if each.always and each.requirement.name not in view.dossier.waivers
    ]
    asked += [
        (ladder.name, ladder.unmet)
        for ladder in view.workflow.state(view.dossier.state).ladders
        if ladder.unmet is not None
        and (isinstance(ladder.unmet, TimesNamed) or not is_running(ladder, view))
    ]
    for name, check in asked:
        day = turns_on(check, view)
        if day is not None:
            yield name, day


def _timer(view: View, name: str, day: date) -> Timer:
    due_at = instant(day, view.workflow.sends_at, view.dossier.office.zone)
    return Timer(WATCH, name, day.toordinal(), max(due_at, begins_at(view.dossier)))
