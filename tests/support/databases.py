"""Fresh databases for tests: SQLite files, and PostgreSQL databases where a server runs."""

import itertools
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import LiteralString, Protocol
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

_SQLITE = "sqlite:///"
SERVER = "postgresql://postgres@127.0.0.1:5432/postgres"


class Databases(Protocol):
    """Where fresh databases come from, whichever kind they are."""

    def empty(self, folder: Path, /) -> str: ...

    def copy(self, url: str, folder: Path, /) -> str: ...

    def drop(self, url: str) -> None: ...


class PostgresAbsentError(Exception):
    """No PostgreSQL server answers where the tests look for one."""


class Postgres:
    """The databases of one run on a running server: named, counted, and dropped when done."""

    def __init__(self, server: str, run: str) -> None:
        self._server = server.replace("postgresql+psycopg:", "postgresql:", 1)
        self._run = run
        self._numbers = itertools.count(1)
        self._templates: dict[Callable[[str], None], str] = {}
        try:
            self._connection = psycopg.connect(self._server, autocommit=True, connect_timeout=5)
        except psycopg.OperationalError as error:
            raise PostgresAbsentError(_absence(self._server)) from error

    def empty(self, _folder: Path | None = None) -> str:
        """Return the address of a new database without tables."""
        return self._create("template0")

    def migrated(self) -> str:
        """Return the address of a new database with the tables of the newest migration."""
        return self.prepared(_upgrade)

    def prepared(self, by: Callable[[str], None]) -> str:
        """Return the address of a new database as this leaves it; made once a run, and copied."""
        if by not in self._templates:
            url = self.empty()
            by(url)
            self._templates[by] = _name(url)
            self._freeze(self._templates[by])
        return self._create(self._templates[by])

    def copy(self, url: str, _folder: Path) -> str:
        """Return the address of a copy of a database that nobody is connected to."""
        return self._create(_name(url))

    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self._change("DROP DATABASE IF EXISTS {} WITH (FORCE)", _name(url))

    def close(self) -> None:
        """Remove the templates and leave the server."""
        for name in self._templates.values():
            self._change("DROP DATABASE {} WITH (FORCE)", name)
        self._connection.close()

    def _create(self, template: str) -> str:
        name = f"pairing_test_{self._run}_{next(self._numbers)}"
        self._change("CREATE DATABASE {} TEMPLATE {}", name, template)
        address = urlsplit(self._server)._replace(scheme="postgresql+psycopg", path=f"/{name}")
        return address.geturl()

    def _freeze(self, name: str) -> None:
        # A database somebody is connected to cannot serve as a template.
        self._change("ALTER DATABASE {} ALLOW_CONNECTIONS false", name)
        self._connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s",
            [name],
        )

    def _change(self, statement: LiteralString, *names: str) -> None:
        self._connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


class Sqlite:
    """SQLite files, each in the folder of its test."""

    def empty(self, folder: Path) -> str:
        """Return the address of a file that does not exist yet."""
        return _sqlite_url(folder / "pairing.db")

    def migrated(self, folder: Path) -> str:
        """Return the address of a file with the tables of the newest migration."""
        url = self.empty(folder)
        lay_tables(url)
        return url

    def copy(self, url: str, folder: Path) -> str:
        """Return the address of a copy of a file, in another folder."""
        source = _file(url)
        for file in source.parent.glob(f"{source.name}*"):
            shutil.copy(file, folder)
        return _sqlite_url(folder / source.name)

    def drop(self, url: str) -> None:
        """Leave a file to its folder."""


def lay_tables(url: str) -> None:
    """Put the tables of the newest migration into a new SQLite file, before the programme makes its
    database there: it finds them, and need not migrate for each test. Others are left as they are.
    """
    if url.startswith(_SQLITE):
        _file(url).write_bytes(_tables())


@cache
def _tables() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "template.db"
        _upgrade(_sqlite_url(path))
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return path.read_bytes()


def server() -> str:
    """Return the address of the PostgreSQL server to use: the one named, else the local one."""
    return os.environ.get("PAIRING_TEST_POSTGRES") or SERVER


def _absence(address: str) -> str:
    parts = urlsplit(address)
    place = f"{parts.hostname or 'the local socket'}:{parts.port or 5432}"
    return f"no PostgreSQL answers on {place} (PAIRING_TEST_POSTGRES names another server)"


def _name(url: str) -> str:
    return urlsplit(url).path.removeprefix("/")


def _sqlite_url(path: Path) -> str:
    return f"{_SQLITE}{path.absolute()}"


def _file(url: str) -> Path:
    return Path(url.removeprefix(_SQLITE))


def _upgrade(url: str) -> None:
    # Imported late, so that tests without a database run while storage is being rebuilt.
    from storage.database.transactions import upgrade  # noqa: PLC0415

    upgrade(url)
