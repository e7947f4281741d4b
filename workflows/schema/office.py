"""The office of a programme and its partnerships as definition files declare them."""

from collections.abc import Mapping
from types import MappingProxyType

from engine.model.office import OfficeRole, derived
from engine.model.partnership import Partnership
from workflows.schema.workflow import WorkflowShape
from workflows.yaml.spot import Spot


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


def build_partnership(shape: WorkflowShape, spot: Spot) -> Partnership | None:
    declared = shape.partnership
    if declared is None:
        return None
    return Partnership(
        side=declared.side,
        asked_from=declared.asked_from,
        is_pair_from=declared.is_pair_from,
        ends=declared.ends,
        keeps=declared.keeps,
        rule=declared.rule,
        place=spot.at("partnership").place,
    )
