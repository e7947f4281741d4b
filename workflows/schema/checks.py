"""The checks of the vocabulary as definition files write them, shaped after their dataclasses."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import MISSING, Field, fields
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Annotated, Literal, NamedTuple, Union, cast, get_args, get_origin, get_type_hints

from pydantic import Field as Written
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
from engine.model import texts
from engine.model.check import Check
from engine.time.spans import Span
from engine.time.windows import DateRule
from workflows.schema.settings import FigureText, MeasureText, Rule, SpanText
from workflows.schema.spelling import (
    Audiences,
    Id,
    Ids,
    LetterId,
    Listed,
    Name,
    Names,
    Severity,
    Shape,
    Single,
    Some,
    Text,
    Then,
    Values,
)

# A part that is not written is not passed on, so what it is here is never seen.
_UNSEEN = Written(default_factory=NoneType)
ANY_OF = "any_of"  # the check that is made of others


class WithCheck(Shape):
    """What carries a check: its name and, beside it, its parameters."""

    check: str


class Asked(NamedTuple):
    """A check that was read, and the shape of what carries it."""

    shape: WithCheck
    check: Check


class OneOfTheChecks:
    """Annotation: the shape it stands on, once for every check, told apart by ``check``.

    What is right is read in two parts, so that the parameters of a check have one shape wherever
    they stand. Shapes of the whole are built for the first that is wrong: they say what.
    """

    def __init__(self, base: type[WithCheck], *, without: frozenset[str] = frozenset()) -> None:
        self._base = base
        self._without = without

    def __get_pydantic_core_schema__(
        self, source: object, generate: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(self._read)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, generate: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return generate(_shapes(self._base, self._without).core_schema)

    def _read(self, written: object, around: ValidationInfo) -> Asked | Check:
        content = written if isinstance(written, dict) else {}
        kind = content.get("check")
        if isinstance(kind, str) and kind in CHECKS and kind not in self._without:
            own = {each.name for each in parameters_of(CHECKS[kind])}
            with suppress(ValidationError):
                parts = {name: each for name, each in content.items() if name in own}
                beside = {name: each for name, each in content.items() if name not in own}
                shape = self._base.model_validate(beside, context=around.context)
                return Asked(shape, read_check(kind, parts, around.context))
        _shapes(self._base, self._without).validate_python(written, context=around.context)
        raise ValueError("no check is written like this")


class _CheckAlone(OneOfTheChecks):
    """Annotation: a mapping that is a check and nothing else, built at once."""

    def _read(self, written: object, around: ValidationInfo) -> Check:
        return cast("Asked", super()._read(written, around)).check


CheckValue = Annotated[Check, _CheckAlone(WithCheck)]
# The checks of any_of do not nest: what they lack is said in one line.
_SimpleCheck = Annotated[Check, _CheckAlone(WithCheck, without=frozenset({ANY_OF}))]


def read_check(name: str, written: Mapping[str, object], context: object) -> Check:
    """The check of this name; ValidationError where these are no parameters of it."""
    read = _parameters(name).model_validate(written, context=context)
    return CHECKS[name](**{part: getattr(read, part) for part in read.model_fields_set})


def parameters_of(kind: type[Check]) -> tuple[Field[object], ...]:
    return fields(kind)  # type: ignore[arg-type]  # every check of CHECKS is a dataclass


@cache
def _shapes(base: type[WithCheck], without: frozenset[str]) -> TypeAdapter[object]:
    shapes = tuple(_shape(base, name) for name in CHECKS if name not in without)
    union = Union.__getitem__(shapes)
    told_apart = Annotated[union, Written(discriminator="check")]  # type: ignore[valid-type]  # built at run time
    return TypeAdapter(cast("type[object]", told_apart))


@cache
def _parameters(name: str) -> type[Shape]:
    return create_model(name, __base__=Shape, **parts_of(CHECKS[name]))  # type: ignore[call-overload, no-any-return]  # names come from the vocabulary


@cache
def _shape(base: type[WithCheck], name: str) -> type[WithCheck]:
    written = {"check": (Literal[name], ...), **parts_of(CHECKS[name])}
    title = f"{base.__name__}:{name}"
    return create_model(title, __base__=base, **written)  # type: ignore[call-overload, no-any-return]  # names come from the vocabulary


def parts_of(
    kind: type[object], otherwise: Mapping[str, object] = MappingProxyType({})
) -> dict[str, tuple[object, object]]:
    """The parts of a class as a shape has them, each with how it is written.

    None are those that ``otherwise`` says are never written.
    """
    hints = get_type_hints(kind, include_extras=True)
    parts: dict[str, tuple[object, object]] = {}
    for part in fields(kind):  # type: ignore[arg-type]  # a dataclass
        spelling = otherwise[part.name] if part.name in otherwise else spelt(hints[part.name])
        required = part.default is MISSING and part.default_factory is MISSING
        if spelling is not None:
            parts[part.name] = (spelling, ... if required else _UNSEEN)
    if strange := otherwise.keys() - hints.keys():
        raise TypeError(f"{kind.__name__} has no part {', '.join(sorted(strange))}")
    return parts


def spelt(hint: object) -> object:
    """How a value of this type is written."""
    if hint in _SPELLINGS:
        return _SPELLINGS[hint]
    if get_origin(hint) is Mapping:
        key, value = map(spelt, get_args(hint))
        return Annotated[dict[key, value], Then(MappingProxyType)]  # type: ignore[valid-type]  # built at run time
    if get_origin(hint) in (Union, UnionType) and NoneType in get_args(hint):
        given = tuple(each for each in get_args(hint) if each is not NoneType)
        return spelt(Union[given])  # noqa: UP007 - built at run time
    raise TypeError(f"no way to write a parameter of type {hint}; add it to _SPELLINGS")


_SPELLINGS: Mapping[object, object] = {
    str: Text,
    texts.Name: Name,
    texts.Id: Id,
    texts.LetterId: LetterId,
    texts.Severity: Severity,
    texts.Names: Names,
    texts.SomeNames: Some[Names],
    texts.Ids: Ids,
    texts.Audiences: Audiences,
    int: FigureText,
    float: MeasureText,
    bool: bool,
    tuple[str, ...]: Some[Names],
    tuple[object, ...]: Some[Listed[Single]],
    tuple[Check, ...]: Some[Listed[_SimpleCheck]],
    Mapping[str, object]: Values,
    Span: SpanText,
    DateRule: Rule,
    Check: CheckValue,
}
