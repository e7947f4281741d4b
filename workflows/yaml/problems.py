"""Everything that is wrong with definition files, as sentences a person can act on.

DefinitionError
└── DefinitionProblemsError   all that is wrong with a file, or with all files of a programme
"""

import re
from collections.abc import Iterable
from operator import itemgetter

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from engine.errors import DefinitionError
from engine.places import Place
from engine.suggestions import suggestion
from workflows.sentences import YAML, known_keys, sentence
from workflows.yaml.located import Located, Path

_ABOUT_KEYS = ("extra_forbidden", "missing", "invalid_key")
_MOST_PROBLEMS = 50
# Names in error paths that no file holds: of keys in general, and of the kinds of a union.
_UNWRITTEN = re.compile(r'"(\[key\]|<[a-z]+>)"')
_UNWRITTEN_AND_COLON = re.compile(rf" {_UNWRITTEN.pattern}: ")


class DefinitionProblemsError(DefinitionError):
    """Everything that is wrong, one sentence each; nothing was taken over."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__("\n".join(self.sentences))


def refusal(
    document: Located, error: ValidationError, model: type[BaseModel]
) -> DefinitionProblemsError:
    """Say everything that a file of this shape has wrong, each with its place."""
    return DefinitionProblemsError(map(_said, explain(document, error, model)))


def explain(
    document: Located, error: ValidationError, model: type[BaseModel] | None = None
) -> list[str]:
    """Say each problem once, as `file:line:column: sentence`, in the order of the file.

    After the first 50 only their number is said.
    `model` is what the document was validated against: it knows which keys could be meant.
    """
    found = error.errors(include_url=False)
    placed = sorted(((_place(document, details), details) for details in found), key=itemgetter(0))
    sentences: dict[str, None] = {}
    for place, details in placed[:_MOST_PROBLEMS]:
        path = details["loc"]
        if details["type"] == "extra_forbidden":
            known = known_keys(model, path[:-1]) or _missing_beside(path, found)
            key = f'the key "{path[-1]}" is not known: {suggestion(path[-1], known)}'
            sentences[f"{place}: {key}"] = None
        else:
            sentences[f"{place}: {sentence(_name(path), details, YAML)}"] = None
    more = len(placed) - _MOST_PROBLEMS
    return [*sentences, *([f"and {more} more"] if more > 0 else [])]


def _said(line: str) -> str:
    return _UNWRITTEN.sub("this", _UNWRITTEN_AND_COLON.sub(" ", line, count=1))


def _place(document: Located, details: ErrorDetails) -> Place:
    path: Path = ()
    # Pydantic puts names of union members and of validators between the steps of the file.
    for step in details["loc"]:
        if (*path, step) in document.places:
            path = (*path, step)
    if details["type"] in _ABOUT_KEYS or "[key]" in details["loc"]:
        return document.key_place(path)
    return document.place(path)


def _missing_beside(path: Path, found: list[ErrorDetails]) -> list[str]:
    return [
        str(other["loc"][-1])
        for other in found
        if other["type"] == "missing" and other["loc"][:-1] == path[:-1]
    ]


def _name(path: Path) -> str:
    if not path:
        return "the file"
    last = path[-1]
    return f'"{last}"' if isinstance(last, str) else f"item {last + 1} of {_name(path[:-1])}"
