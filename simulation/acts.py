"""The acts of a story: what one person does in a stay, as its file says it and as it is played."""

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Discriminator, Field, PlainValidator, Tag

from engine.errors import DefinitionError
from engine.time.spans import Span
from simulation.lengths import Length
from simulation.words import Word, read_word
from workflows.schema.settings import Rule
from workflows.schema.spelling import (
    Id,
    Listed,
    Name,
    Severity,
    Shape,
    Text,
    said,
)

_SOON = Span(days=3)
_ON_THE_DAY = Span()


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
    return said(_word)(value) if isinstance(value, str) and value.startswith("=") else value


def nothing() -> Mapping[str, object]:
    return MappingProxyType({})


_Content = Annotated[
    Mapping[Name, object],
    AfterValidator(lambda value: MappingProxyType({name: _spoken(value[name]) for name in value})),
]
_WordText = Annotated[Word, PlainValidator(said(_word), json_schema_input_type=str)]


class Act(Shape):
    """One thing one person does in a stay: what, who, when, and in which lives it happens."""

    named_by: ClassVar[str]  # what it is called when the file gives it no name
    by: Name  # a role
    at: Rule | None = None  # not before this day
    soon: Length | None = Field(default=None, alias="within")
    after: Listed[Name] | None = None  # acts of the same stay; None: the one above
    only: Listed[Name] = ()  # turns of which one must be taken
    unless: Listed[Name] = ()  # turns of which none may be taken
    once: bool = False  # done, its turns are over
    called: Name | None = Field(default=None, alias="as")

    @property
    def within(self) -> Span:
        """How soon after it became possible."""
        return self.soon or (_SOON if self.at is None else _ON_THE_DAY)

    @cached_property
    def name(self) -> str:
        return self.called or self.named_by.format(**dict(self))


class File(Act):
    """A record comes in."""

    __match_args__ = ("record", "content")
    named_by = "{record}"
    record: Name = Field(alias="file")
    content: _Content = Field(default_factory=nothing)


def contrary(act: File) -> File:
    """The same record with each yes a no: what somebody says who contradicts themselves."""
    turned = {
        name: not value if isinstance(value, bool) else value for name, value in act.content.items()
    }
    return act.model_copy(update={"content": turned})


class Sign(Act):
    __match_args__ = ("record", "side")
    named_by = "{record}_{side}"
    record: Name = Field(alias="sign")
    side: Name


class Pull(Act):
    """Somebody wants the case to go on; refused, they come back some days later."""

    __match_args__ = ("trigger", "facts", "note")
    named_by = "{trigger}"
    trigger: Name = Field(alias="pull")
    facts: _Content = Field(default_factory=nothing)
    note: Text = ""


class Assign(Act):
    """A free centre that fits takes a side of the case, with its people."""

    __match_args__ = ("side",)
    named_by = "{side}"
    side: Name = Field(alias="assign")


class Waive(Act):
    """A requirement is set aside, when it is not met."""

    __match_args__ = ("requirement", "reason")
    named_by = "{requirement}"
    requirement: Name = Field(alias="waive")
    reason: Text


class Move(Act):
    __match_args__ = ("milestone", "to", "reason")
    named_by = "move_{milestone}"
    milestone: Name = Field(alias="move")
    to: _WordText
    reason: Text


class Raise(Act):
    __match_args__ = ("flag", "reason", "severity")
    named_by = "{flag}"
    flag: Id = Field(alias="raise")  # a word of Python
    reason: Text
    severity: Severity | None = None


class Learn(Act):
    """It becomes known that something about a centre has changed."""

    __match_args__ = ("side", "facts")
    named_by = "learn_{side}"
    side: Name = Field(alias="learn")
    facts: _Content


_TAGS = ("file", "sign", "pull", "assign", "waive", "move", "raise", "learn")


def _kind(written: object) -> str | None:
    if not isinstance(written, dict):
        return None
    return next((f"<{word}>" for word in _TAGS if word in written), None)


Acts = Listed[
    Annotated[
        Annotated[File, Tag("<file>")]
        | Annotated[Sign, Tag("<sign>")]
        | Annotated[Pull, Tag("<pull>")]
        | Annotated[Assign, Tag("<assign>")]
        | Annotated[Waive, Tag("<waive>")]
        | Annotated[Move, Tag("<move>")]
        | Annotated[Raise, Tag("<raise>")]
        | Annotated[Learn, Tag("<learn>")],
        Discriminator(
            _kind,
            custom_error_type="act",
            custom_error_message=f"an act begins with one of {', '.join(_TAGS)}",
        ),
    ]
]
