"""Transitions, their requirements, and watches as definition files write them."""

from dataclasses import replace
from typing import Annotated, Self

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from engine.model.definition import RaiseFlag, Transition, Watch
from engine.model.requirement import Requirement
from workflows.schema.checks import OneOfTheChecks, WithCheck, build_check
from workflows.schema.effects import Effects
from workflows.schema.spelling import Id, Ids, Listed, Name, Names, Severity, Shape, Some, Text
from workflows.yaml.spot import Spot

ANY_OPEN_STATE = "any_open_state"


class AskingShape(WithCheck):
    """What a requirement and a watch have in common; the parameters of the check stand beside."""

    name: Name
    says: Text
    owner: Name
    remedy: Text
    rule: Ids = ()


class RequirementShape(AskingShape):
    waiver: Some[Names] | None = None
    no_waiver: Text | None = None
    warns: bool = False
    flag: Id | None = None

    @model_validator(mode="after")
    def _may_be_waived_or_not(self) -> Self:
        if self.waiver is not None and self.no_waiver is not None:
            raise ValueError("waiver and no_waiver contradict each other: keep one")
        return self


class WatchShape(AskingShape):
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


class FromPhase(Shape):
    phase: Name


# The tags stand in error paths only.
_Source = Annotated[
    Annotated[Name, Tag("<state>")] | Annotated[FromPhase, Tag("<phase>")],
    Discriminator(lambda written: "<phase>" if isinstance(written, dict) else "<state>"),
]


def _several(written: object) -> object:
    return written if isinstance(written, list) else [written]


_Sources = Annotated[
    Some[Listed[_Source]],
    BeforeValidator(_several, json_schema_input_type=_Source | list[_Source]),
]


class TransitionShape(Shape):
    trigger: Name
    title: Text
    rule: Ids = ()
    sources: _Sources = Field(alias="from")
    target: Name = Field(alias="to")
    by: Some[Names]
    requires: Listed[Annotated[RequirementShape, OneOfTheChecks(RequirementShape)]] = ()
    effects: Effects = ()


WatchShapes = Listed[Annotated[WatchShape, OneOfTheChecks(WatchShape)]]


def build_transition(shape: TransitionShape, sources: tuple[str, ...], spot: Spot) -> Transition:
    return Transition(
        trigger=shape.trigger,
        title=shape.title,
        sources=sources,
        target=shape.target,
        by=shape.by,
        requires=tuple(
            _requirement(each, spot.at("requires", number))
            for number, each in enumerate(shape.requires)
        ),
        effects=shape.effects,
        rule=shape.rule,
        place=spot.place,
    )


def build_watch(shape: WatchShape, spot: Spot) -> Watch:
    return Watch(
        requirement=_asked(shape, spot),
        flag=RaiseFlag(shape.flag, shape.severity, None, spot.place),
        filed=shape.filed,
        left=shape.left,
        always=shape.always,
        place=spot.place,
    )


def _requirement(shape: RequirementShape, spot: Spot) -> Requirement:
    return replace(
        _asked(shape, spot),
        waiver=shape.waiver or (),
        no_waiver=shape.no_waiver or "",
        warns=shape.warns,
        flag=shape.flag,
    )


def _asked(shape: AskingShape, spot: Spot) -> Requirement:
    return Requirement(
        name=shape.name,
        check=build_check(shape),
        says=shape.says,
        owner=shape.owner,
        remedy=shape.remedy,
        rule=shape.rule,
        place=spot.place,
    )
