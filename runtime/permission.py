"""The leave of a person for what they want to do, asked of ``can`` before anything is decided.

ProjectError
├── NobodyNamedError   no person is named, and none can be meant
└── NotEntitledError   somebody may not do it; the message says who may, and how to ask them
"""

from dataclasses import replace
from typing import TypeVar

from engine.decide.acts import DECIDED, Action, Verb, action_of, roles_for
from engine.decide.permissions import Allowed, Circle, can, circle_of, nearest
from engine.errors import ProjectError
from engine.letters.absences import standing_in
from engine.model.definition import SYSTEM
from engine.model.dossier import CaseId, Person
from engine.model.family import Family
from engine.model.outcomes import By, Unmet
from engine.model.putting_right import Cause
from runtime.wiring import Runtime
from storage.database.transactions import Session
from storage.directory import directory, roles
from storage.directory.roles import Role

C = TypeVar("C", bound=Cause)


class NobodyNamedError(ProjectError):
    """No person is named, and none can be meant."""


class NotEntitledError(ProjectError):
    """Somebody may not do what they want to do."""


def entitled(session: Session, runtime: Runtime, family: Family, event: C, on: CaseId) -> C | Unmet:
    """The event with the role its person acts in, or why it is not theirs to cause."""
    action = action_of(event)
    if action is None or event.by.role == SYSTEM:
        return event
    dossier = family.whole(on)
    circle = circle_of(runtime.workflow_of(dossier), dossier)
    # While somebody is away, whoever was named to answer for them may do what they may.
    deputies = standing_in(dossier, runtime.clock())
    circle = replace(circle, people=(*circle.people, *deputies)) if deputies else circle
    by = leave(session, runtime, event.by, action, circle)
    return by if isinstance(by, Unmet) else replace(event, by=by)


def leave(session: Session, runtime: Runtime, by: By, action: Action, circle: Circle) -> By | Unmet:
    """Who acts, with the role that allows it. NotFoundError: there is no such person."""
    if by.role == SYSTEM:
        return by
    named = _named(runtime, by, circle)
    if action.verb in DECIDED and not roles_for(circle.workflow, action):
        # What does not exist, or nobody may do: the decision itself says what is wrong.
        return replace(named, role=nearest(named, circle))
    answer = can(named, action, circle)
    if isinstance(answer, Allowed):
        return replace(named, role=answer.role, heard_as=answer.heard_as)
    for key in (named.actor, named.heard_from):
        if key and all(person.key != key for person in circle.people):
            directory.person(session, key)
    return answer


def leave_of_office(session: Session, runtime: Runtime, by: By, verb: Verb) -> By:
    """The same for what is about no case: NotEntitledError says who may."""
    if by.role == SYSTEM:
        return by
    answer = leave(session, runtime, by, Action(verb), office_circle(session, runtime))
    if isinstance(answer, Unmet):
        raise NotEntitledError(f"{answer.detail}. {answer.says} {answer.remedy}")
    return answer


def leave_to_give(
    session: Session, runtime: Runtime, by: By, wanted: tuple[str, ...], key: str
) -> None:
    """A role of the office is given by who holds it or stands above; NotEntitledError says who.

    Who plays it in the whole programme already is given nothing.
    """
    circle = office_circle(session, runtime)
    held = {person.role for person in circle.people if person.key == key}
    for role in wanted:
        if role not in circle.workflow.office or role in held:
            continue
        answer = leave(session, runtime, by, Action(Verb.GIVE, role), circle)
        if isinstance(answer, Unmet):
            raise NotEntitledError(f"{answer.detail}. {answer.says} {answer.remedy}")


def office_circle(session: Session, runtime: Runtime) -> Circle:
    """Everybody with a role in the whole programme, by the workflow that people start."""
    root = runtime.programme.workflows[runtime.programme.root]
    playing = (role for role in roles.roles(session, None) if role.ends_on is None)
    people = (_playing(session, role) for role in playing)
    ordered = sorted(people, key=lambda person: (not person.main, person.id))
    return Circle(root, tuple(ordered), "in the whole programme")


def _playing(session: Session, role: Role) -> Person:
    contact = directory.person(session, role.person)
    return Person(
        id=contact.id,
        name=contact.name,
        email=contact.email,
        role=role.role,
        main=role.main,
        key=contact.key,
        general=True,
    )


def _named(runtime: Runtime, by: By, circle: Circle) -> By:
    """Who is meant: in a rehearsal, which reaches nobody, whoever runs it when nobody is named."""
    if by.actor:
        return by
    if runtime.rehearsal:
        wanted = (by.role,) if by.role else (circle.workflow.runs, *circle.workflow.office)
        meant = (person for role in wanted for person in circle.people if person.role == role)
        for person in meant:
            return replace(by, actor=person.key, role=person.role)
    if not circle.people:
        raise NobodyNamedError(
            "nobody is entered yet: pairing person first KEY --set name=... --set email=..."
        )
    raise NobodyNamedError(
        "nobody is named who acts: add --by PERSON or set PAIRING_PERSON; "
        "pairing person list shows the keys"
    )
