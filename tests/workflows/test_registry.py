"""A programme is loaded whole or not at all, and every version of it can be found again."""

import shutil
from pathlib import Path

import pytest

from engine.errors import DefinitionError
from tests.support.garden import FOLDER, TEXT
from workflows.registry import (
    DefinitionProblemsError,
    Registry,
    UnknownVersionError,
    built_in,
    load_programme,
    parse_workflow,
)
from workflows.schema.digests import with_letters
from workflows.schema.letters import parse_letters


@pytest.fixture
def garden(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "garden"))


def test_a_programme_is_all_files_of_its_folder(garden: Path) -> None:
    programme = load_programme(garden)

    assert programme.name == "garden"
    assert list(programme.workflows) == ["planting", "red_flag", "watering"]
    assert programme.letters.stage("N-03.ask").to == ("mentor", "gardener")
    assert programme.reference == {
        "plots": {"plots": ({"name": "West", "size": 12}, {"name": "East", "size": 30.5})}
    }


def test_the_texts_of_a_programme_are_kept_to_be_stored_with_its_cases(garden: Path) -> None:
    programme = load_programme(garden)

    again = parse_workflow(programme.text_of("planting"), "stored")

    letters = parse_letters(programme.letters_text, "letters")
    assert with_letters(again, letters).digest == programme.workflows["planting"].digest
    assert set(programme.texts) == {path.name for path in garden.iterdir()}
    assert programme.texts["planting.yaml"] == TEXT


def test_a_programme_cannot_be_changed(garden: Path) -> None:
    programme = load_programme(garden)

    for mapping in (programme.workflows, programme.reference, programme.texts):
        with pytest.raises(TypeError):
            mapping["new"] = None  # type: ignore[index]  # this is what must fail


def test_one_bad_file_refuses_the_whole_programme(garden: Path) -> None:
    _replace(garden / "watering.yaml", "initial: due", "inital: due")

    with pytest.raises(DefinitionProblemsError) as refusal:
        load_programme(garden)

    assert all(f"{garden / 'watering.yaml'}:" in each for each in refusal.value.sentences)


def test_what_is_wrong_in_several_files_is_said_at_once(garden: Path) -> None:
    _replace(garden / "watering.yaml", "initial: due", "initial: 3")
    _replace(garden / "letters.yaml", "urgency: at_once", "urgency: at_onc")
    (garden / "plots.yaml").write_text("plots: [*all]\n", encoding="utf-8")
    (garden / "planting.yaml").write_bytes(b"\xff\xfe")

    with pytest.raises(DefinitionProblemsError) as refusal:
        load_programme(garden)

    files = [Path(sentence.split(":")[0]).name for sentence in refusal.value.sentences]
    assert files == ["letters.yaml", "planting.yaml", "plots.yaml", "watering.yaml"]


@pytest.mark.parametrize("unreadable", ["pairing", "letters", "domains"])
def test_of_a_file_that_cannot_be_read_nothing_is_missed_elsewhere(
    unreadable: str, tmp_path: Path
) -> None:
    folder = tmp_path / "wp6"
    shutil.copytree(built_in("wp6"), folder)
    (folder / f"{unreadable}.yaml").write_text("a: [\n", encoding="utf-8")

    with pytest.raises(DefinitionProblemsError) as refusal:
        load_programme(folder)

    (said,) = refusal.value.sentences
    assert said.startswith(f"{folder / unreadable}.yaml:2:1: ")


def test_a_file_holds_the_workflow_it_is_named_for(garden: Path) -> None:
    (garden / "watering.yaml").rename(garden / "drying.yaml")

    with pytest.raises(DefinitionProblemsError, match=r"drying.yaml:1:11: .* watering.yaml$"):
        load_programme(garden)


def test_all_workflows_are_of_one_programme(garden: Path) -> None:
    _replace(garden / "watering.yaml", "programme: garden", "programme: orchard")

    with pytest.raises(DefinitionProblemsError, match="watering is of programme orchard"):
        load_programme(garden)


def test_the_letters_are_of_the_same_programme(garden: Path) -> None:
    _replace(garden / "letters.yaml", "programme: garden", "programme: orchard")

    with pytest.raises(DefinitionProblemsError, match=r"letters\.yaml is of programme orchard"):
        load_programme(garden)


def test_a_programme_may_be_without_letters_and_reference(garden: Path) -> None:
    (garden / "letters.yaml").unlink()
    (garden / "plots.yaml").unlink()

    programme = load_programme(garden)

    assert programme.letters.programme == "garden"
    assert not programme.letters.letters
    assert not programme.reference


def test_a_folder_without_workflows_is_no_programme(garden: Path, tmp_path: Path) -> None:
    for name in ("planting", "red_flag", "watering"):
        (garden / f"{name}.yaml").unlink()

    with pytest.raises(DefinitionProblemsError, match="no workflow is here: add one"):
        load_programme(garden)
    with pytest.raises(DefinitionProblemsError, match="no definition files are here"):
        load_programme(tmp_path / "nowhere")


def test_files_that_editors_leave_behind_are_passed_over(garden: Path) -> None:
    (garden / ".planting.yaml").write_text("half", encoding="utf-8")
    (garden / "planting.yaml~").write_text("half", encoding="utf-8")

    assert len(load_programme(garden).workflows) == 3


def test_a_file_with_the_short_ending_is_not_passed_over_in_silence(garden: Path) -> None:
    (garden / "watering.yaml").rename(garden / "watering.yml")

    with pytest.raises(DefinitionProblemsError, match=r"name it watering\.yaml"):
        load_programme(garden)


def test_a_file_that_cannot_be_read_is_named(garden: Path) -> None:
    (garden / "more.yaml").mkdir()

    with pytest.raises(DefinitionProblemsError, match=r"more.yaml:1:1: the file cannot be read"):
        load_programme(garden)


def test_the_current_version_is_found_by_name(garden: Path) -> None:
    registry = Registry(load_programme(garden))

    assert registry.current("planting").title == "Planting a shared plot"
    with pytest.raises(UnknownVersionError, match='did you mean "planting"'):
        registry.current("plantin")


def test_a_version_stays_known_when_the_programme_moves_on(garden: Path) -> None:
    old = Registry(load_programme(garden))
    before = old.current("watering")
    _replace(garden / "watering.yaml", "P2D", "P3D")

    new = old.moved_to(load_programme(garden))

    assert new.current("watering").digest != before.digest
    assert {before.digest, new.current("watering").digest} <= _digests(new)
    assert len(list(new.versions())) == 4
    assert len(list(old.versions())) == 3, "the registry that was there before is untouched"


def test_a_version_read_again_from_its_stored_text_can_be_kept(garden: Path) -> None:
    stored = TEXT.replace("P14D", "P21D")
    earlier = parse_workflow(stored, "stored")

    registry = Registry(load_programme(garden)).keeping([earlier])

    assert earlier.digest in _digests(registry)
    assert registry.current("planting").digest != earlier.digest


def test_the_programme_of_this_package_is_built_in() -> None:
    programme = load_programme(built_in("wp6"))

    assert programme.name == "wp6"
    assert {"pairing", "check_in", "mentoring", "red_flag"} <= set(programme.workflows)


def test_a_programme_that_is_not_built_in_is_refused_in_words() -> None:
    with pytest.raises(DefinitionError, match=r'no programme .* did you mean "wp6"'):
        built_in("wp66")
    with pytest.raises(DefinitionError, match="no programme"):
        built_in("../workflows/wp6")


def _replace(path: Path, right: str, wrong: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")


def _digests(registry: Registry) -> set[str]:
    return {workflow.digest for workflow in registry.versions()}
