"""Classes of the model as definition files write them: each is written once, in the model."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields
from functools import cache, partial
from typing import get_args, get_origin, get_type_hints

from pydantic import Field, GetCoreSchemaHandler, ValidatorFunctionWrapHandler, create_model
from pydantic_core import CoreSchema, core_schema

from engine.model.texts import Key
from engine.places import Place
from workflows.schema.checks import spelt
from workflows.schema.spelling import Shape, Some
from workflows.yaml.spot import Part


class Form:
    """Annotation: a class of the model, read by a shape of the same parts and made at once.

    A part is spelt as its type says; a list that has to be there holds something. ``otherwise`` has
    the parts that are spelt in another way, and None for one that is never written.
    What a file leaves out is left to the class.
    """

    def __init__(self, base: type[Shape] = Shape, **otherwise: object) -> None:
        self.base = base
        self.otherwise = otherwise

    def __get_pydantic_core_schema__(
        self, source: type, generate: GetCoreSchemaHandler
    ) -> CoreSchema:
        inner = generate.generate_schema(_shape(self, source))
        return core_schema.no_info_wrap_validator_function(partial(_made, source), inner)


def shape_of(written: object) -> type[Shape]:
    """The shape of an annotated class, for whoever writes most of it and not all."""
    kind, form = get_args(written)
    return _shape(form, kind)


def _made(kind: type, written: object, read: ValidatorFunctionWrapHandler) -> object:
    shape = read(written)
    values = {name: getattr(shape, name) for name in shape.model_fields_set}
    if isinstance(written, Part):
        values |= {name: of(written) for name, of in _whereabouts(kind).items()}
    return kind(**values)


@cache
def _whereabouts(kind: type) -> Mapping[str, Callable[[Part], object]]:
    """What a part takes from where it stands: its name, and the place of that or of itself."""
    hints = get_type_hints(kind, include_extras=True)
    has_key = Key in hints.values()
    found: dict[object, Callable[[Part], object]] = {
        Key: lambda part: part.spot.path[-1],
        Place: lambda part: part.spot.named if has_key else part.spot.place,
    }
    return {name: found[hint] for name, hint in hints.items() if hint in found}


@cache
def _shape(form: Form, kind: type) -> type[Shape]:
    parts = dict(_parts(kind, {**dict.fromkeys(_whereabouts(kind)), **form.otherwise}))
    return create_model(f"{kind.__name__}Shape", __base__=form.base, **parts)  # type: ignore[call-overload, no-any-return]  # names come from the class


def _parts(
    kind: type, otherwise: Mapping[str, object]
) -> Iterator[tuple[str, tuple[object, object]]]:
    hints = get_type_hints(kind, include_extras=True)
    for part in fields(kind):
        hint = hints[part.name]
        spelling = otherwise[part.name] if part.name in otherwise else spelt(hint)
        if spelling is None:
            continue
        if part.default_factory is not MISSING:
            yield part.name, (spelling, Field(default_factory=part.default_factory))
        elif part.default is not MISSING:
            yield part.name, (spelling, part.default)
        else:
            if get_origin(hint) is tuple and part.name not in otherwise:
                spelling = Some[spelling]  # type: ignore[misc, valid-type]  # built at run time
            yield part.name, (spelling, ...)
