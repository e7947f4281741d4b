"""A hundred and twenty slips of the pen in the programme: each is refused where it stands."""

from pathlib import Path

import pytest

from tests.support.faults import FAULTY, FOLDER, Fault, complaints, faults
from tests.support.orchard import in_english

HARMLESS = "harmless.yaml"
FILES = sorted(path.name for path in FAULTY.glob("*.yaml") if path.name != HARMLESS)
FAULTS = [fault for file in FILES for fault in faults(file)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return in_english(FOLDER, tmp_path_factory.mktemp("faulty") / "wp6")


@pytest.mark.parametrize("fault", FAULTS, ids=lambda each: each.name)
def test_a_fault_is_refused_where_it_stands_with_what_to_do(fault: Fault, folder: Path) -> None:
    found = complaints(fault, folder)

    there = f"{fault.file}:{fault.line}:"
    named = [each for each in found if there in each and all(says in each for says in fault.says)]
    assert named, f"line {fault.line}: {' | '.join(fault.says)}\n" + "\n".join(found)


@pytest.mark.parametrize("change", list(faults(HARMLESS)), ids=lambda each: each.name)
def test_a_change_that_harms_nothing_is_accepted(change: Fault, folder: Path) -> None:
    assert complaints(change, folder) == ()


def test_there_are_a_hundred_and_twenty_faults_and_thirty_harmless_changes() -> None:
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) >= 120
    assert len(list(faults(HARMLESS))) >= 30
