"""The office of a programme as definition files declare it."""

from collections.abc import Mapping
from types import MappingProxyType

from engine.model.office import OfficeRole, derived
from workflows.schema.workflow import WorkflowShape


def build_office(shape: WorkflowShape) -> Mapping[str, OfficeRole]:
    """The declared office; of a definition without one, the roles beside the sides that act."""
    if not shape.office:
        steps_by = frozenset(role for step in shape.transitions for role in step.by)
        office = {role.name: role for role in derived(shape.roles, tuple(shape.sides), steps_by)}
    else:
        office = {
            name: OfficeRole(name, each.runs, files=each.files == "any", above=each.above or "")
            for name, each in shape.office.items()
        }
    return MappingProxyType(office)
