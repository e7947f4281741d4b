"""The bare SQL of some work: recorded as the programme does it, then run through sqlite3 alone."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, cast

from sqlalchemy import event
from sqlalchemy.pool import ConnectionPoolEntry, Pool

Values = Mapping[str, object]

_WORDS_THAT_KEEP = frozenset({"BEGIN", "BEGIN IMMEDIATE", "COMMIT", "ROLLBACK"})


@dataclass(frozen=True, slots=True)
class Line:
    """One statement as it was sent: its text, its values, and whether its rows were fetched."""

    text: str
    values: Values | Sequence[Values]
    many: bool = False
    fetches: bool = False

    def run(self, connection: sqlite3.Connection) -> None:
        if self.many:
            connection.executemany(self.text, cast("Sequence[Values]", self.values))
        elif self.fetches:
            connection.execute(self.text, cast(Values, self.values)).fetchall()
        else:
            connection.execute(self.text, cast(Values, self.values))


class Listener(Protocol):
    """Whoever is told of every statement, after it ran."""

    def __call__(self, line: Line, /) -> None: ...


@dataclass(slots=True)
class Tape:
    """Keeps every statement, cut into pieces of work; the first is what came before all of them."""

    pieces: list[list[Line]] = field(default_factory=lambda: [[]])

    def cut(self) -> None:
        """What follows belongs to the next piece."""
        self.pieces.append([])

    def __call__(self, line: Line, /) -> None:
        self.pieces[-1].append(line)


class _Recorded:
    """A connection that tells of every statement; everything else it leaves to the real one."""

    def __init__(self, connection: sqlite3.Connection, listener: Listener) -> None:
        self._connection = connection
        self._listener = listener

    def __getattr__(self, name: str) -> object:
        return getattr(self._connection, name)

    def execute(self, text: str, values: Values | None = None) -> sqlite3.Cursor:
        cursor = self._connection.execute(text, values or {})
        self._listener(Line(text, values or {}, fetches=cursor.description is not None))
        return cursor

    def cursor(self) -> "_RecordedCursor":
        return _RecordedCursor(self._connection.cursor(), self._listener)


class _RecordedCursor:
    def __init__(self, cursor: sqlite3.Cursor, listener: Listener) -> None:
        self._cursor = cursor
        self._listener = listener

    def __getattr__(self, name: str) -> object:
        return getattr(self._cursor, name)

    def executemany(self, text: str, values: Sequence[Values]) -> None:
        self._cursor.executemany(text, values)
        self._listener(Line(text, values, many=True))


@contextmanager
def recording(listener: Listener) -> Iterator[None]:
    """Tell a listener of every statement of the connections that are made inside."""

    def made(connection: object, entry: ConnectionPoolEntry) -> None:
        recorded = _Recorded(cast(sqlite3.Connection, connection), listener)
        entry.dbapi_connection = recorded  # type: ignore[assignment, misc]  # it stands in for one

    event.listen(Pool, "connect", made)
    try:
        yield
    finally:
        event.remove(Pool, "connect", made)


def bare(path: Path) -> sqlite3.Connection:
    """A connection as the programme has it, with nothing around it."""
    connection = sqlite3.connect(path, isolation_level=None, cached_statements=512)
    for setting in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {setting}")
    return connection


def run(connection: sqlite3.Connection, piece: Sequence[Line]) -> None:
    """Everything again, in the same transactions."""
    for line in piece:
        line.run(connection)


def contents(path: Path) -> list[str]:
    """Everything a file holds, to see that two did the same."""
    connection = sqlite3.connect(path)
    try:
        return sorted(connection.iterdump())
    finally:
        connection.close()


def one_commit_each(piece: Sequence[Line]) -> list[Line]:
    """The same work with every savepoint made a transaction of its own."""
    turned = {"SAVEPOINT beside": "BEGIN IMMEDIATE", "RELEASE SAVEPOINT beside": "COMMIT"}
    kept = (line for line in piece if line.text not in _WORDS_THAT_KEEP)
    return [
        Line(turned.get(line.text, line.text), line.values, line.many, line.fetches)
        for line in kept
    ]
