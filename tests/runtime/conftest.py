"""The orchard at work: on SQLite, and, for what a database decides, on PostgreSQL too."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.grove import Grove, settings
from tests.support.grove import grove as planted
from tests.support.orchard import ORCHARD
from workflows.registry import Programme, load_programme


@pytest.fixture(scope="session")
def orchard() -> Programme:
    """The programme, read once."""
    return load_programme(ORCHARD)


@pytest.fixture
def grove(tmp_path: Path, orchard: Programme) -> Iterator[Grove]:
    """Two pairs on a fresh SQLite file."""
    with planted(settings(f"sqlite:///{tmp_path}/pairing.db", tmp_path), orchard) as made:
        yield made


@pytest.fixture
def any_grove(database_url: str, tmp_path: Path, orchard: Programme) -> Iterator[Grove]:
    """Two pairs on a fresh SQLite file, then on PostgreSQL."""
    with planted(settings(database_url, tmp_path), orchard) as made:
        yield made
