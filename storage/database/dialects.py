"""What the two databases do differently; everything else is one code path."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy.engine import Engine

from storage.errors import StorageError

PATIENCE = 10.0  # seconds that a writer waits for another one before it gives up


class Cursor(Protocol):
    """A cursor as both drivers have it."""

    @property
    def rowcount(self) -> int: ...

    def fetchall(self) -> list[tuple[object, ...]]: ...

    def executemany(self, sql: str, values: list[Mapping[str, object]], /) -> object: ...


class Connection(Protocol):
    """A connection as both drivers have it, in autocommit: BEGIN and COMMIT are ours."""

    def execute(self, sql: str, values: object = ..., /) -> Cursor: ...

    def cursor(self) -> Cursor: ...


@dataclass(frozen=True, slots=True)
class Dialect:
    """One database: how its transactions begin, what its errors mean, what it must be set to."""

    name: str
    begin: tuple[str, ...]
    begin_reading: tuple[str, ...]
    begins_late: bool  # the words that begin go with the first statement, in its round trip
    error: type[Exception]
    translated: Callable[[Exception], StorageError]
    is_lost: Callable[[Connection], bool]  # the connection is of no use any more
    is_over: Callable[[Connection], bool]  # the database ended the transaction by itself
    committed: Callable[[Cursor], bool]  # a COMMIT that was answered really was one
    refuse_weak: Callable[[Connection], None]  # raises SchemaError with the remedy
    pipelined: Callable[[Connection], AbstractContextManager[object]]  # answers come at its end
    still_there: Callable[[], None]  # raises UnavailableError when the file is another one now


@dataclass(frozen=True, slots=True)
class Opened:
    """A dialect with the pool of its connections."""

    dialect: Dialect
    engine: Engine
