"""Programmes of other people in the middle of their months are foretold as they go on."""

from pathlib import Path

import pytest

from tests.support.databases import Postgres, Sqlite
from tests.support.mid_course import mid_course
from tests.support.rehearsals import same

SEEDS = range(1, 61)
ALWAYS = (1, 3, 4, 5, 6)  # another one is played for test_forecast_prepared.py, on both databases
ACTS = 8  # at least so many acts at random were taken


def _soaked() -> list[object]:
    return [
        seed if seed in ALWAYS else pytest.param(seed, marks=pytest.mark.soak) for seed in SEEDS
    ]


def _foretold(url: str, folder: Path, seed: int) -> None:
    settings, acts = mid_course(url, folder, seed)

    came = same(settings, weeks=3 + seed * 7 % 24)

    assert acts >= ACTS
    assert len(came.letters) >= ACTS


@pytest.mark.parametrize("seed", _soaked())
def test_programmes_of_other_people_are_foretold(seed: int, sqlite: Sqlite, tmp_path: Path) -> None:
    _foretold(sqlite.empty(tmp_path), tmp_path, seed)


@pytest.mark.soak
@pytest.mark.parametrize("seed", SEEDS)
def test_they_are_foretold_on_postgresql(seed: int, postgres: Postgres, tmp_path: Path) -> None:
    url = postgres.empty()

    _foretold(url, tmp_path, seed)

    postgres.drop(url)
