"""A programme as a folder of definition files: all of it is good, or none of it is taken (P12)."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from engine.errors import DefinitionError
from engine.letters.catalogue import Catalogue
from engine.model.definition import Workflow
from workflows.programme import Programme
from workflows.schema.letters import build_letters
from workflows.schema.parse import build_workflow
from workflows.schema.spelling import freeze
from workflows.yaml.located import Located
from workflows.yaml.problems import DefinitionProblemsError
from workflows.yaml.reading import read

_LETTERS = "letters"
_OF_A_WORKFLOW = frozenset({"states", "transitions"})  # no other file has these keys
_LARGEST = 10_000_000  # more than any file may hold; the reader says how much that is

T = TypeVar("T")


def load_programme(folder: Path) -> Programme:
    """Read every YAML file of a folder: workflows, letters.yaml, and reference rows.

    Raises DefinitionProblemsError with everything that is wrong in any of them.
    """
    loading = _Loading()
    for path in loading.files_of(folder):
        loading.take(path)
    return loading.programme(folder)


class _Loading:
    """What has been read of a folder so far: good files and everything wrong with the others."""

    def __init__(self) -> None:
        self._problems: list[str] = []
        self._workflows: dict[str, Workflow] = {}
        self._letters: dict[str, Catalogue] = {}
        self._reference: dict[str, object] = {}
        self._texts: dict[str, str] = {}

    def files_of(self, folder: Path) -> Iterator[Path]:
        found = sorted(path for path in folder.glob("*.y*ml") if not path.name.startswith("."))
        if not found:
            self._problems.append(f"{folder}: no definition files are here: check the name")
        for path in found:
            if path.suffix == ".yaml":
                yield path
            else:
                self._problems.append(f"{path}: the file is passed over: name it {path.stem}.yaml")

    def take(self, path: Path) -> None:
        content = self._tried(partial(_content, path))
        document = None if content is None else self._tried(partial(read, content, str(path)))
        if content is None or document is None:
            return
        self._texts[path.name] = content.decode()
        if path.stem == _LETTERS:
            self._keep(self._letters, path.stem, partial(build_letters, document))
        elif isinstance(document.content, dict) and _OF_A_WORKFLOW & document.content.keys():
            self._keep(self._workflows, path.stem, partial(_named_build, path.stem, document))
        else:
            self._reference[path.stem] = freeze(document.content)

    def programme(self, folder: Path) -> Programme:
        name = next((each.programme for each in self._workflows.values()), "")
        if not name and not self._problems:
            self._problems.append(f"{folder}: no workflow is here: add one")
        self._problems += self._strangers(name)
        if self._problems:
            raise DefinitionProblemsError(self._problems)
        return Programme(
            name=name,
            workflows=MappingProxyType(self._workflows),
            letters=self._letters.get(_LETTERS, Catalogue(name)),
            reference=MappingProxyType(self._reference),
            texts=MappingProxyType(self._texts),
        )

    def _keep(self, shelf: dict[str, T], name: str, build: Callable[[], T]) -> None:
        built = self._tried(build)
        if built is not None:
            shelf[name] = built

    def _tried(self, attempt: Callable[[], T]) -> T | None:
        try:
            return attempt()
        except DefinitionProblemsError as error:
            self._problems.extend(error.sentences)
        except DefinitionError as error:
            self._problems.append(str(error))
        return None

    def _strangers(self, programme: str) -> Iterator[str]:
        for workflow in self._workflows.values():
            if workflow.programme != programme:
                yield (
                    f"{workflow.place}: {workflow.name} is of programme {workflow.programme}, "
                    f"the others are of {programme}: move it, or name the same programme"
                )
        for letters in self._letters.values():
            if programme and letters.programme != programme:
                yield f"letters.yaml is of programme {letters.programme}, not of {programme}"


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(_LARGEST)
    except OSError as error:
        reason = str(error.strerror).lower()
        raise DefinitionError(
            f"{path}:1:1: the file cannot be read ({reason}): check its permissions"
        ) from error


def _named_build(name: str, document: Located) -> Workflow:
    workflow = build_workflow(document)
    if workflow.name == name:
        return workflow
    raise DefinitionError(
        f"{document.place(('workflow',))}: the file {name}.yaml holds {workflow.name}: "
        f"name the file {workflow.name}.yaml"
    )
