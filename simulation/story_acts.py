"""The acts of a rehearsal's story as its file writes them, told apart by their first word."""

from abc import abstractmethod
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated

from pydantic import AfterValidator, Discriminator, Field, PlainValidator, Tag

from engine.errors import DefinitionError
from engine.time.spans import Span
from simulation.story import (
    Act,
    Assign,
    Deed,
    File,
    Learn,
    Move,
    Pull,
    Raise,
    Sign,
    Waive,
    Word,
)
from simulation.story_words import read_word
from workflows.schema.spelling import Id, Listed, Name, Rule, Severity, Shape, SpanText, Text, said
from workflows.yaml.spot import Spot


def _word(written: object) -> Word:
    if not isinstance(written, str):
        raise DefinitionError("a day is written such as =target + P14D")
    return read_word(written)


def _spoken(value: object) -> object:
    """Words out of their text, and values nobody can change."""
    if isinstance(value, dict):
        return MappingProxyType({name: _spoken(each) for name, each in value.items()})
    if isinstance(value, list):
        return tuple(_spoken(each) for each in value)
    if isinstance(value, str) and value.startswith("="):
        try:
            return read_word(value)
        except DefinitionError as error:
            raise ValueError(str(error)) from error
    return value


def _mapped(value: Mapping[str, object]) -> Mapping[str, object]:
    spoken = _spoken(dict(value))
    return spoken if isinstance(spoken, Mapping) else {}


def _nothing() -> Mapping[str, object]:
    return MappingProxyType({})


Content = Annotated[Mapping[Name, object], AfterValidator(_mapped)]
WordText = Annotated[Word, PlainValidator(said(_word), json_schema_input_type=str)]


class _Act(Shape):
    by: Name
    at: Rule | None = None
    within: SpanText | None = None
    after: Listed[Name] | None = None
    only: Listed[Name] = ()
    unless: Listed[Name] = ()
    once: bool = False
    name: Name | None = Field(default=None, alias="as")

    @property
    def called(self) -> str:
        return self.name or self._own_name()

    @abstractmethod
    def _own_name(self) -> str:
        """What the act is called when the file gives it no name."""

    @abstractmethod
    def deed(self) -> Deed:
        """What is done, as the story holds it."""


class FileShape(_Act):
    file: Name
    content: Content = Field(default_factory=_nothing)

    def _own_name(self) -> str:
        return self.file

    def deed(self) -> Deed:
        return File(self.file, self.content)


class SignShape(_Act):
    sign: Name
    side: Name

    def _own_name(self) -> str:
        return f"{self.sign}_{self.side}"

    def deed(self) -> Deed:
        return Sign(self.sign, self.side)


class PullShape(_Act):
    pull: Name
    facts: Content = Field(default_factory=_nothing)
    note: Text | None = None

    def _own_name(self) -> str:
        return self.pull

    def deed(self) -> Deed:
        return Pull(self.pull, self.facts, self.note or "")


class AssignShape(_Act):
    assign: Name

    def _own_name(self) -> str:
        return self.assign

    def deed(self) -> Deed:
        return Assign(self.assign)


class WaiveShape(_Act):
    waive: Name
    reason: Text

    def _own_name(self) -> str:
        return self.waive

    def deed(self) -> Deed:
        return Waive(self.waive, self.reason)


class MoveShape(_Act):
    move: Name
    to: WordText
    reason: Text

    def _own_name(self) -> str:
        return f"move_{self.move}"

    def deed(self) -> Deed:
        return Move(self.move, self.to, self.reason)


class RaiseShape(_Act):
    # `raise` is a word of Python.
    flag: Id = Field(alias="raise")
    reason: Text
    severity: Severity | None = None

    def _own_name(self) -> str:
        return self.flag

    def deed(self) -> Deed:
        return Raise(self.flag, self.reason, self.severity)


class LearnShape(_Act):
    learn: Name
    facts: Content

    def _own_name(self) -> str:
        return f"learn_{self.learn}"

    def deed(self) -> Deed:
        return Learn(self.learn, self.facts)


_TAGS = ("file", "sign", "pull", "assign", "waive", "move", "raise", "learn")


def _kind(written: object) -> str | None:
    if not isinstance(written, dict):
        return None
    return next((f"<{word}>" for word in _TAGS if word in written), None)


ActShape = (
    FileShape
    | SignShape
    | PullShape
    | AssignShape
    | WaiveShape
    | MoveShape
    | RaiseShape
    | LearnShape
)
ActShapes = Listed[
    Annotated[
        Annotated[FileShape, Tag("<file>")]
        | Annotated[SignShape, Tag("<sign>")]
        | Annotated[PullShape, Tag("<pull>")]
        | Annotated[AssignShape, Tag("<assign>")]
        | Annotated[WaiveShape, Tag("<waive>")]
        | Annotated[MoveShape, Tag("<move>")]
        | Annotated[RaiseShape, Tag("<raise>")]
        | Annotated[LearnShape, Tag("<learn>")],
        Discriminator(
            _kind,
            custom_error_type="act",
            custom_error_message=f"an act begins with one of {', '.join(_TAGS)}",
        ),
    ]
]


def build_act(shape: ActShape, before: tuple[str, ...], spot: Spot) -> Act:
    return Act(
        name=shape.called,
        deed=shape.deed(),
        by=shape.by,
        at=shape.at,
        within=shape.within or Span(days=0 if shape.at is not None else 3),
        after=before if shape.after is None else shape.after,
        only=shape.only,
        unless=shape.unless,
        once=shape.once,
        place=spot.place,
    )
