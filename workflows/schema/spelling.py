"""How names, texts, lists, dates and values are spelt in definition files."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sized
from datetime import time
from types import MappingProxyType
from typing import Annotated, ClassVar, Literal, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    PlainValidator,
    Strict,
    ValidationError,
    model_validator,
)
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError, core_schema

from engine.errors import DefinitionError, quoted

S = TypeVar("S", bound=Sized)
T = TypeVar("T")

_LARGEST = 1_000_000

_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


class Shape(BaseModel):
    """A mapping of a definition file: only known keys, nothing converted, nothing left empty."""

    model_config = ConfigDict(defer_build=True, strict=True, extra="forbid", frozen=True)
    may_be_null: ClassVar[frozenset[str]] = frozenset()

    @model_validator(mode="before")
    @classmethod
    def _is_written(cls, content: object) -> object:
        """Refuse ``window:`` with nothing behind it: the lines below it are indented wrongly."""
        if not isinstance(content, dict):
            return content
        empty = [key for key, value in content.items() if value is None]
        lines = [_nothing(key) for key in empty if key not in cls.may_be_null]
        if lines:
            raise ValidationError.from_exception_data(cls.__name__, lines)
        return content


class Then:
    """Annotation: what a value still has to be, or what is made of it.

    Pydantic's AfterValidator looks up the signature of what it is given, anew wherever it stands:
    a tenth of the time in which the shapes are built.
    """

    def __init__(self, read: Callable[..., object]) -> None:
        self._read = read

    def __get_pydantic_core_schema__(
        self, source: object, generate: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._read, generate(source))


def _nothing(key: str) -> InitErrorDetails:
    message = "nothing is written here: write a value, or remove the line"
    return InitErrorDetails(type=PydanticCustomError("nothing", message), loc=(key,), input=None)


def matching(pattern: str, remedy: str) -> Callable[[str], str]:
    form = re.compile(pattern)

    def match(text: str) -> str:
        if form.fullmatch(text):
            return text
        raise ValueError(f"{quoted(text)} {remedy}")

    return match


def _filled(text: str) -> str:
    if text.strip():
        return text
    raise ValueError("the text is empty: write it, or remove the line")


def _some(values: S) -> S:
    if values:
        return values
    raise ValueError("nothing stands in it: write at least one, or remove the line")


def bounded(number: int) -> int:
    if 0 <= number <= _LARGEST:
        return number
    raise ValueError(f"{number} is out of bounds: write a whole number from 0 to {_LARGEST}")


def _one_or_more(number: int) -> int:
    if number:
        return number
    raise ValueError("0 is none at all: write 1 or more, or remove the line")


def once_each(names: tuple[str, ...]) -> tuple[str, ...]:
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise ValueError(f"{quoted(twice[0])} stands here twice: remove one")
    return names


def _single(value: object) -> object:
    if isinstance(value, dict | list):
        # Pydantic takes a ValueError for a refusal, and a TypeError for a fault of ours.
        raise ValueError("a single text, number, true or false should stand here")  # noqa: TRY004
    return value


def said(read: Callable[[object], T]) -> Callable[[object], T]:
    """The same reader, its refusals as pydantic expects them."""

    def reader(value: object) -> T:
        try:
            return read(value)
        except DefinitionError as error:
            raise ValueError(str(error)) from error

    return reader


def _clock(written: object) -> time:
    if isinstance(written, str) and _CLOCK.fullmatch(written):
        return time.fromisoformat(written)
    raise DefinitionError('a time of day is written in quotes, such as "08:00"')


# Letters of one alphabet only: no two names can look alike and differ.
Name = Annotated[
    str,
    Then(
        matching(
            r"[A-Za-z][A-Za-z0-9_]{0,59}",
            "is not a name: write letters a to z, digits and _, beginning with a letter",
        )
    ),
]
Id = Annotated[
    str,
    Then(matching(r"[A-Za-z][A-Za-z0-9_-]{0,59}", "is not an id: write such as F-08")),
]
LetterId = Annotated[
    str,
    Then(
        matching(
            r"[A-Za-z][A-Za-z0-9_-]{0,59}\.[A-Za-z0-9_]{1,60}",
            "is not a letter: write its name and stage, such as N-11.ask",
        )
    ),
]
Audience = Annotated[
    str,
    Then(
        matching(
            r"[A-Za-z][A-Za-z0-9_]{0,59}(\.team)?",
            "is not an audience: write a role, such as facilitator or aspiring.team, or whose_turn",
        )
    ),
]
Text = Annotated[str, Then(_filled)]
Listed = Annotated[tuple[T, ...], Strict(strict=False)]
Names = Annotated[Listed[Name], Then(once_each)]
Ids = Annotated[Listed[Id], Then(once_each)]
Texts = Annotated[Listed[Text], Then(once_each)]
Some = Annotated[S, Then(_some)]
Audiences = Annotated[Listed[Audience], Then(_some), Then(once_each)]
Whole = Annotated[int, Then(bounded)]
AtLeastOne = Annotated[Whole, Then(_one_or_more)]
Severity = Literal["info", "amber", "red"]

Single = Annotated[
    object, PlainValidator(_single, json_schema_input_type=str | int | float | bool | None)
]
Values = Annotated[Mapping[Name, Single], Then(MappingProxyType)]
Clock = Annotated[time, PlainValidator(said(_clock), json_schema_input_type=str)]


def freeze(value: object) -> object:
    """Plain values of a file as values nobody can change."""
    if isinstance(value, dict):
        return MappingProxyType({key: freeze(each) for key, each in value.items()})
    if isinstance(value, list):
        return tuple(freeze(each) for each in value)
    return value
