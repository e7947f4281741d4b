"""Classes of the model as definition files write them: each is written once, in the model."""

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Annotated, Generic, TypeVar, cast, get_args, get_type_hints

from pydantic import (
    GetCoreSchemaHandler,
    ValidatorFunctionWrapHandler,
    create_model,
)
from pydantic_core import CoreSchema, core_schema

from engine.model.texts import Key
from engine.places import Place
from workflows.schema.checks import (
    Asked,
    OneOfTheChecks,
    WithCheck,
    parts_of,
)
from workflows.schema.spelling import Shape, Then
from workflows.yaml.spot import Part, Spot

S = TypeVar("S")


class Form:
    """Annotation: a class of the model, read by a shape of the same parts and made at once.

    A part is spelt as its type says; ``otherwise`` has those that are spelt in another way, and
    None for one that is never written. What a file leaves out is left to the class.
    """

    def __init__(self, base: type[Shape] = Shape, **otherwise: object) -> None:
        self.base = base
        self.otherwise = otherwise

    def __get_pydantic_core_schema__(
        self, source: type, generate: GetCoreSchemaHandler
    ) -> CoreSchema:
        inner = generate.generate_schema(self.read_as(_shape(self, source)))
        return core_schema.no_info_wrap_validator_function(partial(self._made, source), inner)

    def read_as(self, shape: type[Shape]) -> object:
        return shape

    def parts(self, shape: Shape) -> dict[str, object]:
        """What was read, by the names of the parts."""
        return {name: getattr(shape, name) for name in shape.model_fields_set}

    def _made(self, kind: type, written: Part, read: ValidatorFunctionWrapHandler) -> object:
        parts = self.parts(read(written))
        return kind(**parts, **{name: of(written.spot) for name, of in _whereabouts(kind).items()})


class FormWithCheck(Form):
    """Annotation: the same of a class with a check, whose parameters stand beside its parts."""

    def __init__(self, **otherwise: object) -> None:
        super().__init__(WithCheck, check=None, **otherwise)

    def read_as(self, shape: type[Shape]) -> object:
        return Annotated[shape, OneOfTheChecks(cast("type[WithCheck]", shape))]

    def parts(self, shape: Shape) -> dict[str, object]:
        asked = cast("Asked", shape)
        return {**super().parts(asked.shape), "check": asked.check}


class BuiltOf(Generic[S]):
    """Annotation: a class of the model that a file writes in another form, and what builds it."""

    def __init__(self, read_as: type[S], build: Callable[[S, Spot], object]) -> None:
        self._read_as = read_as
        self._build = build

    def __get_pydantic_core_schema__(
        self, source: type, generate: GetCoreSchemaHandler
    ) -> CoreSchema:
        inner = generate.generate_schema(self._read_as)
        return core_schema.no_info_wrap_validator_function(self._built, inner)

    def _built(self, written: Part, read: ValidatorFunctionWrapHandler) -> object:
        return self._build(read(written), written.spot)


# Parts that a file writes by their names, and a class holds in their order.
InOrder = Then(lambda parts: tuple(parts.values()))


def shape_of(written: object) -> type[Shape]:
    """The shape of an annotated class, for whoever writes most of it and not all."""
    kind, form, *_ = get_args(written)
    return _shape(form, kind)


@cache
def _whereabouts(kind: type) -> Mapping[str, Callable[[Spot], object]]:
    """What a part takes from where it stands: its name, and the place of that or of itself."""
    hints = get_type_hints(kind, include_extras=True)
    has_key = Key in hints.values()
    found: dict[object, Callable[[Spot], object]] = {
        Key: lambda spot: spot.name,
        Place: lambda spot: spot.named if has_key else spot.place,
    }
    return {name: found[hint] for name, hint in hints.items() if hint in found}


@cache
def _shape(form: Form, kind: type) -> type[Shape]:
    parts = parts_of(kind, {**dict.fromkeys(_whereabouts(kind)), **form.otherwise})
    return create_model(f"{kind.__name__}Shape", __base__=form.base, **parts)  # type: ignore[call-overload, no-any-return]  # names come from the class
