"""The office of a definition: declared, or followed from its steps."""

from collections.abc import Mapping
from types import MappingProxyType

from engine.model.definition import Workflow
from engine.model.office import OfficeRole, derived


def office_of(workflow: Workflow) -> Mapping[str, OfficeRole]:
    """The declared office; of a definition without one, the roles beside the sides that act."""
    if workflow.office:
        return workflow.office
    steps_by = frozenset(role for step in workflow.transitions for role in step.by)
    found = derived(workflow.roles, workflow.sides, steps_by)
    return MappingProxyType({role.name: role for role in found})
