"""Worlds for journeys: on SQLite, and, for the decisive ones, on PostgreSQL too."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from runtime.settings.settings import Settings
from runtime.use_cases.create_database import create_database
from tests.support.answer_pages import Site, served
from tests.support.databases import lay_tables
from tests.support.exchange import settings
from tests.support.linked import linked
from tests.support.orchard import in_english
from tests.support.world import START, World, make, set_up
from workflows.registry import built_in


@pytest.fixture
def town(tmp_path: Path) -> Iterator[World]:
    """A world on a fresh SQLite file."""
    made = make(tmp_path)
    yield made
    made.close()


@pytest.fixture
def linked_town(town: World) -> World:
    """The same, and its letters carry links."""
    return linked(town)


@pytest.fixture
def site(linked_town: World) -> Iterator[Site]:
    """The pages of its links."""
    with served(linked_town.runtime) as found:
        yield found


@pytest.fixture(params=["sqlite", "postgres"])
def world_url(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """Where a world lies: in a fresh SQLite file of its folder, then in PostgreSQL."""
    if request.param == "sqlite":
        yield None
        return
    databases = request.getfixturevalue("postgres")
    url = databases.prepared(set_up)
    yield url
    databases.drop(url)


@pytest.fixture
def any_town(tmp_path: Path, world_url: str | None) -> Iterator[World]:
    """A world on a fresh SQLite file, then one on PostgreSQL."""
    made = make(tmp_path, world_url)
    yield made
    made.close()


@pytest.fixture
def own(tmp_path: Path) -> Settings:
    """The programme in a folder of its own, where it may be changed, with a database."""
    (tmp_path / "own").mkdir()
    folder = in_english(built_in("wp6"), tmp_path / "own" / "programme")
    where = settings(tmp_path / "own", folder, "wp6")
    lay_tables(where.database.url)
    create_database(where, rehearsal=False, at=START)
    return where
