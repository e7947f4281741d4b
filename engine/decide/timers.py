"""What due timers do: which rungs speak, which are superseded or wait, and what follows."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from engine.decide.draft import Draft
from engine.decide.flags import cause_of, over_with
from engine.decide.machine import Step, select
from engine.decide.transitions import take
from engine.letters.day_watch import WATCH
from engine.letters.grace import graced
from engine.letters.ladders import GRACE, NOT_SENT, find, height, is_running
from engine.letters.lead_up import has_gone_by
from engine.letters.open_item import until_again
from engine.letters.turns import owners, waited_for
from engine.model.definition import SYSTEM, Ladder, Notify, RaiseFlag, Rung
from engine.model.dossier import Timer
from engine.model.letter_words import DUE_ON
from engine.model.outcomes import By, TimersDue, Unmet
from engine.model.reasons import rank
from engine.time.zones import local_day


def fire_timers(draft: Draft, event: TimersDue) -> tuple[Unmet, ...]:
    """Of each ladder the highest due rung speaks; the lower ones are superseded, with the reason.

    A timer of an earlier stay, one settled and one not due yet do nothing. When a rung takes a
    step, what would have come due after it never happens.
    """
    due = [
        timer
        for timer in draft.dossier.timers
        if timer.key in event.keys and timer.settled_at is None and timer.due_at <= draft.now
    ]
    # The watches look after every event; that their day has come is all there is to say.
    draft.settle([timer for timer in due if timer.ladder == WATCH], "fired")
    due = [timer for timer in due if timer.ladder != WATCH]
    due = _in_time(draft, _without_lapsed(draft, due))
    if event.late_since is not None:
        due = _after_grace(draft, due, event)
    due = _up_to_a_step(draft, due, event.by)
    stay = draft.dossier.stay
    for ladder in _in_order(draft, due):
        if draft.dossier.stay == stay:
            _speak(draft, ladder, [t for t in due if t.ladder == ladder.name], event)
    return ()


def _without_lapsed(draft: Draft, due: list[Timer]) -> list[Timer]:
    """Cancel what the definition no longer has, and what belongs to a ladder at its end."""
    view = draft.view()
    found = {timer.key: find(draft.workflow, draft.dossier.state, timer) for timer in due}
    running = {key: rung[0] for key, rung in found.items() if rung and is_running(rung[0], view)}
    standing = {key for key, ladder in running.items() if not has_gone_by(view, ladder)}
    draft.settle([timer for timer in due if timer.key not in standing], "cancelled")
    return [timer for timer in due if timer.key in standing]


def _in_time(draft: Draft, due: list[Timer]) -> list[Timer]:
    """As they came due; of one moment, those of a ladder from its lowest rung."""
    return sorted(due, key=lambda t: (t.due_at, t.ladder, height(_rung(draft, t)[0], t)))


def _after_grace(draft: Draft, due: list[Timer], event: TimersDue) -> list[Timer]:
    """Escalations wait three working days when the person below had no live letter before (P5)."""
    later: dict[str, Timer] = {}
    for timer in due:
        ladder, rung = _rung(draft, timer)
        if not event.is_late(timer.key) or not rung.above or timer.graced:
            continue
        if not _was_asked(draft, ladder, event.late_since):
            due_at = graced(draft.view(), ladder, draft.now, event.closes)
            later[timer.key] = replace(timer, due_at=due_at, graced=True)
    timers = tuple(later.get(timer.key, timer) for timer in draft.dossier.timers)
    draft.dossier = replace(draft.dossier, timers=timers)
    return [timer for timer in due if timer.key not in later]


def _was_asked(draft: Draft, ladder: Ladder, late_since: datetime | None) -> bool:
    """Whether somebody below had a live letter of the ladder for long enough before downtime."""
    party = draft.dossier.party_of(ladder.calendar)
    down = local_day(late_since or draft.now, party.zone)
    below = {rung.letter for rung in ladder.rungs if not rung.above}
    return any(
        asked.ladder == ladder.name
        and asked.letter in below
        and asked.outcome not in NOT_SENT
        and party.workdays.between(asked.on, down) >= GRACE.working_days
        for asked in draft.dossier.asked
    )


def _up_to_a_step(draft: Draft, due: list[Timer], by: By) -> list[Timer]:
    """What came due before the first rung that takes a step: later ones belong to a stay over."""
    for number, timer in enumerate(due, start=1):
        _, rung = _rung(draft, timer)
        found = _selected(draft, rung.fire, by) if rung.fire is not None else ()
        if isinstance(found, Step) and not found.stays:
            return due[:number]
    return due


def _in_order(draft: Draft, due: list[Timer]) -> Iterable[Ladder]:
    """The ladders, the one that came due last at the end: it may take a step."""
    last = {timer.ladder: number for number, timer in enumerate(due)}
    return [_rung(draft, due[number])[0] for number in sorted(last.values())]


def _speak(draft: Draft, ladder: Ladder, due: list[Timer], event: TimersDue) -> None:
    # A ladder before this one may have met what this one waits for.
    if not is_running(ladder, draft.view()):
        draft.settle(due, "cancelled")
        return
    cause, stay = cause_of(draft.view(), ladder), draft.dossier.stay
    highest = max(due, key=lambda timer: (height(ladder, timer), timer.occurrence))
    speaking = [
        timer
        for timer in due
        if not ladder.highest_only or timer == highest or _named(ladder, timer).fire is not None
    ]
    silent = [timer for timer in due if timer not in speaking]
    missed = [timer for timer in silent if event.is_late(timer.key)]
    draft.settle(missed, "superseded: downtime")
    draft.settle([timer for timer in silent if timer not in missed], "superseded: later step due")
    for timer in speaking:
        if draft.dossier.stay == stay:
            _fire(draft, ladder, timer, cause=cause, by=event.by)
    _flag(draft, ladder, silent, cause)


def _flag(draft: Draft, ladder: Ladder, silent: list[Timer], cause: str) -> None:
    """Superseded rungs write to nobody, but their flags are raised all the same (P5)."""
    raised = [flag for timer in silent if (flag := _named(ladder, timer).flag) is not None]
    for flag in sorted(raised, key=lambda flag: rank(_severity(draft, flag)), reverse=True):
        draft.event = {"cause": cause, "what": ladder.title}
        draft.raise_flag(flag, cause, over_with(draft.dossier.state, ladder))


def _severity(draft: Draft, flag: RaiseFlag) -> str:
    kind = draft.workflow.flags.get(flag.flag)
    return flag.severity or (kind.severity if kind is not None else "")


def _fire(draft: Draft, ladder: Ladder, timer: Timer, *, cause: str, by: By) -> None:
    rung, until = _named(ladder, timer), over_with(draft.dossier.state, ladder)
    turn, waits_for = owners(ladder, draft.view()), waited_for(ladder, draft.view())
    words = {"cause": cause, "what": ladder.title}
    draft.event = words
    draft.settle([timer], "fired")
    taken = rung.fire is None or _pull(draft, rung.fire, by)
    if not taken:
        draft.settle([timer], "refused")
    draft.event, draft.whose_turn, draft.ladder = words, turn, ladder.name
    draft.waits_for = waits_for
    if rung.letter is not None and taken:
        named = until_again(draft.view(), ladder)
        draft.event = {**words, DUE_ON: named.isoformat()} if named is not None else words
        draft.owe(Notify(rung.letter, rung.to))
        draft.event = words
    if rung.flag is not None:
        draft.raise_flag(rung.flag, cause, until)
    draft.whose_turn, draft.waits_for, draft.ladder = (), frozenset(), ""


def _pull(draft: Draft, trigger: str, by: By) -> bool:
    """A rung that takes a step itself; a requirement it lacks leaves the case where it stands."""
    found = _selected(draft, trigger, by)
    if isinstance(found, Step):
        take(draft, found)
    return isinstance(found, Step)


def _selected(draft: Draft, trigger: str, by: By) -> Step | tuple[Unmet, ...]:
    return select(draft.view(), trigger, By(by.actor, SYSTEM))


def _rung(draft: Draft, timer: Timer) -> tuple[Ladder, Rung]:
    """The rung of a timer whose rung is known to stand."""
    ladder = next(
        each
        for each in draft.workflow.state(draft.dossier.state).ladders
        if each.name == timer.ladder
    )
    return ladder, _named(ladder, timer)


def _named(ladder: Ladder, timer: Timer) -> Rung:
    return ladder.rungs[height(ladder, timer)]
