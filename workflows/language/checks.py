"""Checks as people write them: the name of the check, and behind it what is looked at first."""

from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from types import MappingProxyType
from typing import Annotated, Union, cast

from pydantic import (
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    create_model,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from engine.checks.vocabulary import CHECKS
from engine.suggestions import suggestion
from workflows.language.nodes import Node
from workflows.schema.checks import ANY_OF, parameters_of, parts_of, read_check
from workflows.schema.spelling import Listed, Shape, Some, Text

# Short for `is`, with one_of: [true] or one_of: [false].
_CLAIMS: Mapping[str, bool] = MappingProxyType({"is_true": True, "is_false": False})
_IS = "is"
KINDS = (*CHECKS, *_CLAIMS)


class OneCheck:
    """Annotation: a shape, once for every check, told apart by the check's name.

    The shapes are built when the first file is read.
    """

    def __init__(self, base: type[Shape], *, without: frozenset[str] = frozenset()) -> None:
        self._base = base
        self._kinds = tuple(name for name in KINDS if name not in without)

    def __get_pydantic_core_schema__(
        self, source: object, generate: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(self._read)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, generate: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        union = Union.__getitem__(tuple(_shape(self._base, name) for name in self._kinds))
        return generate(TypeAdapter(cast("type[object]", union)).core_schema)

    def _read(self, written: object, around: ValidationInfo) -> object:
        if not isinstance(written, dict):
            return self._base.model_validate(written)
        named = [name for name in written if name in self._kinds]
        if len(named) == 1:
            if named[0] != ANY_OF:
                with suppress(ValidationError):
                    return self._as_in_full(named[0], written, around.context)
            return _shape(self._base, named[0]).model_validate(written, context=around.context)
        raise ValueError(_which(written, named, self._base, list(self._kinds)))

    def _as_in_full(self, name: str, written: Mapping[str, object], context: object) -> object:
        """Read by the shapes of the full form: what is wrong with it these would say otherwise."""
        kind = _IS if name in _CLAIMS else name
        first, *others = (each.name for each in parameters_of(CHECKS[kind]))
        own = {name} if name in _CLAIMS else {name, *others}
        parts = {first if key == name else key: written[key] for key in own & written.keys()}
        claimed = {"one_of": [_CLAIMS[name]]} if name in _CLAIMS else {}
        beside = {key: each for key, each in written.items() if key not in own}
        self._base.model_validate(beside, context=context)
        return read_check(kind, {**parts, **claimed}, context)


def _which(
    written: dict[str, object], named: list[str], base: type[Shape], kinds: list[str]
) -> str:
    if named:
        return f"a check stands alone: keep one of {', '.join(named)}"
    strange = next((name for name in written if name not in base.model_fields), "")
    return (
        f"a check is written by its name, such as present: record.eoi: {suggestion(strange, kinds)}"
    )


def written_check(node: Node) -> dict[str, Node]:
    """A check in full: ``{present: record.eoi}`` is ``{check: present, of: record.eoi}``."""
    kind, first = next((name, each) for name, each in node.items() if name in KINDS)
    others = {name: each for name, each in node.items() if name != kind}
    name = Node(_IS if kind in _CLAIMS else kind, first.named, first.named)
    if kind in _CLAIMS:
        claimed = first.saying((first.saying(_CLAIMS[kind]),))
        return {"check": name, "of": first, "one_of": claimed, **others}
    if kind == ANY_OF:
        checks = tuple(each.saying(written_check(each)) for each in first.several())
        return {"check": name, "of": first.saying(checks), **others}
    return {"check": name, parameters_of(CHECKS[kind])[0].name: first, **others}


@cache
def _shape(base: type[Shape], name: str) -> type[Shape]:
    written: dict[str, object] = {name: (Text, ...)}
    if name in CHECKS:
        first, *_ = parameters_of(CHECKS[name])
        simple = {first.name: Some[Listed[_Simple]]} if name == ANY_OF else {}
        parts = parts_of(CHECKS[name], simple)
        spelling, _ = parts.pop(first.name)
        written = {name: (spelling, ...), **parts}
    return create_model(f"{base.__name__}:{name}", __base__=base, **written)  # type: ignore[call-overload, no-any-return]  # names come from the vocabulary


ShortCheck = Annotated[Shape, OneCheck(Shape)]
# The checks of any_of do not nest: what they lack is said in one line.
_Simple = Annotated[Shape, OneCheck(Shape, without=frozenset({ANY_OF}))]
