"""The acts of a rehearsal's story as its file writes them, told apart by their first word."""

import re
from abc import abstractmethod
from collections.abc import Mapping
from datetime import time
from types import MappingProxyType
from typing import Annotated

from pydantic import AfterValidator, Discriminator, Field, PlainValidator, Tag

from engine.errors import DefinitionError, quoted
from engine.spans import Span, parse_span
from engine.story import Act, Assign, Deed, File, Learn, Move, Point, Pull, Raise, Sign, Waive, Word
from workflows.spelling import Id, Listed, Name, Rule, Severity, Shape, SpanText, Text, said
from workflows.spot import Spot

_POINT = r"[A-Za-z][A-Za-z0-9_.]*(?: *[+-] *P[0-9A-Z]+)?"
_WORD = re.compile(
    rf"=(?:(?P<one>{_POINT})|later_of (?P<several>{_POINT}(?: *, *{_POINT})+))"
    r"(?: *@(?P<at>[0-2][0-9]:[0-5][0-9]))?"
)
_SUM = re.compile(r"(?P<of>[^ +-]+)(?: *(?P<sign>[+-]) *(?P<span>P\w+))?")


def read_word(text: str) -> Word:
    """Read ``=target + P1D @10:00`` or ``=record.roadmap.version``; DefinitionError says how."""
    found = _WORD.fullmatch(text)
    if found is None:
        raise DefinitionError(
            f"{quoted(text)} is not found anywhere: write such as =today + P28D, "
            "=target @10:00, =record.roadmap.version or =later_of target, today + P28D"
        )
    points = (found["one"] or found["several"]).split(",")
    at = time.fromisoformat(found["at"]) if found["at"] else None
    return Word(tuple(_point(point.strip()) for point in points), at)


def _point(text: str) -> Point:
    found = _SUM.fullmatch(text)
    if found is None:
        raise DefinitionError(f"{quoted(text)} is no day: write such as target - P14D")
    if not found["span"]:
        return Point(found["of"])
    return Point(found["of"], parse_span(("-" if found["sign"] == "-" else "") + found["span"]))


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
