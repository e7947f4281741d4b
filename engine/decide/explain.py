"""Why can this case not go on: every step from here with what it lacks."""

from dataclasses import dataclass, replace

from engine.dates.view import View, interrupted_stay
from engine.decide.machine import moves
from engine.decide.settling import record_for
from engine.decide.unmet import lacking
from engine.letters.ladders import is_running
from engine.model.definition import RESUME, STAY, SYSTEM, Transition
from engine.model.outcomes import Unmet


@dataclass(frozen=True, slots=True)
class Way:
    """One move from where a case stands: open when nothing is unmet and none before it is taken."""

    trigger: str
    title: str
    target: str  # where the case would stand: of a step that stays, where it stands
    by: tuple[str, ...]
    unmet: tuple[Unmet, ...]
    warnings: tuple[Unmet, ...]
    asks_words: bool = False  # lacks only what is given with the step itself: a note, a date
    stays: bool = False  # the stay goes on
    comes_after: bool = False  # another move of its trigger is open and stands before it
    records: tuple[str, ...] = ()  # those that would settle what is unmet or warned of

    @property
    def is_open(self) -> bool:
        return not self.unmet and not self.comes_after


@dataclass(frozen=True, slots=True)
class Open:
    """One thing that is asked for at the moment, by its ladder."""

    ladder: str
    what: str


def ways(view: View) -> tuple[Way, ...]:
    """The steps people may take from here, in the order of the definition."""
    found: list[Way] = []
    for step in moves(view.workflow, view.dossier.state):
        if step.by != (SYSTEM,):
            found.append(replace(way := _way(view, step), comes_after=_is_taken_before(way, found)))
    return tuple(found)


def _is_taken_before(way: Way, found: list[Way]) -> bool:
    """Whether everybody who may take it takes an earlier move of the same trigger instead."""
    return any(
        each.trigger == way.trigger and each.is_open and set(way.by) <= set(each.by)
        for each in found
    )


def still_open(view: View) -> tuple[Open, ...]:
    """What is being asked for: the ladders that run and have begun."""
    state = view.workflow.state(view.dossier.state)
    begun = {timer.ladder for timer in view.dossier.timers if timer.outcome == "fired"}
    begun |= {asked.ladder for asked in view.dossier.asked}
    return tuple(
        Open(ladder.name, ladder.title)
        for ladder in state.ladders
        if ladder.name in begun and is_running(ladder, view)
    )


def asked_by_ladders(view: View) -> tuple[str, ...]:
    """The records that would end what is asked for, or will be, where the case stands."""
    ladders = view.workflow.state(view.dossier.state).ladders
    named = (
        record_for(view.workflow, ladder.unmet)
        for ladder in ladders
        if ladder.unmet is not None and is_running(ladder, view)
    )
    return tuple(name for name in named if name)


def _way(view: View, step: Transition) -> Way:
    blocking = [r for r in step.requires if not r.warns and lacking(view, r)]
    hard = [u for r in blocking for u in lacking(view, r)]
    warning = [r for r in step.requires if r.warns and lacking(view, r)]
    soft = [u for r in warning for u in lacking(view, r)]
    named = (record_for(view.workflow, each.check) for each in (*blocking, *warning))
    words = [path.startswith("event.") for r in blocking for path in r.check.paths()]
    return Way(
        trigger=step.trigger,
        title=step.title,
        target=_target(view, step),
        by=step.by,
        unmet=tuple(hard),
        warnings=tuple(soft),
        asks_words=bool(words) and all(words),
        stays=step.target == STAY,
        records=tuple(dict.fromkeys(name for name in named if name)),
    )


def _target(view: View, step: Transition) -> str:
    if step.target == STAY:
        return view.dossier.state
    back_to = interrupted_stay(view) if step.target == RESUME else None
    return step.target if back_to is None else back_to.state
