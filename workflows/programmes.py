"""A programme as a folder of definition files: all of it is good, or none of it is taken (P12)."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from engine.errors import DefinitionError
from engine.letters.answers import NO_ANSWERS, Answers
from engine.letters.catalogue import Catalogue
from engine.letters.spoken import SOURCE, Spoken
from engine.lint.accepted import Accepted
from engine.model.definition import Workflow
from workflows.language.expand import fitting, in_full, is_in_full
from workflows.language.letters import (
    are_in_full,
    attentive,
    first_sent,
    letters_in_full,
    readers,
    strange_readers,
)
from workflows.language.nodes import Node, tree_of
from workflows.language.scope import Around
from workflows.language.shapes import DefinitionText
from workflows.language.translations import letter_texts, translated
from workflows.programme import Programme
from workflows.schema.accepted import accepted_in
from workflows.schema.answers import build_answers
from workflows.schema.digests import with_letters
from workflows.schema.examples import with_examples
from workflows.schema.letters import build_letters
from workflows.schema.parse import build_workflow
from workflows.schema.spelling import freeze
from workflows.yaml.files import content_of, located
from workflows.yaml.located import Located
from workflows.yaml.problems import DefinitionProblemsError
from workflows.yaml.reading import read_once
from workflows.yaml.text import text_of

_LETTERS, _ANSWERS, _EXAMPLES = "letters", "answers", "examples"
_OF_A_WORKFLOW = frozenset({"states", "transitions", "phases"})  # no other file has these keys

T = TypeVar("T")


def load_programme(folder: Path) -> Programme:
    """Read every YAML file of a folder: workflows, letters.yaml, and reference rows.

    Raises DefinitionProblemsError with everything that is wrong in any of them.
    """
    loading = _Loading(folder)
    loading.take()
    return loading.programme()


class _Loading:
    """What has been read of a folder so far: good files and everything wrong with the others."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._problems: list[str] = []
        self._workflows: dict[str, Workflow] = {}
        self._letters: dict[str, Catalogue] = {}
        self._reference: dict[str, object] = {}
        self._texts: dict[str, str] = {}
        self._definitions: dict[str, str] = {}
        self._letters_text = ""
        self._sources: dict[str, Located] = {}  # files of words, in the language all have
        self._spoken: dict[str, Spoken] = {}
        self._accepted: tuple[Accepted, ...] = ()
        self._answers: Answers = NO_ANSWERS
        self._answers_text = ""

    def take(self) -> None:
        """Read every file: the letters before the workflows, which send them."""
        documents = {path.stem: document for path, document in self._documents()}
        is_whole = not self._problems  # else what others want of a file may stand in it unread
        self._accepted = tuple(a for each in documents.values() for a in accepted_in(each))
        letters, answers = (documents.pop(name, None) for name in (_LETTERS, _ANSWERS))
        examples = None if letters is None else documents.pop(_EXAMPLES, None)
        roots = {n: tree_of(each) for n, each in documents.items()}
        stages = self._take_letters(letters, roots if is_whole else {})
        if examples is not None and (known := self._letters.get(_LETTERS)):
            self._keep(self._letters, _LETTERS, partial(with_examples, examples, known))
        if answers is not None:
            self._answers = self._tried(partial(self._built_answers, answers)) or NO_ANSWERS
            self._answers_text = text_of(answers.content)
        around = Around(stages, roots) if stages is not None and is_whole else None
        for name, document in documents.items():
            if isinstance(document.content, dict) and _OF_A_WORKFLOW & document.content.keys():
                build = partial(self._workflow, name, document, around)
                self._keep(self._workflows, name, build)
            else:
                self._reference[name] = freeze(document.content)
        if not self._problems:
            self._report_unread_words()
            sources = self._folder, self._sources, self._workflows, self._answers
            self._spoken = self._tried(lambda: translated(*sources, located)) or {}

    def _take_letters(
        self, letters: Located | None, roots: Mapping[str, Node]
    ) -> Mapping[str, Node] | None:
        """Who reads each stage; nothing where that is not known, which is said."""
        if letters is None:
            short = (
                root for root in roots.values() if root.get("phases") and not root.get("states")
            )
            sent = next(filter(None, map(first_sent, short)), None)
            if sent is not None:
                file = self._folder / f"{_LETTERS}.yaml"
                self._problems.append(
                    f"{sent.place}: {sent.text} is sent, and {file} is not there: write it"
                )
            return None if sent is not None else {}
        full = self._tried(partial(self._letters_in_full, letters))
        if full is None:
            return None
        self._keep(self._letters, _LETTERS, partial(build_letters, full))
        self._letters_text = text_of(full.content)
        stages = readers(full)
        named = (*stages.values(), *attentive(full))
        strange = list(dict.fromkeys(strange_readers(named, roots.values())))
        self._problems += strange
        return None if strange else stages

    def programme(self) -> Programme:
        name = next((each.programme for each in self._workflows.values()), "")
        if not name and not self._problems:
            self._problems.append(f"{self._folder}: no workflow is here: add one")
        self._problems += self._strangers(name)
        if self._problems:
            raise DefinitionProblemsError(sorted(self._problems, key=_file))
        letters = self._letters.get(_LETTERS)
        if letters is not None:
            sent = partial(with_letters, letters=letters, answers=self._answers_text)
            self._workflows = {name: sent(each) for name, each in self._workflows.items()}
        return Programme(
            name=name,
            workflows=MappingProxyType(self._workflows),
            letters=letters or Catalogue(name),
            reference=MappingProxyType(self._reference),
            texts=MappingProxyType(self._texts),
            definitions=MappingProxyType(self._definitions),
            letters_text=self._letters_text,
            words=MappingProxyType(dict(letter_texts(self._folder))),
            accepted=self._accepted,
            answers=self._answers,
            answers_text=self._answers_text,
            spoken=MappingProxyType(self._spoken),
        )

    def _report_unread_words(self) -> None:
        """Complain of files of words that no definition of this folder has."""
        for path in sorted(self._folder.glob("words/*/*.yaml")):
            if path.stem not in self._sources:
                self._problems.append(f"{path}:1:1: nothing reads these words: remove the file")

    def _documents(self) -> Iterator[tuple[Path, Located]]:
        for path in self._files():
            content = self._tried(partial(content_of, path))
            document = (
                None if content is None else self._tried(partial(read_once, content, str(path)))
            )
            if content is not None and document is not None:
                self._texts[path.name] = content.decode("utf-8-sig")
                yield path, document

    def _files(self) -> Iterator[Path]:
        found = sorted(path for path in self._folder.glob("*.y*ml") if path.name[0] != ".")
        if not found:
            self._problems.append(f"{self._folder}: no definition files are here: check the name")
        for path in found:
            if path.suffix == ".yaml":
                yield path
            else:
                self._problems.append(f"{path}: the file is passed over: name it {path.stem}.yaml")

    def _letters_in_full(self, document: Located) -> Located:
        if are_in_full(document):
            return document
        return letters_in_full(document, self._words(document, _LETTERS), self._source / _LETTERS)

    def _built_answers(self, document: Located) -> Answers:
        return build_answers(document, self._words(document, _ANSWERS))

    def _workflow(self, name: str, document: Located, around: Around | None) -> Workflow | None:
        if is_in_full(document):
            self._definitions[name] = self._texts[f"{name}.yaml"]
            return _named_build(name, document)
        if around is None:  # what it wants of others is not known; what is wrong there is said
            fitting(document, DefinitionText)
            return None
        full = in_full(document, self._words(document, name), around)
        self._definitions[name] = text_of(full.content)
        return _named_build(name, full)

    def _words(self, document: Located, name: str) -> Located:
        path = self._source / f"{name}.yaml"
        if not path.is_file():
            place = document.place(())
            raise DefinitionError(f"{place}: no words are there for {name}: write {path}")
        words = self._sources[name] = located(path)
        self._accepted += accepted_in(words)
        return words

    @property
    def _source(self) -> Path:
        """The folder of the language that every programme has."""
        return self._folder / "words" / SOURCE

    def _keep(self, shelf: dict[str, T], name: str, build: Callable[[], T | None]) -> None:
        built = self._tried(build)
        if built is not None:
            shelf[name] = built

    def _tried(self, attempt: Callable[[], T | None]) -> T | None:
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


def _file(sentence: str) -> str:
    return sentence.partition(":")[0]


def _named_build(name: str, document: Located) -> Workflow:
    workflow = build_workflow(document)
    if workflow.name == name:
        return workflow
    raise DefinitionError(
        f"{document.place(('workflow',))}: the file {name}.yaml holds {workflow.name}: "
        f"name the file {workflow.name}.yaml"
    )
