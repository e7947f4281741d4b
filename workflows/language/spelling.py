"""How single values are written in the language: one or several names, fields, days of rungs."""

from typing import Annotated, TypeVar, get_args

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag, ValidationInfo

from engine.suggestions import suggestion
from workflows.schema.records import Kind
from workflows.schema.settings import rule_of, span_of
from workflows.schema.spelling import (
    Audiences,
    Ids,
    LetterId,
    Listed,
    Name,
    Names,
    Shape,
    Some,
    Text,
    Texts,
)

EACH = "each"  # in a group: what holds for all of it
EVERY = " every "  # in the day of a rung: P5D every P14D
PAST_DAY = "past_day"  # a date of what has happened
_OPTIONAL = "optional "
KINDS = (*get_args(Kind), PAST_DAY)

T = TypeVar("T")


def _listed(written: object) -> object:
    return [written] if isinstance(written, str) else written


# A single name needs no brackets.
OneOrMore = Annotated[Names, BeforeValidator(_listed, json_schema_input_type=str | list[str])]
Rules = Annotated[Ids, BeforeValidator(_listed, json_schema_input_type=str | list[str])]
PathOrMore = Annotated[Texts, BeforeValidator(_listed, json_schema_input_type=str | list[str])]
Stages = Annotated[
    Some[Listed[LetterId]], BeforeValidator(_listed, json_schema_input_type=str | list[str])
]
Readers = Annotated[Audiences, BeforeValidator(_listed, json_schema_input_type=str | list[str])]


def a_group(members: dict[str, T]) -> dict[str, T]:
    """Things by name, and under `each` what holds for all of them."""
    if set(members) == {EACH}:
        raise ValueError("each holds for nothing here: name what belongs to the group")
    if isinstance(members[EACH], tuple):
        # Pydantic takes a ValueError for a refusal.
        raise ValueError("each is one mapping, not a list: write what holds for all")  # noqa: TRY004
    return members


def kind_of(written: str) -> tuple[str, bool]:
    """What a field holds, and whether it may be left out: `optional text`."""
    return written.removeprefix(_OPTIONAL), written.startswith(_OPTIONAL)


def day_of(written: str) -> tuple[str, str]:
    """The day of a rung, and how often it comes again; nothing when it does not."""
    day, _, every = written.partition(EVERY)
    return day, every


def _known_kind(written: str) -> str:
    kind, _ = kind_of(written)
    if kind in KINDS:
        return written
    raise ValueError(f'no field holds "{kind}": {suggestion(kind, list(KINDS))}')


def _readable(written: str, around: ValidationInfo) -> str:
    day, every = day_of(written)
    rule_of(day, around)
    if every:
        span_of(every, around)
    return written


KindText = Annotated[str, AfterValidator(_known_kind)]
RungText = Annotated[str, AfterValidator(_readable)]


class LongField(Shape):
    """A field that is more than its kind: bounded, chosen from, or a table of rows."""

    kind: KindText | None = None
    optional: bool = False
    choices: Some[Texts] | None = None
    among: Text | None = None
    at_least: float | None = None
    at_most: float | None = None
    not_before: Name | None = None
    rows: dict[Name, "FieldText"] | None = None
    unique: Name | None = None


def _form_of(written: object) -> str:
    if isinstance(written, dict):
        return "<field>"
    return "<choices>" if isinstance(written, list) else "<kind>"


# The tags stand in error paths only.
FieldText = Annotated[
    Annotated[KindText, Tag("<kind>")]
    | Annotated[Some[Texts], Tag("<choices>")]
    | Annotated[LongField, Tag("<field>")],
    Discriminator(_form_of),
    Field(description="a kind such as text, a list of choices, or a mapping with rows"),
]
