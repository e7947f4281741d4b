"""Effects as people write them: a letter goes to its own readers unless others are named."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Annotated, Union, cast

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, TypeAdapter, create_model
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from workflows.language.checks import ShortCheck, written_check
from workflows.language.nodes import Node
from workflows.language.scope import Scope
from workflows.language.spelling import Readers
from workflows.schema.effects import FlagForm, NotifyForm, OpenForm, SetForm, TellForm
from workflows.schema.form import shape_of
from workflows.schema.spelling import Listed, Shape

_FORMS: Mapping[str, object] = MappingProxyType(
    {"notify": NotifyForm, "open": OpenForm, "tell": TellForm, "set": SetForm, "flag": FlagForm}
)

WORDS = tuple(_FORMS)


class _OneEffect:
    """Annotation: one of the effects, told apart by its first word."""

    def __get_pydantic_core_schema__(
        self, source: object, generate: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(_read)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, generate: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        union = Union.__getitem__(tuple(shape_of_effect(word) for word in WORDS))
        return generate(TypeAdapter(cast("type[object]", union)).core_schema)


EffectTexts = Listed[Annotated[object, _OneEffect()]]


def written_effects(node: Node, scope: Scope) -> Node:
    """Effects in full, each letter with its readers."""
    return node.saying(tuple(_written(each, scope) for each in node.several()))


def _written(node: Node, scope: Scope) -> Node:
    parts = dict(node.items())
    if "when" in parts:
        parts["when"] = parts["when"].saying(written_check(parts["when"]))
    if "to" in parts:
        parts["to"] = parts["to"].listed()
    elif "notify" in parts and (readers := scope.readers_of(parts["notify"])):
        parts["to"] = readers
    return node.saying(parts)


def _read(written: object) -> object:
    words = [word for word in WORDS if word in written] if isinstance(written, dict) else []
    if not words:
        raise ValueError(f"an effect begins with one of {', '.join(WORDS)}")
    return shape_of_effect(words[0]).model_validate(written)


@cache
def shape_of_effect(word: str) -> type[Shape]:
    base = shape_of(_FORMS[word])
    parts: dict[str, object] = {"when": (ShortCheck | None, None)}
    if "to" in base.model_fields:
        parts["to"] = (Readers | None, None)
    return create_model(base.__name__, __base__=base, **parts)  # type: ignore[call-overload, no-any-return]  # the parts are fields
