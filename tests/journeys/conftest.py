"""Worlds for journeys: on SQLite, and, for the decisive ones, on PostgreSQL too."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from runtime.settings.settings import Settings
from runtime.use_cases.create_database import create_database
from tests.support.exchange import settings
from tests.support.world import START, World, make
from workflows.registry import built_in


@pytest.fixture
def town(tmp_path: Path) -> Iterator[World]:
    """A world on a fresh SQLite file."""
    made = make(tmp_path)
    yield made
    made.close()


@pytest.fixture(params=["sqlite", "postgres"])
def any_town(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """A world on a fresh SQLite file, then one on PostgreSQL."""
    if request.param == "sqlite":
        yield request.getfixturevalue("town")
        return
    databases = request.getfixturevalue("postgres")
    url = databases.empty()
    made = make(tmp_path, url)
    yield made
    made.close()
    databases.drop(url)


@pytest.fixture
def own(tmp_path: Path) -> Settings:
    """The programme in a folder of its own, where it may be changed, with a database."""
    (tmp_path / "own").mkdir()
    folder = shutil.copytree(built_in("wp6"), tmp_path / "own" / "programme")
    where = settings(tmp_path / "own", folder, "wp6")
    create_database(where, rehearsal=False, at=START)
    return where
