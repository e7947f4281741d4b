"""An open database, on SQLite and on PostgreSQL."""

from collections.abc import Iterator

import pytest

from storage.database.transactions import Database, open_database


@pytest.fixture
def database(migrated_url: str) -> Iterator[Database]:
    opened = open_database(migrated_url)
    yield opened
    opened.close()
