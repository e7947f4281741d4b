"""Which timers a case has after an event: armed, moved to another instant, settled."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from engine.decide.draft import Draft
from engine.decide.signing_again import begun_anew
from engine.letters.day_watch import WATCH, watching
from engine.letters.ladders import armed, follows, rung_days, speaks_at
from engine.letters.rounds import round_of
from engine.model.definition import Ladder
from engine.model.dossier import Dossier, Timer
from engine.model.outcomes import Event, TimersDue
from engine.model.timer_changes import TimerChanges


def timer_changes(draft: Draft, before: Dossier, event: Event) -> TimerChanges:
    """Arm what the case now needs, move what is due at another instant, settle what is not needed.

    A timer that took effect stays so; one that was cancelled or paused is armed again (its stay is
    the same, so its key is too).
    """
    after, state = draft.dossier, draft.workflow.state(draft.dossier.state)
    view = draft.view()
    wanted = {} if state.final else {**armed(view, _naming(draft)), **watching(view)}
    standing = {timer.key: timer for timer in after.timers}
    moved = {
        key: _moved(standing[key], due_at)
        for key, timer in wanted.items()
        if key in standing and (due_at := _moves_to(standing[key], timer)) is not None
    }
    anew = begun_anew(draft, wanted)
    moved |= {key: timer for key, timer in anew.items() if key in standing}
    graced = {
        key: timer
        for key, timer in standing.items()
        if timer.graced and timer.settled_at is None and timer not in before.timers
    }
    cancelled = tuple(
        replace(timer, settled_at=draft.now, outcome="cancelled")
        for key, timer in standing.items()
        if timer.settled_at is None and key not in wanted
    )
    fresh = tuple(anew.get(key, timer) for key, timer in wanted.items() if key not in standing)
    stays = before.stay == after.stay
    if not isinstance(event, TimersDue):
        fresh = _asked_first(draft, fresh)
    if not stays:
        moved |= _after_a_pause(draft, moved)
    settled = (timer for timer in draft.settled if not (stays and timer.key in moved))
    return TimerChanges(
        armed=fresh,
        moved=tuple(timer for key, timer in {**graced, **moved}.items() if key in wanted),
        settled=(*settled, *cancelled),
    )


def _naming(draft: Draft) -> dict[str, date]:
    """The days that the letters of this decision name, by ladder."""
    return {owed.ladder: day for owed in draft.letters if (day := owed.due_on) and owed.ladder}


def _asked_first(draft: Draft, fresh: tuple[Timer, ...]) -> tuple[Timer, ...]:
    """What somebody's act arms after its day: it comes due now, not in the past.

    A ladder that begins late begins with its first rung all the same: whoever has not been asked
    is not reminded. The rungs above whose days have passed as well keep their distance from the
    first, but not beyond the next that is still to come, which speaks for them then.
    """
    found: list[Timer] = []
    for ladder in draft.workflow.state(draft.dossier.state).ladders:
        this = round_of(draft.view(), ladder)
        begun = any(
            timer.ladder == ladder.name and this.holds(timer.occurrence)
            for timer in draft.dossier.timers
        )
        rows = [timer for timer in fresh if timer.ladder == ladder.name]
        found.extend(rows if begun else _begun_late(draft, ladder, rows))
    watches = (timer for timer in fresh if timer.ladder == WATCH)
    return tuple(not_past(draft, timer) for timer in (*found, *watches))


def _after_a_pause(draft: Draft, back: Mapping[str, Timer]) -> dict[str, Timer]:
    """What came due while the case rested: the lowest rung of it speaks, as if it came due now.

    The others keep their distance: whoever could not be reminded has not been silent.
    """
    found: dict[str, Timer] = {}
    for ladder in draft.workflow.state(draft.dossier.state).ladders:
        first = round_of(draft.view(), ladder).first
        named = {(ladder.name, rung.name, first) for rung in ladder.rungs}
        rows = [t for t in back.values() if (t.ladder, t.rung, t.occurrence) in named]
        found |= {timer.key: timer for timer in _begun_late(draft, ladder, rows)}
    return found


def _begun_late(draft: Draft, ladder: Ladder, rows: list[Timer]) -> list[Timer]:
    """The rungs of a ladder that begins now, those of them that are late at their new instants."""
    view = draft.view()
    days = rung_days(view, ladder)
    past = [timer for timer in rows if days[timer.rung] < view.today]
    if not past or any(rung.fire is not None for rung in ladder.rungs):
        return rows
    late = view.today - min(days[timer.rung] for timer in past)
    ahead = [timer.due_at for timer in rows if timer not in past and not follows(ladder)]
    there: dict[str, datetime] = {}
    for timer in rows if follows(ladder) else past[1:]:
        kept = max(timer.due_at, speaks_at(view, ladder, days[timer.rung] + late))
        there[timer.key] = min([kept, *ahead])
    return [_put_off(draft, timer, there.get(timer.key, timer.due_at)) for timer in rows]


def not_past(draft: Draft, timer: Timer) -> Timer:
    """The timer, at this moment where its own lies before it."""
    return timer if timer.due_at >= draft.now else _put_off(draft, timer, draft.now)


def _put_off(draft: Draft, timer: Timer, due_at: datetime) -> Timer:
    if due_at == timer.due_at:
        return timer
    due_at = max(draft.now, due_at)
    return replace(timer, due_at=due_at, not_before=due_at)


def _moved(standing: Timer, due_at: datetime) -> Timer:
    """The timer at another instant; beyond its grace it is one like any other again (P5)."""
    graced = standing.graced and due_at == standing.due_at
    return replace(standing, due_at=due_at, settled_at=None, outcome="", graced=graced)


def _moves_to(standing: Timer, wanted: Timer) -> datetime | None:
    """The instant a timer moves to, None when it stays where it is."""
    due_at = max(wanted.due_at, standing.not_before or wanted.due_at)
    if standing.graced:
        # The grace it was given stands; only a later date moves it on.
        due_at = max(due_at, standing.due_at)
    if standing.settled_at is not None:
        return due_at if standing.is_off else None
    return due_at if due_at != standing.due_at else None
