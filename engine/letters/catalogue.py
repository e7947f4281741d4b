"""What is known of a programme's letters: their facts, their stages, who gets them and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeVar

from engine.errors import ProjectError
from engine.letters.attention import Attention, Overview
from engine.letters.fact_types import FactType, day_parts, read_value
from engine.letters.promise import Promise
from engine.letters.spoken import SOURCE
from engine.model.definition import WHOSE_TURN
from engine.places import NOWHERE, Place

_LISTED = 6  # names shown when one was not found
_NO_ACT = "none"

EACH = "each"  # of examples: those of every letter
# By language, by letter or stage, by fact; nothing stands for what is not known.
Examples = Mapping[str, Mapping[str, Mapping[str, object]]]

T = TypeVar("T")


class LetterError(ProjectError):
    """A letter cannot be what it should: the message names letter, stage and fact."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line  # of the file of the text, where one is wrong


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing a letter may say; `example` is as written in the file, `sample()` as a value."""

    name: str
    type: FactType
    source: str
    example: object
    means: str = ""
    optional: bool = False
    place: Place = NOWHERE

    def read(self, raw: object) -> object:
        """A value of it; the parts of items are what they are in the example."""
        return read_value(self.type, raw, day_parts(self.example))

    def sample(self) -> object:
        """The example as a letter receives it: dates as dates, lists as tuples, and every row of
        items with the parts of the others.
        """
        try:
            return self.whole(self.read(self.example))
        except ValueError as error:
            raise LetterError(
                f"fact {self.name}: the example {self.example!r} is no {self.type}: {error}"
            ) from None

    def whole(self, value: object) -> object:
        """Rows with every part that the example shows: what one leaves out is no mistake."""
        if self.type is not FactType.LIST_OF_ITEMS or not isinstance(value, list | tuple):
            return value
        example = self.example if isinstance(self.example, list | tuple) else ()
        shown = (str(name) for row in example if isinstance(row, Mapping) for name in row)
        parts = dict.fromkeys(shown)
        return tuple({**parts, **row} if isinstance(row, Mapping) else row for row in value)


@dataclass(frozen=True, slots=True)
class Stage:
    """One text of a letter: who gets it, how soon, and the one act it asks for.

    `told` and `reason` are the lines "who else was told" and "why you get this"; like the text
    of the letter they may use facts. `goes_with` names the stages that say this one too, where
    one of them is owed to the same reader: then both go in one letter.
    """

    letter: str
    name: str
    to: tuple[str, ...]
    urgency: str
    act: str
    told: str
    reason: str
    minutes: int | None = None
    goes_with: tuple[str, ...] = ()
    said_by: tuple[str, ...] = ()  # these say all of it: where one is owed still, it ends with that
    place: Place = field(default=NOWHERE, compare=False)

    @property
    def id(self) -> str:
        """Its name everywhere: `N-11.ask`."""
        return f"{self.letter}.{self.name}"

    @property
    def asks(self) -> bool:
        """Whether it asks its reader for something: an act of `none`, or `none; ...`, does not."""
        return self.act.partition(";")[0].strip() != _NO_ACT

    def shares_readers(self, other: "Stage") -> bool:
        """Whether somebody may read both; nobody knows beforehand whose turn it will be."""
        some, others = (
            {audience.partition(".")[0] for audience in each.to} for each in (self, other)
        )
        return bool(some & others) or WHOSE_TURN in some | others


@dataclass(frozen=True, slots=True)
class Letter:
    name: str
    title: str
    stages: Mapping[str, Stage]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every letter of a programme and every fact they may use."""

    programme: str
    facts: Mapping[str, Fact] = field(default_factory=lambda: MappingProxyType({}))
    letters: Mapping[str, Letter] = field(default_factory=lambda: MappingProxyType({}))
    promises: tuple[Promise, ...] = ()
    # By role; whoever has none is written to at any hour.
    attention: Mapping[str, Attention] = field(default_factory=lambda: MappingProxyType({}))
    overview: Overview | None = None
    # What letters show where the example of a fact does not fit them.
    examples: Examples = field(default_factory=lambda: MappingProxyType({}))

    def letter(self, name: str) -> Letter:
        return _found(self.letters, name, f"letter {name!r} in programme {self.programme}")

    def stage(self, stage_id: str) -> Stage:
        """The stage called `N-11.ask`, or LetterError with the names there are."""
        name, _, stage = stage_id.partition(".")
        letter = self.letter(name)
        return _found(letter.stages, stage, f"stage {stage!r} in letter {name}")

    def fact(self, name: str) -> Fact:
        return _found(self.facts, name, f"fact {name!r} in programme {self.programme}")

    def examples_of(self, stage: Stage, language: str) -> dict[str, object]:
        """What a stage shows in a language, by fact: the nearer to the stage, the more it counts,
        and of two as near what is said in that language.
        """
        places = (EACH, stage.letter, stage.id)
        spoken = [self.examples.get(each, {}) for each in dict.fromkeys((SOURCE, language))]
        nearer = (each.get(place, {}) for place in places for each in spoken)
        found = {name: value for facts in nearer for name, value in facts.items()}
        return {name: self._example(name, value) for name, value in found.items()}

    def _example(self, name: str, value: object) -> object:
        fact = self.facts[name]
        try:
            return None if value is None else fact.whole(fact.read(value))
        except ValueError as error:
            raise LetterError(
                f"fact {name}: the example {value!r} is no {fact.type}: {error}"
            ) from None

    def stages(self) -> Iterator[Stage]:
        for letter in self.letters.values():
            yield from letter.stages.values()


def _found(things: Mapping[str, T], name: str, what: str) -> T:
    if name in things:
        return things[name]
    names = sorted(things)
    shown = ", ".join(names[:_LISTED]) + (", ..." if len(names) > _LISTED else "")
    raise LetterError(f"no {what}; there are: {shown or 'none'}")
