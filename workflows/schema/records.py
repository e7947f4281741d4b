"""Records, their fields, and flags as definition files write them."""

from typing import Annotated, Literal, get_args

from pydantic import BeforeValidator, ConfigDict, GetCoreSchemaHandler
from pydantic.config import JsonDict
from pydantic_core import CoreSchema

from engine.model.definition import FlagType, RecordType
from engine.model.fields import Field
from engine.model.settings import Adapts
from workflows.schema.effects import Effects
from workflows.schema.form import Form, InOrder
from workflows.schema.spelling import Name, Shape, Some, Texts, Then
from workflows.yaml.spot import Part

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


class _Field(Shape):
    model_config = ConfigDict(json_schema_extra=_also_short)


class _Rows:
    """Annotation: the fields of each row, read as those of a record are."""

    def __get_pydantic_core_schema__(
        self, source: object, generate: GetCoreSchemaHandler
    ) -> CoreSchema:
        return generate.generate_schema(Some[_Fields])


def _in_full(written: object) -> object:
    """Fields as mappings, also those of which only the kind is said."""
    if not isinstance(written, Part):
        return written
    kinds = {name: each for name, each in written.items() if isinstance(each, str)}
    long = {name: Part({"kind": kind}, written.spot.at(name)) for name, kind in kinds.items()}
    return Part({**written, **long}, written.spot)


def _fits_its_kind(field: Field) -> Field:
    if (field.kind == "choice") != bool(field.choices):
        raise ValueError("choices belong to kind choice, and only to it")
    if (field.kind == "rows") != bool(field.rows):
        raise ValueError("rows: {field: kind} belongs to kind rows, and only to it")
    if field.among and field.kind not in _AMONG:
        raise ValueError(f"among belongs to {', '.join(sorted(_AMONG))}, whose words it names")
    bounds = [bound for bound in (field.at_least, field.at_most) if bound is not None]
    if bounds and field.kind not in _MEASURED:
        raise ValueError(f"at_least and at_most bound only {', '.join(sorted(_MEASURED))}")
    if (field.past or field.not_before) and field.kind != "date":
        raise ValueError("past and not_before belong to kind date, and only to it")
    if field.unique and field.unique not in [row.name for row in field.rows]:
        raise ValueError("unique names a field of its rows: no two of them say the same there")
    if bounds != sorted(bounds):
        raise ValueError("at_least is more than at_most: nothing could fit")
    return field


def _is_signed_by_somebody(record: RecordType) -> RecordType:
    if record.signed and not record.signatories:
        raise ValueError("signed: needs signatories, the roles that sign")
    if record.adapts is not None and record.fields:
        raise ValueError("what adapts a case holds what the engine reads: remove fields")
    return record


_FieldForm = Annotated[
    Field,
    Form(
        _Field,
        kind=Kind,
        choices=Some[Texts],
        at_least=float,
        at_most=float,
        rows=Annotated[object, _Rows()],
    ),
    Then(_fits_its_kind),
]
_Fields = Annotated[
    dict[Name, _FieldForm],
    BeforeValidator(_in_full),
    InOrder,
]
RecordForm = Annotated[
    RecordType,
    Form(
        fields=_Fields,
        effects=Effects,
        signed=Effects,
        survives=Annotated[Literal["rematch"], Then(bool)],
        adapts=Annotated[Adapts, Form()],
        ask=None,
    ),
    Then(_is_signed_by_somebody),
]
FlagTypeForm = Annotated[FlagType, Form(effects=Effects)]
