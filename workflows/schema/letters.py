"""The letters of a programme as ``letters.yaml`` writes them, to the catalogue of the engine."""

from collections.abc import Iterator
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, Strict, ValidationError

from engine.errors import DefinitionError
from engine.letters.catalogue import Catalogue, Fact, Letter, LetterError, Stage
from engine.letters.fact_types import FactType
from engine.letters.promise import UNSEEN, Promise
from engine.suggestions import suggestion
from workflows.schema.attention import Attentions, attention_of
from workflows.schema.overview import OverviewShape, overview_of, wrong_overview
from workflows.schema.spelling import (
    Audiences,
    Id,
    LetterId,
    Listed,
    Name,
    Shape,
    Some,
    Text,
    Whole,
    freeze,
    matching,
)
from workflows.yaml.located import Located
from workflows.yaml.problems import DefinitionProblemsError, refusal
from workflows.yaml.reading import read
from workflows.yaml.spot import Spot

_PATH = r"[a-z_]+(\.[A-Za-z][A-Za-z0-9_]*)+"
Source = Annotated[  # one path, or several: the first that leads anywhere
    str,
    AfterValidator(
        matching(
            _PATH + rf"( or {_PATH})*",
            "is not a path: write where the fact is found, such as record.eoi.received_on",
        )
    ),
]


_KEPT = r"[A-Za-z][A-Za-z0-9_-]{0,59}\.[A-Za-z0-9_]{1,60}|(record|step)\.[a-z][a-z0-9_]*"
Keeper = Annotated[
    str,
    AfterValidator(
        matching(
            rf"{_KEPT}|{'|'.join(UNSEEN)}",
            "keeps no promise: write a letter such as N-09.invitation, record.NAME, step.NAME, "
            f"{' or '.join(UNSEEN)}",
        )
    ),
]
Promises = dict[LetterId, Some[Listed[Keeper]]]


class FactText(Shape):
    """A fact as every form of a catalogue writes it."""

    type: Annotated[FactType, Strict(strict=False)]
    source: Source = Field(alias="from")
    example: object
    optional: bool = False


class FactShape(FactText):
    means: str = ""


class StageShape(Shape):
    to: Audiences
    urgency: Literal["now", "at_once", "next_slot", "fixed_slot", "digest_only"]
    act: Text
    told: Text
    reason: Text
    minutes: Whole | None = None
    goes_with: Listed[LetterId] = ()
    said_by: Listed[LetterId] = ()


class LetterShape(Shape):
    title: Text
    stages: Some[dict[Name, StageShape]]


class LettersShape(Shape):
    programme: Name
    facts: dict[Name, FactShape] = Field(default_factory=dict)
    letters: dict[Id, LetterShape]
    promises: Promises = Field(default_factory=dict)
    attention: Attentions = Field(default_factory=dict)
    overview: OverviewShape | None = None


def parse_letters(text: str | bytes, name: str) -> Catalogue:
    """Build the catalogue a file holds; `name` is the file as errors show it.

    Raises DefinitionProblemsError with a sentence and a place for everything that is wrong.
    """
    try:
        document = read(text, name)
    except DefinitionError as error:
        raise DefinitionProblemsError([str(error)]) from error
    return build_letters(document)


def build_letters(document: Located) -> Catalogue:
    """Build the catalogue of a file that has been read; errors as `parse_letters`."""
    try:
        shape = LettersShape.model_validate(document.content)
    except ValidationError as error:
        raise refusal(document, error, LettersShape) from error
    catalogue = Catalogue(
        shape.programme,
        MappingProxyType(dict(_facts(shape, Spot(document).at("facts")))),
        MappingProxyType(dict(_letters(shape, Spot(document).at("letters")))),
        tuple(_promises(shape, Spot(document).at("promises"))),
        attention_of(shape.attention),
        overview_of(shape.overview),
    )
    wrong = [
        *_wrong_examples(catalogue, document),
        *_wrong_company(catalogue, document),
        *_wrongly_said(catalogue, document),
        *_wrongly_merged(catalogue, document),
        *wrong_overview(catalogue, document),
    ]
    if wrong:
        raise DefinitionProblemsError(wrong)
    return catalogue


def _promises(shape: LettersShape, spot: Spot) -> Iterator[Promise]:
    for stage, keepers in shape.promises.items():
        yield Promise(stage, keepers, spot.at(stage).named)


def _facts(shape: LettersShape, spot: Spot) -> Iterator[tuple[str, Fact]]:
    for name, each in shape.facts.items():
        example = freeze(each.example)
        place = spot.at(name).named
        yield name, Fact(name, each.type, each.source, example, each.means, each.optional, place)


def _letters(shape: LettersShape, spot: Spot) -> Iterator[tuple[str, Letter]]:
    for name, each in shape.letters.items():
        there = spot.at(name, "stages")
        stages = {key: _stage(name, there.at(key), stage) for key, stage in each.stages.items()}
        yield name, Letter(name, each.title, MappingProxyType(stages))


def _stage(letter: str, spot: Spot, shape: StageShape) -> Stage:
    return Stage(
        letter=letter,
        name=spot.name,
        to=shape.to,
        urgency=shape.urgency,
        act=shape.act,
        told=shape.told,
        reason=shape.reason,
        minutes=shape.minutes,
        goes_with=shape.goes_with,
        said_by=shape.said_by,
        place=spot.named,
    )


def _wrong_examples(catalogue: Catalogue, document: Located) -> Iterator[str]:
    for name, fact in catalogue.facts.items():
        try:
            fact.sample()
        except LetterError as error:
            yield f"{document.place(('facts', name, 'example'))}: {error}"


def _wrong_company(catalogue: Catalogue, document: Located) -> Iterator[str]:
    known = {stage.id for stage in catalogue.stages()}
    for stage in catalogue.stages():
        place = document.place(("letters", stage.letter, "stages", stage.name))
        for other in stage.goes_with:
            if other == stage.id:
                yield f"{place}: {other} goes with itself: name the letter that says it too"
            elif other not in known:
                yield f"{place}: no letter is called {other}; {suggestion(other, sorted(known))}"
            elif not stage.shares_readers(catalogue.stage(other)):
                yield (
                    f"{place}: {stage.id} goes with {other}, and nobody reads both: "
                    "name a letter to the same readers"
                )
            elif further := catalogue.stage(other).goes_with:
                yield (
                    f"{place}: {stage.id} goes with {other}, which goes with {further[0]} itself: "
                    "name the letter that says it in the end"
                )


def _wrongly_said(catalogue: Catalogue, document: Located) -> Iterator[str]:
    known = {stage.id: stage for stage in catalogue.stages()}
    for stage in known.values():
        place = document.place(("letters", stage.letter, "stages", stage.name))
        for other in stage.said_by:
            if other not in known:
                yield f"{place}: no letter is called {other}; {suggestion(other, sorted(known))}"
            elif other == stage.id or stage.id in known[other].said_by:
                yield f"{place}: {stage.id} and {other} say each other: name one of them"


def _wrongly_merged(catalogue: Catalogue, document: Located) -> Iterator[str]:
    known = {stage.id: stage for stage in catalogue.stages()}
    for role, each in catalogue.attention.items():
        place = document.place(("attention", role, "merged"))
        stage = known.get(each.merged)
        if stage is None:
            near = suggestion(each.merged, sorted(known))
            yield f"{place}: no letter is called {each.merged}; {near}"
        elif role not in {audience.partition(".")[0] for audience in stage.to}:
            yield (
                f"{place}: {stage.id} goes to {', '.join(stage.to)}, and not to {role}: "
                "name a letter to this role, or add the role to its readers"
            )
