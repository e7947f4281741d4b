"""P2, F25: a database is opened only when it keeps what it acknowledges and has our tables."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest

from storage.database import meta
from storage.database.dialects import Connection
from storage.database.sqlite import file_system, is_over_a_network, refuse_weak
from storage.database.statements import Statement
from storage.database.transactions import (
    create,
    open_database,
    reading,
    transaction,
    upgrade,
)
from storage.errors import (
    ConflictError,
    SchemaError,
    StorageError,
    UnavailableError,
)
from tests.support.databases import Sqlite


def test_a_database_is_made_once_for_one_programme(database_url: str) -> None:
    create(database_url, rehearsal=True, programme="wp6")

    with pytest.raises(ConflictError, match="already holds a database of programme wp6"):
        create(database_url, rehearsal=False, programme="teaming")

    database = open_database(database_url)
    with reading(database) as session:
        assert meta.programme(session) == "wp6"
        assert meta.is_rehearsal(session)
    database.close()


def test_an_upgrade_may_be_repeated(database_url: str) -> None:
    upgrade(database_url)

    upgrade(database_url)

    open_database(database_url).close()


def test_a_database_without_tables_is_refused_with_the_remedy(database_url: str) -> None:
    if database_url.startswith("sqlite"):
        _run(database_url, "CREATE TABLE other (a)")

    with pytest.raises(SchemaError, match="has no tables yet; run: pairing db create"):
        open_database(database_url)


def test_older_tables_are_refused_with_the_remedy(migrated_url: str) -> None:
    _set_revision(migrated_url, "0001")

    with pytest.raises(SchemaError, match=r"are older \(0001\) .* run: pairing db upgrade"):
        open_database(migrated_url)


def test_newer_tables_are_neither_opened_nor_touched(migrated_url: str) -> None:
    _set_revision(migrated_url, "0999")

    for act in (open_database, upgrade):
        with pytest.raises(SchemaError, match=r"are newer \(0999\) .* install the version"):
            act(migrated_url)


def test_an_address_never_shows_its_password() -> None:
    with pytest.raises(UnavailableError) as caught:
        open_database("postgresql://somebody:secret-word@127.0.0.1:1/pairing")

    assert "secret-word" not in str(caught.value)
    assert "127.0.0.1:1/pairing does not answer" in str(caught.value)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("not an address", "cannot be read"),
        ("mysql://root@127.0.0.1/test", "no database of the kind mysql"),
        ("sqlite://", "in memory keeps nothing"),
        ("sqlite:///:memory:", "in memory keeps nothing"),
        ("sqlite:////no/such/folder/pairing.db", "there is no folder /no/such/folder"),
        ("sqlite:////tmp/pairing.db?mode=memory", "takes no settings: leave out mode"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_in_words(url: str, said: str) -> None:
    for act in (open_database, upgrade):
        with pytest.raises(SchemaError, match=said):
            act(url)


def test_a_file_that_is_not_there_is_never_made_by_opening_it(tmp_path: Path) -> None:
    file = tmp_path / "pairing.db"

    with pytest.raises(SchemaError, match=r"no database at .*pairing\.db"):
        open_database(f"sqlite:///{file}")

    assert not file.exists()


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "pairing.db"
    file.write_text("this is a letter, not a database, and it is long enough to have a header" * 9)

    with pytest.raises(StorageError, match="not a database"):
        open_database(f"sqlite:///{file}")


def test_sqlite_flushes_every_commit_and_checks_its_keys(sqlite: Sqlite, tmp_path: Path) -> None:
    database = open_database(sqlite.migrated(tmp_path))

    with reading(database) as session:
        settings = [
            session.all(Statement[tuple[object]](f"PRAGMA {name}"))[0][0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]

    database.close()
    assert settings == ["wal", 2, 1, 10_000]


def test_weaker_settings_of_sqlite_are_refused() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("PRAGMA synchronous = NORMAL")

        with pytest.raises(SchemaError, match="synchronous is 1, not 2"):
            refuse_weak(cast("Connection", connection))


def test_weaker_settings_of_postgresql_are_refused(migrated_url: str) -> None:
    if migrated_url.startswith("sqlite"):
        return  # SQLite is set by us and looked at above
    name = migrated_url.rpartition("/")[2]
    _run(migrated_url, f'ALTER DATABASE "{name}" SET synchronous_commit = off')

    with pytest.raises(SchemaError, match="synchronous_commit = off and may lose"):
        open_database(migrated_url)


@pytest.mark.parametrize(
    ("mounts", "kind"),
    [
        ("/dev/sda1 / ext4 rw 0 0\nserver:/share /srv nfs4 rw 0 0\n", "nfs4"),
        ("/dev/sda1 / ext4 rw 0 0\nserver:/share /srv/other cifs rw 0 0\n", "ext4"),
        ("/dev/sda1 / ext4 rw 0 0\nme@host:/ /srv/my\\040files fuse.sshfs rw 0 0\n", "fuse.sshfs"),
        ("", ""),
    ],
)
def test_network_file_systems_are_recognised(tmp_path: Path, mounts: str, kind: str) -> None:
    table = tmp_path / "mounts"
    table.write_text(mounts)

    found = file_system(Path("/srv/my files/pairing.db"), table)

    assert found == kind
    assert is_over_a_network(found) == (kind in {"nfs4", "fuse.sshfs"})


def test_without_a_table_of_mounts_nothing_is_claimed(tmp_path: Path) -> None:
    assert file_system(tmp_path, tmp_path / "absent") == ""


def test_a_database_deleted_or_replaced_while_it_is_open_takes_no_more(
    sqlite: Sqlite, tmp_path: Path
) -> None:
    url = sqlite.migrated(tmp_path)
    file = tmp_path / "pairing.db"
    database = open_database(url)

    file.rename(tmp_path / "elsewhere.db")
    with pytest.raises(UnavailableError, match="is gone"), transaction(database):
        pass
    sqlite.migrated(tmp_path)
    with pytest.raises(UnavailableError, match="was replaced"), transaction(database):
        pass

    database.close()


def _set_revision(url: str, revision: str) -> None:
    _run(url, f"UPDATE alembic_version SET version_num = '{revision}'")  # noqa: S608 - a constant


def _run(url: str, text: str) -> None:
    """Run a statement with the bare driver."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            connection.execute(text)
            connection.commit()
        return
    import psycopg  # noqa: PLC0415 - absent where PostgreSQL is

    address = url.replace("+psycopg", "")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(text.encode())
