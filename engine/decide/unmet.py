"""What is missing, in sentences: of a requirement, of a role, of a step that is not open here."""

from collections.abc import Iterable
from dataclasses import replace

from engine.checks.ask import lacks
from engine.dates.view import View
from engine.decide.acts import Verb
from engine.decide.adaptations import adapted_in
from engine.decide.permissions import allows
from engine.model.definition import (
    SYSTEM,
    State,
    Transition,
    Workflow,
)
from engine.model.outcomes import NOBODY_ELSE, By, Unmet
from engine.model.partners import waived
from engine.model.requirement import Requirement


def lacking(view: View, requirement: Requirement) -> tuple[Unmet, ...]:
    """What a requirement lacks; nothing once it is waived."""
    if requirement.name in waived(view.workflow, view.dossier):
        return ()
    note = _adapted(requirement, view)
    return tuple(
        Unmet(
            requirement=requirement.name,
            says=requirement.says,
            detail=f"{lack.detail}{note}",
            owner=lack.owner or requirement.owner,
            remedy=requirement.remedy,
            waiver=requirement.waiver,
            no_waiver=requirement.no_waiver,
            rule=requirement.rule,
        )
        for lack in lacks(requirement.check, view)
    )


def _adapted(requirement: Requirement, view: View) -> str:
    """That a number of it is another here, by whom and why."""
    words = (
        f"{each.what}: {each.here} instead of {each.programme}, adapted by {each.by}: "
        f"{each.reason.rstrip('.')}"
        for each in adapted_in(requirement.check, view)
    )
    said = "; ".join(words)
    return f" ({said})" if said else ""


def lacking_role(workflow: Workflow, transition: Transition, by: By) -> tuple[Unmet, ...]:
    if allows(workflow, by, Verb.STEP, transition.by):
        return ()
    people = [role for role in transition.by if role != SYSTEM]
    roles = " or ".join(people)
    return (
        Unmet(
            requirement="role",
            says=f"{transition.title} is decided by: {roles or 'nobody, it comes by itself'}.",
            detail=f"{by.role} may not do it",
            owner=people[0] if people else NOBODY_ELSE,
            remedy=f"Ask: {roles}." if people else "Nothing to do.",
        ),
    )


def not_taken(name: str, detail: str, remedy: str) -> Unmet:
    """What cannot come in beside steps: a record, a signature, a waiver, a date, a flag."""
    return Unmet(name, f"{name} can be taken in.", detail, NOBODY_ELSE, remedy)


def owned(unmet: Iterable[Unmet], runs: str) -> tuple[Unmet, ...]:
    """What is nobody else's turn is that of the role which runs the programme."""
    return tuple(each if each.owner else replace(each, owner=runs) for each in unmet)


def first_wrong(name: str, wrongs: Iterable[tuple[bool, str, str]]) -> tuple[Unmet, ...]:
    """The first of these that is so: what is wrong, and what would be right."""
    return tuple(not_taken(name, detail, remedy) for wrong, detail, remedy in wrongs if wrong)[:1]


def not_open(state: State, trigger: str, detail: str, instead: list[str]) -> Unmet:
    """A closed trigger says that it is closed, and what is open instead."""
    return Unmet(
        requirement="open",
        says=f"{trigger} is a step that can be taken from here.",
        detail=detail,
        owner=state.acts[0] if state.acts else NOBODY_ELSE,
        remedy=_instead(instead, state),
    )


def no_such_step(trigger: str, remedy: str) -> Unmet:
    """A slip of whoever typed it: nobody else's turn."""
    return Unmet("open", f"{trigger} is a step.", f"no step {trigger}", NOBODY_ELSE, remedy)


def nothing_interrupted(transition: Transition) -> Unmet:
    return Unmet(
        requirement="open",
        says=f"{transition.title} leads back to the state that was interrupted.",
        detail="no state was interrupted",
        owner=transition.by[0],
        remedy="Choose a step that names the state to go to.",
    )


def _instead(there: list[str], state: State) -> str:
    if there:
        return f"Choose one of: {', '.join(there)}."
    return "The case has ended." if state.final else "It goes on by itself: nothing to do."
