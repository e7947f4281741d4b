"""Who may do what: one function answers for every act, with the reason or with whom to ask.

``can`` judges a person by the roles they hold on the case or in the programme. ``may`` judges a
role alone, for the decision itself, to which the role comes with the event.
"""

from dataclasses import dataclass, replace

from engine.decide.acts import HEARD, Action, Verb, each_once, roles_for
from engine.decide.players import impartial
from engine.model.definition import SYSTEM, Workflow
from engine.model.dossier import Dossier, Person
from engine.model.outcomes import By, Unmet

CHANNELS = ("phone", "mail", "paper")  # how the office hears from somebody


@dataclass(frozen=True, slots=True)
class Circle:
    """A workflow with everybody who plays a role in it; those of the case stand first."""

    workflow: Workflow
    people: tuple[Person, ...]
    where: str = "here"  # how a refusal names it


@dataclass(frozen=True, slots=True)
class Allowed:
    """A person may do it, in this role, for this reason."""

    role: str
    why: str
    heard_as: str = ""  # the role of who said it


def nearest(by: By, circle: Circle) -> str:
    """The role a person is known by here, where it does not matter for what they ask."""
    held = [person.role for person in circle.people if person.key == by.actor]
    return by.role if by.role in held else next(iter(held), by.role)


def circle_of(workflow: Workflow, dossier: Dossier) -> Circle:
    """Who takes part in a case: its own people, its parent's, those of the programme."""
    return Circle(workflow, impartial(workflow, dossier))


def may(workflow: Workflow, by: By, action: Action) -> bool:
    """Whether the role of an event is one whose act this is, or passes on what it heard."""
    return by.role == SYSTEM or allows(workflow, by, action.verb, roles_for(workflow, action))


def allows(workflow: Workflow, by: By, verb: Verb, roles: tuple[str, ...]) -> bool:
    """The same where these are the roles whose act it is."""
    if by.role in roles:
        return True
    office = workflow.office.get(by.role)
    passes_on = office is not None and office.files and verb in HEARD and bool(by.heard_from)
    theirs = [role for role in roles if role not in workflow.office]
    return passes_on and (by.heard_as in theirs if by.heard_as else bool(theirs))


def can(by: By, action: Action, circle: Circle) -> Allowed | Unmet:
    """Whether a person may do it: the role and the reason, else who may and how to ask them.

    ``by.role`` chooses among the roles of the person; empty, the one that fits is taken.
    """
    if by.heard_from:
        return _can_pass_on(by, action, circle)
    roles = roles_for(circle.workflow, action)
    return _in_a_role(by, roles, action, circle)


def _can_pass_on(by: By, action: Action, circle: Circle) -> Allowed | Unmet:
    """What was heard: the one who said it may do it, and the one who files it is of the office."""
    workflow = circle.workflow
    roles = roles_for(workflow, action)
    theirs = tuple(role for role in roles if role not in workflow.office)
    if action.verb not in HEARD:
        return _unmet(action, circle, f"{action.verb.value}: nobody does it for another")
    if by.heard_by not in CHANNELS:
        return _unmet(action, circle, f"heard by {by.heard_by or 'nothing'}", _CHANNEL)
    if not theirs:
        said_of = f"{action.of} is the office's own and not one to pass on"
        return _unmet(action, circle, said_of, f"Leave --for out. {_ask(roles, circle)}")
    said = _in_a_role(By(by.heard_from, ""), theirs, action, circle)
    if isinstance(said, Unmet):
        return said
    filing = tuple(role.name for role in workflow.office.values() if role.files)
    mine = _in_a_role(By(by.actor, by.role), filing, action, circle)
    if isinstance(mine, Unmet):
        return _not_noting(by, mine, filing, action, circle)
    why = f"{mine.why}; heard from {by.heard_from}, {said.why}"
    return Allowed(mine.role, why, said.role)


def _not_noting(
    by: By, mine: Unmet, filing: tuple[str, ...], action: Action, circle: Circle
) -> Unmet:
    """To do something is one thing, to note that somebody else did it another."""
    says = f"To note what was heard is up to: {' or '.join(filing)}."
    plays = each_once(person.role for person in circle.people if person.key == by.actor)
    if not plays or any(role in filing for role in plays):
        return replace(mine, says=says)
    detail = f"{' and '.join(plays)} notes nothing for another"
    own = _in_a_role(By(by.actor, by.role), roles_for(circle.workflow, action), action, circle)
    if isinstance(own, Allowed):
        remedy = f"Leave --for out: {own.why}, and may do it. Else {mine.remedy}"
        return replace(mine, says=says, detail=detail, remedy=remedy)
    return replace(mine, says=says, detail=detail)


_DO = "may not do it"
_MAY_NOT = {
    Verb.FILE: "may not file it",
    Verb.SIGN: "may not sign it for another",
    Verb.WAIVE: "may not waive it",
}
_CHANNEL = f"Say how: --heard {', '.join(CHANNELS[:-1])} or {CHANNELS[-1]}."


def _in_a_role(by: By, roles: tuple[str, ...], action: Action, circle: Circle) -> Allowed | Unmet:
    held = [person for person in circle.people if person.key == by.actor]
    plays = each_once(person.role for person in held)
    if not held:
        return _unmet(action, circle, f"{by.actor} plays no role {circle.where}", asked=roles)
    if by.role and by.role not in plays:
        said = f"{by.actor} is not {by.role} {circle.where}, but {' and '.join(plays)}"
        fitting = next((role for role in plays if role in roles), "")
        remedy = f"Leave --as out, or write --as {fitting}." if fitting else _ask(roles, circle)
        return _unmet(action, circle, said, remedy, asked=roles)
    fits = [p for p in held if p.role in roles and by.role in {"", p.role}]
    if not fits:
        acting = by.role or " and ".join(plays)
        said = f"{acting} {_MAY_NOT.get(action.verb, _DO)}"
        remedy = _ask(roles, circle) + _or_heard(plays, roles, action, circle)
        return _unmet(action, circle, said, remedy, asked=roles)
    # A role on the case stands before one in the whole programme.
    near = [person for person in fits if person.general == fits[0].general]
    choice = each_once(person.role for person in near)
    if len(choice) > 1:
        ways = " or ".join(f"--as {role}" for role in choice)
        return _unmet(action, circle, f"{by.actor} is {' and '.join(choice)}", f"Say {ways}.")
    where = "in the programme" if fits[0].general else "here"
    return Allowed(choice[0], f"{fits[0].name} is {choice[0]} {where}")


def _unmet(
    action: Action, circle: Circle, detail: str, remedy: str = "", asked: tuple[str, ...] = ()
) -> Unmet:
    of = f" ({action.of})" if action.of else ""
    roles = asked or roles_for(circle.workflow, action)
    who = " or ".join(roles) or "nobody"
    return Unmet(
        requirement="role" if action.verb is Verb.STEP else action.of or "role",
        says=f"To {action.verb.value}{of} is up to: {who}.",
        detail=detail,
        owner=roles[0] if roles else circle.workflow.runs,
        remedy=remedy or _ask(roles, circle),
    )


def _ask(roles: tuple[str, ...], circle: Circle) -> str:
    """Who may, by name and address: one person a role."""
    found: dict[str, str] = {}
    for person in circle.people:
        if person.role in roles:
            found.setdefault(person.role, f"{person.name} <{person.email}> ({person.role})")
    if found:
        return f"Ask: {' or '.join(found[role] for role in roles if role in found)}."
    return f"Nobody is {' or '.join(roles) or 'named for it'} yet: name somebody first."


def _or_heard(
    plays: tuple[str, ...], roles: tuple[str, ...], action: Action, circle: Circle
) -> str:
    """The other way for the office: to note what one of them said."""
    office = circle.workflow.office
    if action.verb not in HEARD or not any(r in office and office[r].files for r in plays):
        return ""
    theirs = (p.key for role in roles for p in circle.people if p.role == role not in office)
    key = next(theirs, "")
    return f" What you heard from there: --for {key} --heard {CHANNELS[0]}." if key else ""
