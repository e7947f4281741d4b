"""Acts as a test names them, by role alone, put into the mouths of the people of the case."""

from dataclasses import replace

from engine.decide.acts import action_of, roles_for
from engine.decide.permissions import Circle, circle_of, may
from engine.model.definition import SYSTEM
from engine.model.dossier import CaseId
from engine.model.outcomes import By
from engine.model.putting_right import Cause
from runtime.families import dossier_of
from runtime.use_cases.advance import Answer
from runtime.use_cases.advance import act as act_of
from runtime.wiring import Runtime
from storage.database.transactions import reading


def act(runtime: Runtime, case_id: CaseId, event: Cause, request: str | None = None) -> Answer:
    """The use case; a role stands for the main person of the case who plays it."""
    return act_of(runtime, case_id, spoken(runtime, case_id, event), request)


def spoken(runtime: Runtime, case_id: CaseId, event: Cause) -> Cause:
    """The event by a person; what is a side's to say, the office heard from there."""
    action = action_of(event)
    if action is None or event.by.role == SYSTEM:
        return event
    with reading(runtime.database) as session:
        dossier = dossier_of(runtime, session, case_id)
    circle = circle_of(runtime.workflow_of(dossier), dossier)
    by = _person(circle, event.by)
    if not may(circle.workflow, by, action):
        sides = [r for r in roles_for(circle.workflow, action) if r not in circle.workflow.office]
        said = next((p.key for r in sides for p in circle.people if p.role == r), "")
        by = replace(by, heard_from=said, heard_by="mail") if said else by
    return replace(event, by=by)


def _person(circle: Circle, by: By) -> By:
    if any(person.key == by.actor for person in circle.people):
        return by
    playing = (person.key for person in circle.people if person.role == by.role)
    return replace(by, actor=next(playing, by.actor))
