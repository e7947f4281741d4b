"""Effects as definition files write them, told apart by their first word."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Discriminator, Field, Tag, model_validator

from engine.model.check import Check
from engine.model.definition import Effect, Notify, OpenCase, RaiseFlag, SetFact, Tell
from workflows.schema.checks import CheckValue
from workflows.schema.spelling import (
    Audiences,
    Id,
    LetterId,
    Listed,
    Name,
    Severity,
    Shape,
    Single,
    Text,
    Values,
)
from workflows.yaml.spot import Spot


def _no_facts() -> Mapping[str, object]:
    return MappingProxyType({})


class NotifyShape(Shape):
    notify: LetterId
    to: Audiences
    when: CheckValue | None = None


class OpenShape(Shape):
    open: Name
    facts: Values = Field(default_factory=_no_facts)
    under_parent: bool = False
    when: CheckValue | None = None


class TellShape(Shape):
    tell: Name
    children: Name | None = None
    parent: Literal[True] | None = None
    when: CheckValue | None = None

    @model_validator(mode="after")
    def _is_addressed(self) -> Self:
        if (self.children is None) == (self.parent is None):
            raise ValueError(
                "tell whom? write children: all, children: a workflow, or parent: true"
            )
        return self


class SetShape(Shape):
    may_be_null: ClassVar[frozenset[str]] = frozenset({"value"})
    set: Name
    value: Single = None
    path: Text | None = Field(default=None, alias="from")
    when: CheckValue | None = None

    @model_validator(mode="after")
    def _has_one_source(self) -> Self:
        if ("value" in self.model_fields_set) == (self.path is not None):
            raise ValueError("set to what? write value: ..., or from: a path, and not both")
        return self


class FlagShape(Shape):
    flag: Id
    severity: Severity | None = None
    cause: Text = ""
    when: CheckValue | None = None


# The tags stand in error paths only; they must not be keys of an effect.
_TAGS: Mapping[str, str] = {
    "notify": "<letter>",
    "open": "<case>",
    "tell": "<trigger>",
    "set": "<fact>",
    "flag": "<flag>",
}


def _kind(written: object) -> str | None:
    if not isinstance(written, dict):
        return None
    return next((tag for word, tag in _TAGS.items() if word in written), None)


EffectShape = NotifyShape | OpenShape | TellShape | SetShape | FlagShape
EffectShapes = Listed[
    Annotated[
        Annotated[NotifyShape, Tag("<letter>")]
        | Annotated[OpenShape, Tag("<case>")]
        | Annotated[TellShape, Tag("<trigger>")]
        | Annotated[SetShape, Tag("<fact>")]
        | Annotated[FlagShape, Tag("<flag>")],
        Discriminator(
            _kind,
            custom_error_type="effect",
            custom_error_message="an effect begins with one of notify, open, tell, set, flag",
        ),
    ]
]


def build_effects(shapes: tuple[EffectShape, ...], spot: Spot) -> tuple[Effect, ...]:
    return tuple(_effect(shape, spot.at(number)) for number, shape in enumerate(shapes))


def _effect(shape: EffectShape, spot: Spot) -> Effect:
    when: Check | None = shape.when
    match shape:
        case NotifyShape():
            return Notify(shape.notify, shape.to, when, spot.place)
        case OpenShape():
            return OpenCase(shape.open, shape.facts, shape.under_parent, when, spot.place)
        case TellShape():
            children = None if shape.children == "all" else shape.children
            return Tell(shape.tell, children, bool(shape.parent), when, spot.place)
        case SetShape():
            return SetFact(shape.set, shape.value, shape.path, when, spot.place)
        case FlagShape():
            return RaiseFlag(shape.flag, shape.severity, when, spot.place, shape.cause)
