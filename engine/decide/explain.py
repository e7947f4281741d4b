"""Why can this case not go on: every step from here with what it lacks."""

from dataclasses import dataclass

from engine.dates.view import View
from engine.decide.machine import lacking
from engine.letters.ladders import is_running
from engine.model.definition import SYSTEM, Transition
from engine.model.outcomes import Unmet


@dataclass(frozen=True, slots=True)
class Way:
    """One step from where a case stands: open when nothing is unmet."""

    trigger: str
    title: str
    target: str
    by: tuple[str, ...]
    unmet: tuple[Unmet, ...]
    warnings: tuple[Unmet, ...]
    asks_words: bool = False  # lacks only what is given with the step itself: a note, a date

    @property
    def is_open(self) -> bool:
        return not self.unmet


@dataclass(frozen=True, slots=True)
class Open:
    """One thing that is asked for at the moment, by its ladder."""

    ladder: str
    what: str


def ways(view: View) -> tuple[Way, ...]:
    """The steps people may take from here, in the order of the definition."""
    steps = view.workflow.transitions_from(view.dossier.state)
    return tuple(_way(view, step) for step in steps if step.by != (SYSTEM,))


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


def _way(view: View, step: Transition) -> Way:
    blocking = [r for r in step.requires if not r.warns and lacking(view, r)]
    hard = [u for r in blocking for u in lacking(view, r)]
    soft = [u for r in step.requires if r.warns for u in lacking(view, r)]
    words = [path.startswith("event.") for r in blocking for path in r.check.paths()]
    return Way(
        trigger=step.trigger,
        title=step.title,
        target=step.target,
        by=step.by,
        unmet=tuple(hard),
        warnings=tuple(soft),
        asks_words=bool(words) and all(words),
    )
