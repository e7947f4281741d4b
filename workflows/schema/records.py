"""Records, their fields, and flags as definition files write them."""

from types import MappingProxyType
from typing import Literal, Self, get_args

from pydantic import ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from engine.model.definition import FlagType, RecordType
from engine.model.fields import Field as RecordField
from engine.model.settings import Adapts
from workflows.schema.checks import CheckValue
from workflows.schema.effects import EffectShapes, build_effects
from workflows.schema.spelling import (
    Audiences,
    Ids,
    LetterId,
    Name,
    Names,
    Severity,
    Shape,
    Some,
    Text,
    Texts,
)
from workflows.yaml.spot import Spot

_MEASURED = frozenset({"number", "whole", "list", "rows"})  # kinds that at_least and at_most bound
_AMONG = frozenset({"text", "list", "number"})  # kinds whose words may come from elsewhere
Kind = Literal[
    "text",
    "number",
    "whole",
    "date",
    "moment",
    "yes_no",
    "choice",
    "list",
    "rows",
    "person",
    "file",
    "version",
    "country",
]


def _also_short(schema: JsonDict) -> None:
    """Let editors accept ``name: kind`` beside the long form."""
    long: JsonDict = dict(schema)
    schema.clear()
    schema["anyOf"] = [{"enum": [*get_args(Kind)]}, long]


class FieldShape(Shape):
    model_config = ConfigDict(json_schema_extra=_also_short)

    kind: Kind
    optional: bool = False
    choices: Some[Texts] | None = None
    among: Text | None = None
    at_least: float | None = None
    at_most: float | None = None
    past: bool = False
    not_before: Name | None = None
    rows: Some[dict[Name, "FieldShape"]] | None = None
    unique: Name | None = None

    @model_validator(mode="before")
    @classmethod
    def _in_full(cls, written: object) -> object:
        return {"kind": written} if isinstance(written, str) else written

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        if (self.kind == "choice") != (self.choices is not None):
            raise ValueError("choices belong to kind choice, and only to it")
        if (self.kind == "rows") != (self.rows is not None):
            raise ValueError("rows: {field: kind} belongs to kind rows, and only to it")
        if self.among is not None and self.kind not in _AMONG:
            raise ValueError(f"among belongs to {', '.join(sorted(_AMONG))}, whose words it names")
        bounds = [bound for bound in (self.at_least, self.at_most) if bound is not None]
        if bounds and self.kind not in _MEASURED:
            raise ValueError(f"at_least and at_most bound only {', '.join(sorted(_MEASURED))}")
        if (self.past or self.not_before is not None) and self.kind != "date":
            raise ValueError("past and not_before belong to kind date, and only to it")
        if self.unique is not None and self.unique not in (self.rows or {}):
            raise ValueError("unique names a field of its rows: no two of them say the same there")
        if bounds != sorted(bounds):
            raise ValueError("at_least is more than at_most: nothing could fit")
        return self


class AdaptsShape(Shape):
    """What may be written to others in one case: the letters, with their readers."""

    letters: dict[LetterId, Audiences] = Field(default_factory=dict)


class RecordShape(Shape):
    title: Text
    by: Some[Names]
    readers: Names = ()
    fields: dict[Name, FieldShape] = Field(default_factory=dict)
    signatories: Names = ()
    effects: EffectShapes = ()
    signed: EffectShapes = ()
    contact: bool = False
    after_end: bool = False
    survives: Literal["rematch"] | None = None
    adapts: AdaptsShape | None = None
    rule: Ids = ()

    @model_validator(mode="after")
    def _is_signed_by_somebody(self) -> Self:
        if self.signed and not self.signatories:
            raise ValueError("signed: needs signatories, the roles that sign")
        if self.adapts is not None and self.fields:
            raise ValueError("what adapts a case holds what the engine reads: remove fields")
        return self


class FlagTypeShape(Shape):
    title: Text
    severity: Severity
    hidden_from: Names = ()
    effects: EffectShapes = ()
    until: CheckValue | None = None
    rule: Ids = ()


def build_record(name: str, shape: RecordShape, spot: Spot) -> RecordType:
    return RecordType(
        name=name,
        title=shape.title,
        by=shape.by,
        readers=shape.readers,
        fields=_fields(shape.fields, spot.at("fields")),
        signatories=shape.signatories,
        effects=build_effects(shape.effects, spot.at("effects")),
        signed=build_effects(shape.signed, spot.at("signed")),
        contact=shape.contact,
        after_end=shape.after_end,
        survives=shape.survives == "rematch",
        adapts=Adapts(MappingProxyType(shape.adapts.letters)) if shape.adapts is not None else None,
        rule=shape.rule,
        place=spot.named,
    )


def build_flag(name: str, shape: FlagTypeShape, spot: Spot) -> FlagType:
    effects = build_effects(shape.effects, spot.at("effects"))
    told = (shape.hidden_from, effects, shape.until, shape.rule)
    return FlagType(name, shape.title, shape.severity, *told, spot.named)


def _fields(shapes: dict[str, FieldShape], spot: Spot) -> tuple[RecordField, ...]:
    return tuple(_field(name, shape, spot.at(name)) for name, shape in shapes.items())


def _field(name: str, shape: FieldShape, spot: Spot) -> RecordField:
    return RecordField(
        name=name,
        kind=shape.kind,
        optional=shape.optional,
        choices=shape.choices or (),
        among=shape.among or "",
        at_least=shape.at_least,
        at_most=shape.at_most,
        past=shape.past,
        not_before=shape.not_before or "",
        rows=_fields(shape.rows or {}, spot.at("rows")),
        unique=shape.unique or "",
        place=spot.named,
    )
