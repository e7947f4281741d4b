"""One fault each in a copy of the programme: which file, which words, what is said of it where."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import cast

import yaml

from engine.errors import DefinitionError
from engine.lint.accepted import Accepted, judged
from engine.lint.letter_facts import letter_facts
from engine.lint.lint import problems
from runtime.queries.check_definitions import check_definitions
from runtime.texts import texts_of
from simulation.story_file import wrong_in_story
from workflows.beside import wrong_beside
from workflows.language.expand import in_full
from workflows.language.letters import letters_in_full, readers
from workflows.language.nodes import Node, tree_of
from workflows.language.scope import Around
from workflows.programme import Programme
from workflows.registry import built_in, load_programme
from workflows.schema.accepted import accepted_in
from workflows.schema.parse import build_workflow
from workflows.yaml.located import Located
from workflows.yaml.reading import read, read_file

FOLDER = built_in("wp6")
_STORY = "rehearsal.yaml"
_BESIDE = ("adoption.yaml", "coordinators.yaml", _STORY)
_WORDS = "domains.yaml"
FAULTY = Path(__file__).parents[1] / "workflows" / "faulty"


@dataclass(frozen=True, slots=True)
class Fault:
    """Words put in the place of others, the line that is to be named, and what is to be said.

    The line is that of the new words, or the one that holds ``at``.
    """

    name: str
    file: str
    old: str
    new: str
    says: tuple[str, ...] = ()
    at: str = ""
    beside: "Fault | None" = None  # what else is changed, in another file

    @property
    def text(self) -> str:
        """The file with the fault in it."""
        return _text(self.file).replace(self.old, self.new)

    @property
    def line(self) -> int:
        start = self.text.index(self.at) if self.at else _text(self.file).index(self.old)
        return self.text.count("\n", 0, start) + 1


def faults(file: str) -> Iterator[Fault]:
    """The faults that a file of this folder lists, by name.

    Raises ValueError for one that no longer fits: the words it changes stand elsewhere by now.
    """
    listed = yaml.safe_load((FAULTY / file).read_text(encoding="utf-8"))
    for name, each in cast("dict[str, dict[str, object]]", listed).items():
        yield _fitting(_fault(name, each), file)


def _fitting(fault: Fault, listed: str) -> Fault:
    for each in (fault, *((fault.beside,) if fault.beside is not None else ())):
        there = _text(each.file).count(each.old)
        if there != 1 or (each.at and each.text.count(each.at) != 1):
            where = f"{listed}: {fault.name}"
            raise ValueError(f"{where}: {each.file} has these words {there} times, not once")
    return fault


def _fault(name: str, given: dict[str, object]) -> Fault:
    beside = cast("dict[str, object] | None", given.get("beside"))
    return Fault(
        name,
        str(given.get("file", "pairing.yaml")),
        str(given["old"]),
        str(given["new"]),
        tuple(map(str, cast("list[object]", given.get("says", [])))),
        str(given.get("at", "")),
        None if beside is None else _fault(name, beside),
    )


def complaints(fault: Fault, folder: Path) -> tuple[str, ...]:
    """What is said of the programme with this fault; ``folder`` is a copy to write it into.

    A workflow is read anew alone and checked with the others, as they were read once.
    """
    try:
        if fault.file.removesuffix(".yaml") in _programme().workflows:
            return _of_a_workflow(fault)
        if fault.file in _BESIDE:
            return _of_a_file_beside(fault, folder)
        changes = (fault, *([fault.beside] if fault.beside else []))
        for each in changes:
            (folder / each.file).write_text(each.text, encoding="utf-8")
        try:
            return _of_words(folder) if fault.file == _WORDS else _of_a_folder(folder)
        finally:
            for each in changes:
                (folder / each.file).write_text(_text(each.file), encoding="utf-8")
    except DefinitionError as error:
        return tuple(getattr(error, "sentences", str(error).splitlines()))


def _of_a_workflow(fault: Fault) -> tuple[str, ...]:
    workflows = dict(_programme().workflows)
    changes = (fault, *([fault.beside] if fault.beside else []))
    changed = {c.file.removesuffix(".yaml"): read(c.text, c.file) for c in changes}
    around = replace(_around(), roots={**_around().roots, **_trees(changed)})
    for name, document in changed.items():
        workflows[name] = build_workflow(in_full(document, _words(name), around))
    letters = _programme().letters
    found = problems(workflows, letters)
    if all(problem.kind for problem in found):
        found = (*found, *letter_facts(workflows, letters, _used()))
    others = (each for each in _programme().accepted if _name(each) not in changed)
    accepted = (a for document in changed.values() for a in accepted_in(document))
    wrong, _ = judged(map(str, found), (*others, *accepted))
    return wrong


def _name(accepted: Accepted) -> str:
    return Path(accepted.place.file).stem


def _of_a_file_beside(fault: Fault, folder: Path) -> tuple[str, ...]:
    texts = {**_programme().texts, fault.file: fault.text}
    changed = replace(_programme(), texts=texts)
    wrong = wrong_in_story if fault.file == _STORY else wrong_beside
    return wrong(changed, folder)


def _of_words(folder: Path) -> tuple[str, ...]:
    return wrong_beside(load_programme(folder), folder)


def _of_a_folder(folder: Path) -> tuple[str, ...]:
    return check_definitions(folder, wrong_in_story).problems


@cache
def _text(file: str) -> str:
    return (FOLDER / file).read_text(encoding="utf-8")


@cache
def _programme() -> Programme:
    return load_programme(FOLDER)


@cache
def _used() -> dict[str, frozenset[str]]:
    texts = texts_of(FOLDER, _programme().letters)
    return {stage.id: texts.used_facts(stage.id) for stage in _programme().letters.stages()}


@cache
def _words(name: str) -> Located:
    return read_file(FOLDER / "words" / "en" / f"{name}.yaml")


@cache
def _around() -> Around:
    letters = read_file(FOLDER / "letters.yaml")
    full = letters_in_full(letters, _words("letters"), FOLDER / "words" / "en" / "letters")
    others = {path.stem: read_file(path) for path in FOLDER.glob("*.yaml")}
    return Around(readers(full), _trees(others))


def _trees(documents: Mapping[str, Located]) -> Mapping[str, Node]:
    return {name: tree_of(document) for name, document in documents.items()}
