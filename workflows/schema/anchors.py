"""Anchors as definition files write them: a source of a date, the first or latest of several."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Self

from pydantic import model_validator

from engine.errors import quoted
from engine.time.windows import Anchor, Source
from workflows.schema.form import BuiltOf
from workflows.schema.spelling import Listed, Shape, Some, Text, Values
from workflows.yaml.spot import Spot

_NAME = r"[A-Za-z][A-Za-z0-9_]*"
# How many names a source is made of: record.field, workflow.fact, record.list.field.
_PARTS: Mapping[str, tuple[int, str]] = {
    "entered": (1, "a state"),
    "actual": (2, "record.field"),
    "planned": (2, "record.field"),
    "agreed": (2, "meeting.begins or meeting.ends"),
    "forecast": (1, "a state"),
    "ends": (1, "a state"),
    "fact": (1, "a fact of the case"),
    "child": (2, "workflow.fact"),
    "parent": (1, "an anchor of the parent"),
    "earliest": (3, "record.list.field"),
}
_NOTHING: Mapping[str, object] = MappingProxyType({})


class SourceShape(Shape):
    entered: Text | None = None
    actual: Text | None = None
    planned: Text | None = None
    agreed: Text | None = None
    forecast: Text | None = None
    ends: Text | None = None
    fact: Text | None = None
    child: Text | None = None
    parent: Text | None = None
    earliest: Text | None = None
    without: Values | None = None

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        problem = self.problem()
        if problem:
            raise ValueError(problem)
        return self

    def problem(self) -> str:
        """What is wrong with it, nothing when it is one source spelt as it should be."""
        kinds = self.kinds()
        if len(kinds) != 1:
            return f"a date comes from exactly one of {', '.join(_PARTS)}"
        count, form = _PARTS[kinds[0]]
        written = str(getattr(self, kinds[0]))
        if not re.fullmatch(rf"{_NAME}(\.{_NAME}){{{count - 1}}}", written):
            return f"{kinds[0]} names {form}, not {quoted(written)}"
        if self.without is not None and kinds[0] != "earliest":
            return "without belongs to earliest, and only to it"
        return ""

    def kinds(self) -> list[str]:
        return [kind for kind in _PARTS if kind in self.model_fields_set]


class AnchorShape(SourceShape):
    first_of: Some[Listed[SourceShape]] | None = None
    latest_of: Some[Listed[SourceShape]] | None = None

    def problem(self) -> str:
        if self.first_of is None and self.latest_of is None:
            return super().problem()
        if len(self.model_fields_set) > 1:
            return "first_of or latest_of stands alone: move the rest into its list"
        return ""


def _anchor(shape: AnchorShape, spot: Spot) -> Anchor:
    several = shape.first_of or shape.latest_of or (shape,)
    sources = tuple(_source(each) for each in several)
    return Anchor(spot.name, sources, latest=shape.latest_of is not None, place=spot.named)


def _source(shape: SourceShape) -> Source:
    kind = shape.kinds()[0]
    return Source(kind, str(getattr(shape, kind)), shape.without or _NOTHING)


AnchorForm = Annotated[Anchor, BuiltOf(AnchorShape, _anchor)]
