"""Every sort of act, and the roles whose act it is by the definition: the table of permissions."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from engine.model.definition import SYSTEM, Workflow
from engine.model.outcomes import (
    Amended,
    Filed,
    FlagRaised,
    LetterArranged,
    Moved,
    Signed,
    Triggered,
    Waived,
)
from engine.model.putting_right import Cause, Corrected, Undone, Voided


class Verb(StrEnum):
    """Every sort of act; those of the office as a whole are about no case."""

    STEP = "take a step"
    FILE = "file a record"
    SIGN = "sign a record"
    WAIVE = "waive a requirement"
    MOVE = "move a date"
    FLAG = "raise a flag"
    RIGHT = "put something right"
    START = "start a case"
    GIVE = "give a role"
    ASSIGN = "name a centre"
    SUBSTITUTE = "substitute a person"
    DIRECTORY = "change people and centres"
    ADOPT = "take over running cases"
    MAIL = "decide about a letter"
    INCIDENT = "retry an incident"
    CLOCK = "move the clock of a rehearsal"
    MIGRATE = "bring pairs to another version"


# Of one case: whether there is such a step, record or flag is for the decision to say.
DECIDED = frozenset({Verb.STEP, Verb.FILE, Verb.SIGN, Verb.WAIVE, Verb.MOVE, Verb.FLAG, Verb.RIGHT})
HEARD = frozenset({Verb.STEP, Verb.FILE, Verb.SIGN, Verb.FLAG})  # the office may pass these on


_OF_A_CASE = {
    **dict.fromkeys((Undone, Voided, Corrected), Verb.RIGHT),
    LetterArranged: Verb.MAIL,
}


@dataclass(frozen=True, slots=True)
class Action:
    """What a person wants to do, and to which step, record, side or requirement."""

    verb: Verb
    of: str = ""
    side: str = ""  # of a signature: on whose behalf


def action_of(event: Cause) -> Action | None:
    """What an event asks leave for; None for what comes from clocks and other use cases."""
    match event:
        case Triggered(trigger):
            found = Action(Verb.STEP, trigger)
        case Filed(record) | Amended(record):
            found = Action(Verb.FILE, record)
        case Signed(record, side):
            found = Action(Verb.SIGN, record, side)
        case Waived(requirement):
            found = Action(Verb.WAIVE, requirement)
        case Moved(milestone):
            found = Action(Verb.MOVE, milestone)
        case FlagRaised(flag):
            found = Action(Verb.FLAG, flag)
        case _:
            verb = _OF_A_CASE.get(type(event))
            return None if verb is None else Action(verb)
    return found


def roles_for(workflow: Workflow, action: Action) -> tuple[str, ...]:
    """The roles whose act this is, in the order of the definition.

    Empty: no person's, as a step that only timers take, or unknown.
    """
    match action.verb:
        case Verb.STEP:
            by = (step.by for step in workflow.transitions if step.trigger == action.of)
            return each_once(role for roles in by for role in roles if role != SYSTEM)
        case Verb.FILE:
            kind = workflow.records.get(action.of)
            return () if kind is None else _filing(workflow, kind.by or (workflow.runs,))
        case Verb.SIGN:
            signed = workflow.records.get(action.of)
            return (action.side,) if signed and action.side in signed.signatories else ()
        case Verb.WAIVE:
            asked = (r.waiver for r in workflow.requirements() if r.name == action.of)
            return each_once(role for roles in asked for role in roles)
        case Verb.FLAG:
            return workflow.roles  # whoever sees something may say so
        case _:
            return _of_office(workflow, action)


def _of_office(workflow: Workflow, action: Action) -> tuple[str, ...]:
    if action.verb in {Verb.GIVE, Verb.SUBSTITUTE} and action.of in workflow.office:
        return _givers(workflow, action.of)
    if action.verb is Verb.MIGRATE:  # what holds for all pairs is for whoever stands above
        above = tuple(role.name for role in workflow.office.values() if role.above)
        return above or tuple(workflow.office)
    return tuple(workflow.office)


def _givers(workflow: Workflow, role: str) -> tuple[str, ...]:
    """Who gives a role of the office: whoever holds it, or one above it.

    A role that stands above no other is also given by the one that runs the programme.
    """
    office = workflow.office
    found = {role} if office[role].above else {role, workflow.runs}
    for _ in office:  # at most as many as there are stand above each other
        found |= {each.name for each in office.values() if each.above in found}
    return tuple(name for name in office if name in found)


def _filing(workflow: Workflow, by: tuple[str, ...]) -> tuple[str, ...]:
    """Who provides a record, and whoever of the office stands above one of them."""
    return each_once((*by, *(role.name for role in workflow.office.values() if role.above in by)))


def each_once(roles: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(roles))
