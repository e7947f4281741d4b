"""Transitions, their requirements, and watches as definition files write them."""

from typing import Annotated, Self, cast

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from engine.model.definition import RaiseFlag, Transition, Watch
from engine.model.requirement import Requirement
from workflows.schema.checks import Asked, OneOfTheChecks, WithCheck
from workflows.schema.effects import Effects
from workflows.schema.form import BuiltOf, Form, FormWithCheck
from workflows.schema.spelling import (
    Id,
    Ids,
    Listed,
    Name,
    Names,
    Severity,
    Shape,
    Some,
    Text,
    Then,
)
from workflows.yaml.spot import Spot

ANY_OPEN_STATE = "any_open_state"
PHASE = "phase "  # how a source begins that is all states of a phase, which no name does


class WatchShape(WithCheck):
    name: Name
    says: Text
    owner: Name
    remedy: Text
    rule: Ids = ()
    flag: Id
    severity: Severity | None = None
    filed: Names = ()
    left: Names = ()
    always: bool = False

    @model_validator(mode="after")
    def _is_looked_at(self) -> Self:
        if not (self.filed or self.left or self.always):
            raise ValueError(
                "when is it looked at? write filed: [...], left: [...] or always: true"
            )
        return self


def _watch(asked: Asked, spot: Spot) -> Watch:
    shape = cast("WatchShape", asked.shape)
    return Watch(
        requirement=Requirement(
            name=shape.name,
            check=asked.check,
            says=shape.says,
            owner=shape.owner,
            remedy=shape.remedy,
            rule=shape.rule,
            place=spot.place,
        ),
        flag=RaiseFlag(shape.flag, shape.severity, None, spot.place),
        filed=shape.filed,
        left=shape.left,
        always=shape.always,
        place=spot.place,
    )


def _may_be_waived_or_not(asked: Requirement) -> Requirement:
    if asked.waiver and asked.no_waiver:
        raise ValueError("waiver and no_waiver contradict each other: keep one")
    return asked


class FromPhase(Shape):
    phase: Name


# The tags stand in error paths only.
_Source = Annotated[
    Annotated[Name, Tag("<state>")]
    | Annotated[FromPhase, Then(lambda source: PHASE + source.phase), Tag("<phase>")],
    Discriminator(lambda written: "<phase>" if isinstance(written, dict) else "<state>"),
]


def _several(written: object) -> object:
    return written if isinstance(written, list) else [written]


_Sources = Annotated[
    Some[Listed[_Source]],
    BeforeValidator(_several, json_schema_input_type=_Source | list[_Source]),
    Field(alias="from"),
]
RequirementForm = Annotated[Requirement, FormWithCheck(), Then(_may_be_waived_or_not)]
TransitionForm = Annotated[
    Transition,
    Form(
        sources=_Sources,
        target=Annotated[Name, Field(alias="to")],
        requires=Listed[RequirementForm],
        effects=Effects,
    ),
]
WatchForm = Annotated[Watch, BuiltOf(Annotated[WatchShape, OneOfTheChecks(WatchShape)], _watch)]
