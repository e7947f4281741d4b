"""Everything that is wrong with definition files, as sentences a person can act on.

DefinitionError
└── DefinitionProblemsError   all that is wrong with a file, or with all files of a programme
"""

import re
from collections.abc import Iterable

from pydantic import BaseModel, ValidationError

from engine.errors import DefinitionError
from workflows.yaml.explain import explain
from workflows.yaml.located import Located

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


def _said(line: str) -> str:
    return _UNWRITTEN.sub("this", _UNWRITTEN_AND_COLON.sub(" ", line, count=1))
