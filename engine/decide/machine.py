"""Picks the open transition of a trigger; the only file that imports ``transitions``."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, cast

from transitions import EventData, Machine

from engine.checks.ask import lacks
from engine.dates.view import View, interrupted_visit
from engine.model.definition import RESUME, SYSTEM, Requirement, State, Transition, Workflow
from engine.model.dossier import Visit
from engine.model.outcomes import By, Unmet


@dataclass(slots=True)
class _Token:
    """A throwaway object that walks one step through the rule book and notes what stops it."""

    state: str
    view: View
    by: By
    unmet: tuple[Unmet, ...] = ()
    warned: tuple[Requirement, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """An open transition with the requirements that only warn, and the stay it goes back to."""

    transition: Transition
    warned: tuple[Requirement, ...]
    back_to: Visit | None = None


def select(view: View, trigger: str, by: By) -> Step | tuple[Unmet, ...]:
    """The transition a trigger opens from where the case stands, else everything it lacks."""
    transition = _declared(view, trigger)
    if transition is None:
        return (closed(view, trigger),)
    back_to = interrupted_visit(view) if transition.target == RESUME else None
    if transition.target == RESUME and back_to is None:
        return (_nowhere(transition),)
    token = _Token(view.dossier.state, view, by)
    moved = _machine(view.workflow).events[trigger].trigger(token)
    return Step(transition, token.warned, back_to) if moved else token.unmet


def lacking(view: View, requirement: Requirement) -> tuple[Unmet, ...]:
    """What a requirement lacks; nothing once it is waived."""
    if requirement.name in view.dossier.waivers:
        return ()
    return tuple(
        Unmet(
            requirement=requirement.name,
            says=requirement.says,
            detail=lack.detail,
            owner=lack.owner or requirement.owner,
            remedy=requirement.remedy,
            waiver=requirement.waiver,
            no_waiver=requirement.no_waiver,
            rule=requirement.rule,
        )
        for lack in lacks(requirement.check, view)
    )


def closed(view: View, trigger: str) -> Unmet:
    """A closed trigger says that it is closed, and what is open instead."""
    state = view.workflow.state(view.dossier.state)
    steps = view.workflow.transitions_from(state.name)
    there = sorted(step.trigger for step in steps if step.by != (SYSTEM,))
    known = any(step.trigger == trigger for step in view.workflow.transitions)
    detail = f"{trigger} is not possible in {state.name}" if known else f"no trigger {trigger}"
    return Unmet(
        requirement="open",
        says=f"{trigger} is a step that can be taken from here.",
        detail=detail,
        owner=state.acts[0] if state.acts else "facilitator",
        remedy=_instead(there, state),
    )


def _instead(there: list[str], state: State) -> str:
    if there:
        return f"Choose one of: {', '.join(there)}."
    return "The case has ended." if state.final else "It goes on by itself: nothing to do."


def _nowhere(transition: Transition) -> Unmet:
    return Unmet(
        requirement="open",
        says=f"{transition.title} leads back to the state that was interrupted.",
        detail="no state was interrupted",
        owner=transition.by[0],
        remedy="Choose a step that names the state to go to.",
    )


def _declared(view: View, trigger: str) -> Transition | None:
    steps = view.workflow.transitions_from(view.dossier.state)
    return next((step for step in steps if step.trigger == trigger), None)


class _Guard:
    """The requirements of a transition as one condition; never a name, names are imported."""

    def __init__(self, transition: Transition) -> None:
        self.transition: Final = transition

    def __call__(self, event: EventData) -> bool:
        token = cast(_Token, event.model)  # the only model there is
        unmet = list(_role(self.transition, token.by))
        warned = []
        for requirement in self.transition.requires:
            missing = lacking(token.view, requirement)
            if missing and requirement.warns:
                warned.append(requirement)
            else:
                unmet.extend(missing)
        token.unmet, token.warned = tuple(unmet), tuple(warned)
        return not unmet


def _role(transition: Transition, by: By) -> tuple[Unmet, ...]:
    if by.role in transition.by:
        return ()
    roles = " or ".join(transition.by)
    return (
        Unmet(
            requirement="role",
            says=f"{transition.title} is decided by: {roles}.",
            detail=f"{by.role} may not do it",
            owner=transition.by[0],
            remedy=f"Ask: {roles}.",
        ),
    )


@lru_cache(maxsize=64)
def _machine(workflow: Workflow) -> Machine:
    # One machine a definition and no model in it: adding models is quadratic and keeps kilobytes.
    machine = Machine(
        model=None,
        states=list(workflow.states),
        initial=workflow.initial,
        auto_transitions=False,
        send_event=True,
    )
    for transition in workflow.transitions:
        target = None if transition.target == RESUME else transition.target
        machine.add_transition(
            transition.trigger, list(transition.sources), target, conditions=[_Guard(transition)]
        )
    return machine
