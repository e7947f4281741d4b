"""Worlds for journeys: on SQLite, and, for the decisive ones, on PostgreSQL too."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.world import World, make


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
