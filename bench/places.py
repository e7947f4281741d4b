"""Where databases of the bench lie: in memory, on the disk meant, on a PostgreSQL server."""

import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import LiteralString
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

IN_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
SERVER = os.environ.get("PAIRING_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
_numbers = itertools.count(1)


class Folder:
    """SQLite files in a folder."""

    name = "SQLite"

    def __init__(self, path: Path) -> None:
        self.path = path

    def empty(self) -> str:
        return f"sqlite:///{self.path / f'bench-{next(_numbers)}.db'}"

    def copy(self, url: str) -> str:
        """The same database once more; nobody may have the first one open."""
        new = self.empty()
        shutil.copyfile(file_of(url), file_of(new))
        return new


class Server:
    """Databases of our own on a PostgreSQL server."""

    name = "PostgreSQL"

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection
        self.made: list[str] = []

    def empty(self) -> str:
        return self._made("template0")

    def copy(self, url: str) -> str:
        return self._made(_name(url))

    def change(self, statement: LiteralString, *names: str) -> None:
        self._connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def _made(self, template: str) -> str:
        name = f"pairing_bench_{os.getpid()}_{next(_numbers)}"
        self.change("CREATE DATABASE {} TEMPLATE {}", name, template)
        self.made.append(name)
        return urlsplit(SERVER)._replace(scheme="postgresql+psycopg", path=f"/{name}").geturl()


@contextmanager
def folder_on(place: Path) -> Iterator[Folder]:
    """A folder of our own on a disk, gone in the end."""
    with tempfile.TemporaryDirectory(prefix=".bench-", dir=place) as folder:
        yield Folder(Path(folder))


@contextmanager
def in_memory() -> Iterator[Folder]:
    """A folder in memory, where the machine has such a place; else on the disk of temporaries."""
    place = IN_MEMORY if IN_MEMORY.is_dir() else Path(tempfile.gettempdir())
    with folder_on(place) as folder:
        yield folder


@contextmanager
def on_server() -> Iterator[Server | None]:
    """The server, where one answers; what was made on it is gone in the end."""
    try:
        connection = psycopg.connect(SERVER, autocommit=True, connect_timeout=5)
    except psycopg.OperationalError:
        yield None
        return
    with connection:
        server = Server(connection)
        try:
            yield server
        finally:
            for name in server.made:
                server.change("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def file_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def plain(url: str) -> str:
    """The address as psycopg itself takes it."""
    return url.replace("postgresql+psycopg:", "postgresql:", 1)


def _name(url: str) -> str:
    return urlsplit(url).path.removeprefix("/")
