"""The orchard at work: on SQLite, and, for what a database decides, on PostgreSQL too."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.at_slots import orchard_at_slots
from tests.support.grove import Grove, settings
from tests.support.grove import grove as planted
from tests.support.orchard import ORCHARD
from workflows.registry import Programme, load_programme


@pytest.fixture(scope="session")
def orchard() -> Programme:
    """The programme, read once."""
    return load_programme(ORCHARD)


@pytest.fixture(scope="session")
def at_slots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where it lies with slots, in which several letters go in one mail."""
    return orchard_at_slots(tmp_path_factory.mktemp("programme"))


@pytest.fixture
def grove(tmp_path: Path, orchard: Programme) -> Iterator[Grove]:
    """Two pairs on a fresh SQLite file."""
    with planted(settings(f"sqlite:///{tmp_path}/pairing.db", tmp_path), orchard) as made:
        yield made


@pytest.fixture
def any_grove(migrated_url: str, tmp_path: Path, orchard: Programme) -> Iterator[Grove]:
    """Two pairs on a fresh SQLite file, then on PostgreSQL."""
    with planted(settings(migrated_url, tmp_path), orchard) as made:
        yield made
