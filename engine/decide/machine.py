"""The table of moves of a definition, and what becomes of a trigger in it.

The only file that imports ``transitions``: one flat machine a definition, shared by all threads.
"""

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import cast

from transitions import EventData, Machine

from engine.dates.view import View, interrupted_stay
from engine.decide.unmet import lacking, lacking_role, no_such_step, not_open, nothing_interrupted
from engine.model.definition import (
    RESUME,
    STAY,
    SYSTEM,
    Transition,
    Workflow,
)
from engine.model.dossier import Stay
from engine.model.outcomes import By, Unmet
from engine.model.requirement import Requirement
from engine.suggestions import choice_of


@dataclass(frozen=True, slots=True)
class Step:
    """A step the machine took: where it led, and the requirements that only warn."""

    transition: Transition
    target: str  # the state that is entered; of a step that stays, the one that is never left
    stays: bool  # no stay ends, none begins
    warned: tuple[Requirement, ...] = ()
    back_to: Stay | None = None  # the interrupted stay that goes on


def select(view: View, trigger: str, by: By) -> Step | tuple[Unmet, ...]:
    """Where a trigger leads from where the case stands, else everything that it lacks.

    Several moves of one trigger are tried in the order of the definition: the first that lacks
    nothing is taken, and a refusal says of each what it lacks.
    """
    event = _machine(view.workflow).events.get(trigger)
    if event is None or view.dossier.state not in event.transitions:
        return (_closed(view, trigger, is_known=event is not None),)
    token = _Token(view.dossier.state, view, by)
    if event.trigger(token):
        return _taken(token)
    if len(token.tried) == 1:
        return token.tried[0].unmet
    return tuple(
        replace(unmet, leads_to=move.leads_to) for move in token.tried for unmet in move.unmet
    )


def moves(workflow: Workflow, state: str) -> tuple[Transition, ...]:
    """The moves that begin in a state, in the order of the definition."""
    machine = _machine(workflow)
    guards = (
        cast(_Guard, move.conditions[0].func)
        for trigger in machine.get_triggers(state)
        for move in machine.events[trigger].transitions[state]
    )
    return tuple(guard.transition for guard in sorted(guards, key=lambda guard: guard.number))


@dataclass(frozen=True, slots=True)
class _Tried:
    """A move that the machine looked at."""

    transition: Transition
    leads_to: str
    stays: bool
    unmet: tuple[Unmet, ...]
    warned: tuple[Requirement, ...]


@dataclass(slots=True)
class _Token:
    """A throwaway object that the machine moves, with what it looked at on the way."""

    state: str
    view: View
    by: By
    tried: list[_Tried] = field(default_factory=list)


def _taken(token: _Token) -> Step:
    move = token.tried[-1]  # the machine stops at the first that it may take
    back_to = interrupted_stay(token.view) if token.state == RESUME else None
    target = token.state if back_to is None else back_to.state
    return Step(move.transition, target, move.stays, move.warned, back_to)


def _closed(view: View, trigger: str, *, is_known: bool) -> Unmet:
    state = view.workflow.state(view.dossier.state)
    there = {move.trigger for move in moves(view.workflow, state.name) if move.by != (SYSTEM,)}
    if is_known:
        return not_open(state, trigger, f"{trigger} is not possible in {state.name}", sorted(there))
    known = sorted({move.trigger for move in view.workflow.transitions})
    return no_such_step(trigger, choice_of(trigger, known, sorted(there)))


@dataclass(frozen=True, slots=True)
class _Guard:
    """What a move asks for, as one condition; never a name: names are imported."""

    number: int  # its place in the definition
    transition: Transition

    def __call__(self, event: EventData) -> bool:
        token = cast(_Token, event.model)  # the only model there is
        dest = event.transition.dest if event.transition is not None else None
        unmet = [
            *_nowhere(token.view, self.transition),
            *lacking_role(token.view.workflow, self.transition, token.by),
        ]
        warned = []
        for requirement in self.transition.requires:
            missing = lacking(token.view, requirement)
            if missing and requirement.warns:
                warned.append(requirement)
            else:
                unmet.extend(missing)
        leads_to, stays = dest or token.state, dest is None
        token.tried.append(_Tried(self.transition, leads_to, stays, tuple(unmet), tuple(warned)))
        return not unmet


def _nowhere(view: View, transition: Transition) -> tuple[Unmet, ...]:
    if transition.target != RESUME or interrupted_stay(view) is not None:
        return ()
    return (nothing_interrupted(transition),)


@lru_cache(maxsize=64)
def _machine(workflow: Workflow) -> Machine:
    # No model in it: adding models is quadratic and keeps kilobytes. The library's way to resume
    # would be nested states, which break under threads: here it is one more state of the table.
    machine = Machine(
        model=None,
        states=[*workflow.states, RESUME],
        initial=workflow.initial,
        auto_transitions=False,
        send_event=True,
    )
    for number, step in enumerate(workflow.transitions):
        target = None if step.target == STAY else step.target
        guard = _Guard(number, step)
        machine.add_transition(step.trigger, list(step.sources), target, conditions=[guard])
    return machine
