"""What is wrong in the files beside the workflows: how running cases are taken over, centres."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import ValidationError

from engine.errors import DefinitionError
from engine.suggestions import suggestion
from workflows.programme import Programme
from workflows.schema.adoption import build_adoption
from workflows.schema.adoption_names import strange_names
from workflows.schema.coordinators import COORDINATORS, wrong_coordinators
from workflows.schema.listed_words import WordsOfAList, wrong_words
from workflows.yaml.located import Located
from workflows.yaml.problems import DefinitionProblemsError, refusal
from workflows.yaml.reading import read_once
from workflows.yaml.spot import Spot

_ADOPTION = "adoption.yaml"
_READ = ("adoption", COORDINATORS, "rehearsal")


def wrong_beside(programme: Programme, folder: Path) -> tuple[str, ...]:
    """Everything wrong in these files, where a programme has them."""
    return (
        *_adoption(programme, folder),
        *_coordinators(programme, folder),
        *_others(programme, folder),
    )


def _adoption(programme: Programme, folder: Path) -> Iterator[str]:
    document = _document(programme, folder, _ADOPTION)
    if document is None:
        return
    try:
        adoption = build_adoption(document)
    except DefinitionProblemsError as error:
        yield from error.sentences
    except DefinitionError as error:
        yield str(error)
    else:
        yield from strange_names(adoption, Spot(document), programme.workflows)


def _coordinators(programme: Programme, folder: Path) -> Iterator[str]:
    document = _document(programme, folder, f"{COORDINATORS}.yaml")
    if document is not None:
        yield from wrong_coordinators(document, _domains(programme))


def _others(programme: Programme, folder: Path) -> Iterator[str]:
    """Lists of words hold nothing else, and any other file is read by nobody."""
    for name, content in programme.reference.items():
        if name in _READ or not isinstance(content, Mapping):
            continue
        document = _document(programme, folder, f"{name}.yaml")
        if "words" not in content or document is None:
            known = suggestion(name, [*_READ, "letters"])
            yield f"{folder / name}.yaml:1:1: nothing reads this file: {known}"
            continue
        try:
            WordsOfAList.model_validate(document.content)
        except ValidationError as error:
            yield from refusal(document, error, WordsOfAList).sentences
            continue
        yield from wrong_words(document, programme)


def _domains(programme: Programme) -> tuple[str, ...]:
    """The words for a domain; none where a programme has no such list."""
    listed = programme.reference.get("domains")
    words = listed.get("words") if isinstance(listed, Mapping) else None
    return tuple(map(str, words)) if isinstance(words, Mapping) else ()


def _document(programme: Programme, folder: Path, file: str) -> Located | None:
    text = programme.texts.get(file)
    return None if text is None else read_once(text.encode(), str(folder / file))
