"""What is foretold is what happens when nobody acts: letter by letter, flag by flag, day by day."""

from datetime import timedelta
from pathlib import Path

import pytest

from simulation.demo import build
from tests.support.rehearsals import copied, foretold, rehearsed


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "demo"
    build(folder)
    return folder


def test_nine_weeks_of_the_demo_are_foretold_as_they_come(demo: Path, tmp_path: Path) -> None:
    folder = copied(demo, tmp_path / "copy")

    told, _ = foretold(folder, lambda now: now + timedelta(weeks=9))
    came = rehearsed(folder, lambda now: now + timedelta(weeks=9))

    assert told.letters - came.letters == came.letters - told.letters
    assert told == came
    assert sum(came.letters.values()) > 100
    assert came.flags
    assert came.states
