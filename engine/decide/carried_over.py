"""The timers of a case that goes on by another version of its definition."""

from collections.abc import Mapping
from dataclasses import replace

from engine.decide.arming import not_past, timer_changes
from engine.decide.draft import Draft
from engine.letters.day_watch import WATCH
from engine.letters.ladders import find, height, took_effect
from engine.model.dossier import Timer
from engine.model.outcomes import Refreshed

_NO_RUNG = "cancelled: the rung is no longer in the programme"
_LATER = "superseded: later step due"


def carried_over(draft: Draft) -> tuple[Timer, ...]:
    """Every timer of the stay as it stands on with this version.

    What was asked was asked. An armed timer keeps its day unless the rule of its rung is another,
    or the date that it hangs on. What is new is armed; a rung whose ladder has spoken higher by
    now is passed over, and nothing comes due in the past.
    """
    before = draft.dossier
    changes = timer_changes(draft, before, Refreshed())
    timers: dict[str, Timer] = {timer.key: timer for timer in before.timers}
    for timer in changes.settled:
        timers[timer.key] = timer if _stands(draft, timer) else replace(timer, outcome=_NO_RUNG)
    for timer in changes.moved:
        timers[timer.key] = not_past(draft, timer)
    for timer in changes.armed:
        spoken = _has_spoken_higher(draft, timer, timers)
        over = replace(timer, settled_at=draft.now, outcome=_LATER)
        timers[timer.key] = over if spoken else timer
    return tuple(sorted(timers.values(), key=lambda t: (t.ladder, t.rung, t.occurrence)))


def _stands(draft: Draft, timer: Timer) -> bool:
    state = draft.dossier.state
    return timer.ladder == WATCH or find(draft.workflow, state, timer) is not None


def _has_spoken_higher(draft: Draft, new: Timer, timers: Mapping[str, Timer]) -> bool:
    """Whether whoever is reminded was reminded more gravely already."""
    state = draft.dossier.state
    found = find(draft.workflow, state, new)
    if found is None or new.due_at > draft.now:
        return False
    ladder = found[0]
    return any(
        timer.ladder == new.ladder
        and took_effect(timer)
        and find(draft.workflow, state, timer) is not None
        and height(ladder, timer) > height(ladder, new)
        for timer in timers.values()
    )
