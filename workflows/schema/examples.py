"""What letters show where the example of a fact does not fit, as ``examples.yaml`` writes it."""

from collections.abc import Iterator
from dataclasses import replace

from pydantic import ValidationError

from engine.letters.catalogue import EACH, Catalogue
from engine.suggestions import suggestion
from workflows.schema.spelling import Name, Shape
from workflows.yaml.located import Located
from workflows.yaml.problems import DefinitionProblemsError, refusal
from workflows.yaml.spot import Spot


class ExamplesText(Shape):
    """By language, by ``each``, letter or stage, by fact: a value, or nothing where it is empty."""

    examples: dict[str, dict[str, dict[Name, object]]]


def with_examples(document: Located, letters: Catalogue) -> Catalogue:
    """A catalogue with the examples of a file.

    Raises DefinitionProblemsError with every letter and fact that there is not.
    """
    try:
        shape = ExamplesText.model_validate(document.content)
    except ValidationError as error:
        raise refusal(document, error, ExamplesText) from error
    strange = list(_strange(shape, letters, Spot(document).at("examples")))
    if strange:
        raise DefinitionProblemsError(strange)
    return replace(letters, examples=shape.examples)


def _strange(shape: ExamplesText, letters: Catalogue, spot: Spot) -> Iterator[str]:
    places = [EACH, *letters.letters, *(each.id for each in letters.stages())]
    for language, examples in shape.examples.items():
        for place, facts in examples.items():
            if place not in places:
                yield _unknown(spot.at(language, place), "letter", place, places)
            for fact in facts:
                if fact not in letters.facts:
                    yield _unknown(spot.at(language, place, fact), "fact", fact, [*letters.facts])


def _unknown(spot: Spot, what: str, name: str, known: list[str]) -> str:
    return f"{spot.named}: there is no {what} {name}: {suggestion(name, known)}"
