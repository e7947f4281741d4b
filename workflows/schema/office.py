"""The office of a definition: declared, or followed from its steps."""

from collections.abc import Mapping
from types import MappingProxyType

from engine.model.office import OfficeRole, derived
from workflows.schema.workflow import WorkflowShape


def office_of(shape: WorkflowShape) -> Mapping[str, OfficeRole]:
    """The declared office; of a definition without one, the roles beside the sides that act."""
    if shape.office:
        return MappingProxyType(shape.office)
    steps_by = frozenset(role for step in shape.transitions for role in step.by)
    found = derived(shape.roles, tuple(shape.sides), steps_by)
    return MappingProxyType({role.name: role for role in found})
