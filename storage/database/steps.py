"""Statements to be sent together: each step knows what it asks, and afterwards what came of it.

``cases, stays = Read(_CASES, root=7), Read(_STAYS, root=7)``; after
``session.together(cases, stays)`` there is ``cases.rows``. A ``Write`` has ``changed``, the number
of rows. On PostgreSQL an error in one of them is the error of all.
"""

from collections.abc import Iterable, Mapping
from typing import Generic, Protocol, TypeVar, cast

from storage.database.dialects import Connection, Cursor
from storage.database.statements import Change, Statement
from storage.errors import StorageError

R = TypeVar("R")
Values = Mapping[str, object]


class Step(Protocol):
    """Something to be sent, and what is done with its answer."""

    @property
    def statement(self) -> Statement[object]: ...

    def start(self, connection: Connection, text: str) -> Cursor: ...

    def finish(self, cursor: Cursor) -> None: ...


class Read(Generic[R]):
    """A question; ``rows`` are its answer."""

    __slots__ = ("_statement", "_values", "rows")

    def __init__(self, statement: Statement[R], /, **values: object) -> None:
        self._statement = statement
        self._values = values
        self.rows: list[R] = []

    @property
    def statement(self) -> Statement[object]:
        return cast("Statement[object]", self._statement)

    def start(self, connection: Connection, text: str) -> Cursor:
        return connection.execute(text, self._values)

    def finish(self, cursor: Cursor) -> None:
        self.rows = cast("list[R]", cursor.fetchall())


class Write:
    """A change, once for each set of values; ``changed`` is how many rows it met in all.

    With an error to be raised ``unless`` each set of values meets one row.
    """

    __slots__ = ("_statement", "_unless", "changed", "each")

    def __init__(
        self, statement: Change, each: Iterable[Values], unless: StorageError | None = None
    ) -> None:
        self._statement = statement
        self.each = list(each)
        self._unless = unless
        self.changed = 0

    @property
    def statement(self) -> Statement[object]:
        return cast("Statement[object]", self._statement)

    def start(self, connection: Connection, text: str) -> Cursor:
        cursor = connection.cursor()
        cursor.executemany(text, self.each)
        return cursor

    def finish(self, cursor: Cursor) -> None:
        self.changed = max(0, cursor.rowcount)
        if self._unless is not None and self.changed != len(self.each):
            raise self._unless


class Word:
    """A word of transaction control that can wait for what comes next."""

    __slots__ = ("statement",)

    def __init__(self, text: str) -> None:
        self.statement = Statement[object](text)

    def start(self, connection: Connection, text: str) -> Cursor:
        return connection.execute(text)

    def finish(self, _: Cursor) -> None: ...
