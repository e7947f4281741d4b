"""What a letter offers as answers: each is one act of its reader, with the values it asks for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from engine.model.fields import Field
from engine.places import NOWHERE, Place

TODAY, SELF = "=today", "=self"  # given values: the day of the answer, the key of who gives it

_NONE: Mapping[str, object] = MappingProxyType({})


class Day(StrEnum):
    """What a side says to the day of the meeting that a letter seeks."""

    YES = "yes"
    NO = "no"
    TIMES = "times"  # it names those that suit
    CHOOSE = "choose"  # the same, among those on offer


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A record comes in; ``then`` is the step that follows where nothing else is missing."""

    record: str
    given: Mapping[str, object] = field(default_factory=lambda: _NONE)
    then: str = ""


@dataclass(frozen=True, slots=True)
class TakeStep:
    """A step is taken, with these words."""

    trigger: str
    given: Mapping[str, object] = field(default_factory=lambda: _NONE)


@dataclass(frozen=True, slots=True)
class SignRecord:
    """The record in force is signed for the side of the reader."""

    record: str


@dataclass(frozen=True, slots=True)
class SayDay:
    """The side of the reader says yes or no to a day, or which days suit."""

    says: Day


class Wish(StrEnum):
    """What is done by itself about an answer that is passed on."""

    NONE = ""
    NOT_BEFORE = "not_before"  # its reader is asked no more about the matter until a day
    SOMEONE_ELSE = "someone_else"  # one of their team whom they name is asked in their place


@dataclass(frozen=True, slots=True)
class PassOn:
    """Whoever runs the case is told at once, and acts."""

    wish: Wish = Wish.NONE


@dataclass(frozen=True, slots=True)
class TakeBack:
    """The answer of which the letter is the receipt is taken back."""


Act = FileRecord | TakeStep | SignRecord | SayDay | PassOn | TakeBack


@dataclass(frozen=True, slots=True)
class Asked:
    """A value that an answer asks for, and the field or word that it becomes.

    ``are_days``: a text that names days and nothing else, so that a reply word can say it;
    ``are_options``: one that chooses among what is on offer, so that numbers say it.
    """

    fills: str
    value: Field
    are_days: bool = False
    are_options: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: ``word`` is the reply that gives it, empty where only a page does.

    ``says`` and ``word`` are in the language that every programme has. ``is_binding``: the reader
    types the code of their centre as well (security 13). ``may_add``: the one question that a
    receipt asks where a value was left out, which the answer does not wait for.
    """

    name: str
    does: Act
    says: str
    word: str = ""
    asks: tuple[Asked, ...] = ()
    is_binding: bool = False
    may_add: str = ""
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Offer:
    """The answers of one stage of a letter, in the order in which a page shows them."""

    stage: str
    answers: tuple[Answer, ...]
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything that the letters of a programme offer as answers, by stage: ``N-12.ask``."""

    offers: Mapping[str, Offer] = field(default_factory=lambda: MappingProxyType({}))
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))  # as shown
    receipt: str = ""  # the stage that tells what was recorded; empty: nobody is told

    def of(self, stage: str) -> tuple[Answer, ...]:
        """The answers that a stage may offer; none where it asks for none."""
        found = self.offers.get(stage)
        return () if found is None else found.answers

    def each(self) -> Iterator[Answer]:
        """Every answer that some stage offers, once."""
        known: dict[str, Answer] = {}
        for offer in self.offers.values():
            known.update({answer.name: answer for answer in offer.answers})
        yield from known.values()


NO_ANSWERS = Answers()
