"""A definition with any mistake in it is refused, and the sentence says where the mistake is."""

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from tests.support.garden import FOLDER
from tests.support.mutants import Mutant, mutants
from workflows.registry import load_programme
from workflows.schema.parse import DefinitionProblemsError, build_workflow
from workflows.yaml.reading import Located, read, read_file

SHORT = FOLDER.parent / "short"
SHORT_FILES = ("planting.yaml", "letters.yaml", "words/en/planting.yaml")
FILES = ("planting.yaml", "watering.yaml", "red_flag.yaml")
ALL = sorted(
    ((file, mutant) for file in FILES for mutant in mutants(read_file(FOLDER / file).content)),
    key=lambda broken: broken[1].kind,
)
STRIDE = 16  # some of every kind, everywhere; `make soak` tries the others
PLACED = re.compile(r"(?P<file>[^:]+):(?P<line>[0-9]+):(?P<column>[0-9]+): \S.*")


def test_every_sixteenth_mistake_is_refused_with_its_place() -> None:
    some = ALL[::STRIDE]

    assert len(some) >= 120
    assert _passed(some) == []


@pytest.mark.soak
@pytest.mark.parametrize("start", range(1, STRIDE))
def test_every_other_mistake_is_refused_with_its_place(start: int) -> None:
    assert _passed(ALL[start::STRIDE]) == []


def test_some_of_every_kind_are_tried() -> None:
    kinds = Counter(mutant.kind for _, mutant in ALL[::STRIDE])

    assert set(kinds) == {mutant.kind for _, mutant in ALL}
    assert len(kinds) >= 12


def test_what_the_mistakes_are_made_in_is_accepted() -> None:
    for file in FILES:
        assert build_workflow(read_file(FOLDER / file)).states


def test_a_mistake_in_what_people_write_is_refused_with_its_place(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SHORT, tmp_path / "short"))
    some = [
        (file, mutant)
        for file in SHORT_FILES
        for mutant in mutants(read_file(SHORT / file).content)
        if mutant.kind != "a key left out"  # most may be
        and mutant.path[-2:-1] != ("stages",)  # a number alone are the minutes of a stage
    ][::STRIDE]

    passed = [(file, each.path, why) for file, each in some if (why := _taken(folder, file, each))]

    assert len(some) >= 100
    assert passed == []


def test_letters_that_are_not_there_are_missed_once(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SHORT, tmp_path / "short"))
    (folder / "letters.yaml").unlink()

    with pytest.raises(DefinitionProblemsError) as refused:
        load_programme(folder)

    (sentence,) = refused.value.sentences
    assert PLACED.fullmatch(sentence)
    assert f"is sent, and {folder / 'letters.yaml'} is not there" in sentence


def _taken(folder: Path, file: str, mutant: Mutant) -> object:
    """Nothing when the mistake is refused where it is; else what was said instead."""
    path = folder / file
    good = path.read_text(encoding="utf-8")
    path.write_text(mutant.text, encoding="utf-8")
    try:
        load_programme(folder)
    except DefinitionProblemsError as error:
        document = read(mutant.text, str(path))
        return () if _point_at(mutant, error.sentences, document) else error.sentences
    finally:
        path.write_text(good, encoding="utf-8")
    return "accepted"


def _passed(some: list[tuple[str, Mutant]]) -> list[object]:
    """The mistakes nobody noticed, and those said to be where they are not."""
    passed: list[object] = []
    for file, mutant in some:
        document = read(mutant.text, file)
        try:
            build_workflow(document)
        except DefinitionProblemsError as error:
            if not _point_at(mutant, error.sentences, document):
                passed.append((mutant.kind, mutant.path, error.sentences))
        else:
            passed.append((mutant.kind, mutant.path, "accepted"))
    return passed


def _point_at(mutant: Mutant, sentences: tuple[str, ...], document: Located) -> bool:
    # What is wrong between the keys of a mapping is said where the mapping begins.
    near = ((*mutant.path, 0), mutant.path, mutant.path[:-1], mutant.path[:-2])
    right = {document.place(path).line for path in near}
    right |= {document.key_place(path).line for path in near}
    found = [PLACED.fullmatch(sentence) for sentence in sentences]
    return all(found) and any(int(each["line"]) in right for each in found if each)
