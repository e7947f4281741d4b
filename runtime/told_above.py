"""The day on which somebody above is told of what is open: that on which their letter goes."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from engine.dates.view import View
from engine.letters.catalogue import Catalogue, LetterError
from engine.letters.ladders import find, speaks_at
from engine.letters.rounds import NEVER_WENT
from engine.model.definition import Rung
from engine.model.dossier import Person
from engine.time.spans import Span, shift
from engine.time.zones import instant, local_day
from notifications.slots import AT_ONCE
from runtime.reader_hours import desk_in
from runtime.wiring import Runtime

_LEAST = Span(working_days=1)


def told_above(runtime: Runtime, view: View, ladder: str) -> date | None:
    """When a ladder tells somebody above, if it is left to go on: the day on their own clocks.

    A letter that can wait goes days after its rung, at their slot. None: nobody is told by this
    ladder any more.
    """
    days = (_read_on(runtime, view, rung, due_at) for rung, due_at in _above(view, ladder))
    return min(days, default=None)


def was_told_above(view: View, ladder: str) -> bool:
    """Whether somebody above has a letter of a ladder, or gets one with what is written now."""
    ladders = view.workflow.state(view.dossier.state).ladders
    letters = {
        rung.letter
        for each in ladders
        if each.name == ladder
        for rung in each.rungs
        if rung.above and rung.letter is not None
    }
    asked = (each for each in view.dossier.asked if each.ladder == ladder)
    return any(each.letter in letters and each.outcome not in NEVER_WENT for each in asked)


def _above(view: View, ladder: str) -> Iterator[tuple[Rung, datetime]]:
    """The rungs to come of a ladder that tell somebody above, with their moments.

    Each letter before them asks until the next working day at the least: nobody hears more sooner.
    """
    coming = (each for each in view.dossier.timers if each.ladder == ladder)
    speaks = datetime.min.replace(tzinfo=UTC)
    for timer in sorted(coming, key=lambda each: each.due_at):
        found = find(view.workflow, view.dossier.state, timer)
        if found is None or timer.settled_at is not None:
            continue
        whole, rung = found
        due_at, party = max(timer.due_at, speaks), view.dossier.party_of(whole.calendar)
        if rung.above:
            yield rung, due_at
        elif rung.letter is not None:
            asked = shift(local_day(due_at, party.zone), _LEAST, party.workdays)
            speaks = speaks_at(view, whole, asked + timedelta(days=1))


def _read_on(runtime: Runtime, view: View, rung: Rung, due_at: datetime) -> date:
    in_force = runtime.programme.letters
    role, person = _reader(view, rung)
    desk = desk_in(view, role, person)
    if role not in in_force.attention:
        return local_day(due_at, desk.zone)
    texts = runtime.texts(view.dossier.digest).catalogue
    latest = None
    if rung.every is not None:
        again = shift(local_day(due_at, desk.zone), rung.every, desk.workdays)
        latest = instant(again, view.workflow.sends_at, desk.zone)
    goes_at = desk.hours(in_force, role).goes_at(_urgency(texts, rung), due_at, latest)
    return local_day(goes_at, desk.zone)


def _reader(view: View, rung: Rung) -> tuple[str, Person | None]:
    """Whoever a rung tells, of those who can be reached; of a flag whoever stands above."""
    office = view.workflow.office
    above = [name for name, role in office.items() if role.above]
    roles = [to for each in rung.to if (to := each.partition(".")[0]) in above] or above
    people = (
        (role, each) for role in roles for each in view.dossier.people_as(role) if each.reachable
    )
    return next(people, (next(iter(roles), view.workflow.runs), None))


def _urgency(texts: Catalogue, rung: Rung) -> str:
    """How soon its letter goes; a flag is told of at once."""
    try:
        return texts.stage(rung.letter).urgency if rung.letter else AT_ONCE
    except LetterError:
        return AT_ONCE  # of another version than the texts: whoever writes it will say so
