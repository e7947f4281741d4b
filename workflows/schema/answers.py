"""What letters offer as answers, as ``answers.yaml`` and its words write it."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Annotated, Literal, Self, get_args

from pydantic import AfterValidator, Field, ValidationError, model_validator

from engine.letters.answers import (
    Act,
    Answer,
    Answers,
    Asked,
    Day,
    FileRecord,
    Offer,
    PassOn,
    SayDay,
    SignRecord,
    TakeBack,
    TakeStep,
    Wish,
)
from engine.model.fields import Field as Value
from engine.suggestions import suggestion
from workflows.schema.spelling import LetterId, Name, Names, Shape, Some, Text, Values
from workflows.yaml.located import Located
from workflows.yaml.problems import DefinitionProblemsError, refusal
from workflows.yaml.spot import Spot

_OPTIONAL, _PAST_DAY, _DAYS, _OPTIONS = "optional ", "past_day", "days", "options"
_Kind = Literal[
    "text",
    "date",
    "past_day",
    "days",
    "options",
    "moment",
    "yes_no",
    "number",
    "whole",
    "person",
]
# Other kinds of a record that are read so: a day that has come, texts that name days or options.
_READ_AS = {_PAST_DAY: "date", _DAYS: "text", _OPTIONS: "text"}
_ACTS = ("file", "step", "sign", "day", "pass_on", "undo")
_MOST_CHOICES = 8  # a page of radio buttons that a tired person reads


def _known_kind(written: str) -> str:
    kind = written.removeprefix(_OPTIONAL)
    if kind in get_args(_Kind):
        return written
    raise ValueError(f'no value is "{kind}": {suggestion(kind, list(get_args(_Kind)))}')


class AnswerText(Shape):
    """One answer: its act, and the values that it asks for."""

    file: Name | None = None
    step: Name | None = None
    sign: Name | None = None
    day: Literal["yes", "no", "times", "choose"] | None = None
    pass_on: Literal[True, "not_before", "someone_else"] | None = None
    undo: Literal[True] | None = None
    given: Values = Field(default_factory=dict)
    then: Name | None = None
    asks: dict[Name, Name] = Field(default_factory=dict)
    typed_code: bool = False

    @model_validator(mode="after")
    def _is_one_act(self) -> Self:
        acts = [name for name in _ACTS if getattr(self, name) is not None]
        if len(acts) != 1:
            named = " and ".join(acts) or "none of them"
            raise ValueError(f"an answer is one of {', '.join(_ACTS)}, here {named}: write one")
        if self.then is not None and self.file is None:
            raise ValueError("then: a step follows a record only: write it beside file")
        if self.given and self.file is None and self.step is None:
            raise ValueError("given: only a record and a step are given words: take it away")
        return self


class AnswersText(Shape):
    """What the letters of one programme offer as answers."""

    values: dict[Name, Annotated[str, AfterValidator(_known_kind)]] = Field(default_factory=dict)
    receipt: LetterId | None = None
    answers: Some[dict[Name, AnswerText]]
    offers: Some[dict[LetterId, Annotated[Some[Names], Field(max_length=_MOST_CHOICES)]]]


class OneAnswerWords(Shape):
    """What a reader chooses, the word by which a reply says the same, what may be added to it."""

    says: Text
    word: Text | None = None
    may_add: Text | None = None


class AnswerWords(Shape):
    """The words of the answers: choices, reply words, and what stands above each value."""

    answers: dict[Name, OneAnswerWords]
    values: dict[Name, Text] = Field(default_factory=dict)


def build_answers(document: Located, words: Located) -> Answers:
    """The answers that a file holds; DefinitionProblemsError says all that is wrong in it."""
    try:
        shape = AnswersText.model_validate(document.content)
    except ValidationError as error:
        raise refusal(document, error, AnswersText) from error
    try:
        said = AnswerWords.model_validate(words.content)
    except ValidationError as error:
        raise refusal(words, error, AnswerWords) from error
    building = _Building(shape, said, Spot(document), Spot(words))
    if wrong := [*building.strange(), *building.unread()]:
        raise DefinitionProblemsError(wrong)
    return building.answers()


class _Building:
    """Answers in the making, of a file and its words that are both of the right shape."""

    def __init__(self, shape: AnswersText, said: AnswerWords, spot: Spot, words: Spot) -> None:
        self._shape = shape
        self._said = said
        self._spot = spot
        self._words = words

    def answers(self) -> Answers:
        known = {name: self._answer(name, each) for name, each in self._shape.answers.items()}
        spot = self._spot.at("offers")
        offers = {
            stage: Offer(stage, tuple(known[name] for name in names), spot.at(stage).named)
            for stage, names in self._shape.offers.items()
        }
        values = MappingProxyType(dict(self._said.values))
        return Answers(MappingProxyType(offers), values, self._shape.receipt or "")

    def strange(self) -> Iterator[str]:
        """Names of answers and values that nobody declares."""
        for stage, names in self._shape.offers.items():
            for number, name in enumerate(names):
                place = self._spot.at("offers", stage, number).place
                yield from _unknown(f"{place}", "answer", name, self._shape.answers)
        for name, each in self._shape.answers.items():
            for fills, value in each.asks.items():
                place = self._spot.at("answers", name, "asks", fills).place
                yield from _unknown(f"{place}", "value", value, self._shape.values)

    def unread(self) -> Iterator[str]:
        """What is declared and nothing offers or asks for, and what nobody has words for."""
        offered = {name for names in self._shape.offers.values() for name in names}
        asked = {v for each in self._shape.answers.values() for v in each.asks.values()}
        for part, read in (("answers", offered), ("values", asked)):
            declared, said = getattr(self._shape, part), getattr(self._said, part)
            for name in declared:
                place = self._spot.at(part, name).named
                if name not in read:
                    yield f"{place}: nothing asks for {name}: take it away"
                if name not in said:
                    file = self._words.document.file
                    yield f"{place}: nothing is said for {name}: write {part}.{name} into {file}"
            for name in said:
                if name not in declared:
                    place = self._words.at(part, name).named
                    yield f"{place}: nothing asks for {part}.{name}: take it away"

    def _answer(self, name: str, text: AnswerText) -> Answer:
        words = self._said.answers[name]
        return Answer(
            name,
            _act(text),
            words.says,
            words.word or "",
            tuple(self._asked(fills, value) for fills, value in text.asks.items()),
            is_binding=text.typed_code,
            may_add=words.may_add or "",
            place=self._spot.at("answers", name).named,
        )

    def _asked(self, fills: str, name: str) -> Asked:
        written = self._shape.values[name]
        kind = written.removeprefix(_OPTIONAL)
        optional, is_past = written.startswith(_OPTIONAL), kind == _PAST_DAY
        value = Value(name, _READ_AS.get(kind, kind), optional=optional, past=is_past)
        return Asked(fills, value, are_days=kind == _DAYS, are_options=kind == _OPTIONS)


def _act(text: AnswerText) -> Act:
    given = MappingProxyType(dict(text.given))
    if text.file is not None:
        return FileRecord(text.file, given, text.then or "")
    if text.step is not None:
        return TakeStep(text.step, given)
    if text.sign is not None:
        return SignRecord(text.sign)
    if text.day is not None:
        return SayDay(Day(text.day))
    if text.pass_on is None:
        return TakeBack()
    return PassOn() if text.pass_on is True else PassOn(Wish(text.pass_on))


def _unknown(place: str, what: str, name: str, known: Mapping[str, object]) -> Iterator[str]:
    if name not in known:
        yield f'{place}: no {what} "{name}" is declared: {suggestion(name, sorted(known))}'
