"""A transaction that is open: the one way statements reach a database."""

from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager, nullcontext
from typing import TypeVar, cast

from storage.database.dialects import Connection, Cursor, Dialect
from storage.database.failpoints import reach
from storage.database.statements import Change, Statement
from storage.database.steps import Step, Write
from storage.errors import StorageError, UnavailableError, UnknownOutcomeError

R = TypeVar("R")

_A_BATCH = 2  # sets of values that are worth sending together


class Session:
    """One open transaction. Whoever opened it commits; everybody else only reads and writes."""

    __slots__ = (
        "_connection",
        "_dialect",
        "_only_tries",
        "_opening",
        "_sqlite",
        "is_over",
        "writes",
    )

    def __init__(self, connection: Connection, dialect: Dialect, *, writes: bool) -> None:
        self._connection = connection
        self._dialect = dialect
        self._sqlite = dialect.name == "sqlite"
        self.writes = writes
        self.is_over = False  # the database ended the transaction by itself: nothing was written
        self._only_tries = False
        self._opening: tuple[str, ...] = ()

    @property
    def locks_rows(self) -> bool:
        """Whether rows can and must be locked: only PostgreSQL has several writers."""
        return self.writes and not self._sqlite

    def all(self, statement: Statement[R], /, **values: object) -> list[R]:
        """Every row a statement gives."""
        try:
            return cast("list[R]", self._ask(statement, values).fetchall())
        except self._dialect.error as error:
            raise self._meant(error) from error

    def first(self, statement: Statement[R], /, **values: object) -> R | None:
        """The first row a statement gives, None when there is none."""
        rows = self.all(statement, **values)
        return rows[0] if rows else None

    def change(self, statement: Change, /, **values: object) -> int:
        """Write, and say how many rows were changed."""
        return self._ask(statement, values).rowcount

    def change_each(self, statement: Change, rows: Iterable[Mapping[str, object]]) -> int:
        """Write once for each set of values, and say how many rows were changed in all."""
        each = list(rows)
        if len(each) < _A_BATCH:
            return sum(self._ask(statement, values).rowcount for values in each)
        write = Write(statement, each)
        self.together(write)
        return write.changed

    def together(self, *steps: Step) -> None:
        """Read and write in the order given; on PostgreSQL all of it is one round trip."""
        texts = [self._text(step.statement) for step in steps]
        try:
            alone = len(steps) == 1 and not self._opening
            with nullcontext() if alone else self._dialect.pipelined(self._connection):
                self._open()
                cursors = [
                    step.start(self._connection, text)
                    for step, text in zip(steps, texts, strict=True)
                ]
            for step, cursor in zip(steps, cursors, strict=True):
                step.finish(cursor)
        except (self._dialect.error, UnicodeError, OverflowError) as error:
            raise self._meant(error) from error

    def rollback_only(self) -> None:
        """A dry run: everything happens, and at the end nothing of it is kept."""
        self._only_tries = True

    def begin(self) -> None:
        self._dialect.still_there()
        words = self._dialect.begin if self.writes else self._dialect.begin_reading
        if self._dialect.begins_late:
            self._opening = words
            return
        for word in words:
            self.control(word)

    def commit(self) -> None:
        """Make it durable; an error means that nobody knows whether it is (P7)."""
        if self._only_tries:
            self.roll_back()
        if self._only_tries or self._opening:
            return
        self._refuse_when_over()
        try:
            answer = self._connection.execute("COMMIT")
        except self._dialect.error as error:
            raise UnknownOutcomeError(
                "the database gave no answer to the commit; look whether it happened"
            ) from error
        if not self._dialect.committed(answer):
            raise StorageError("the transaction had failed before its end; nothing was written")

    def roll_back(self) -> None:
        if not self._opening:
            self.control("ROLLBACK")

    def control(self, text: str) -> None:
        """Run a word of transaction control."""
        self._refuse_when_over()
        try:
            self._execute(text, None)
        except self._dialect.error as error:
            raise self._dialect.translated(error) from error

    def _ask(self, statement: Statement[R], values: Mapping[str, object]) -> Cursor:
        try:
            return self._execute(self._text(statement), values)
        except (self._dialect.error, UnicodeError, OverflowError) as error:
            raise self._meant(error) from error

    def _execute(self, text: str, values: Mapping[str, object] | None) -> Cursor:
        if not self._opening:
            return self._connection.execute(text, values or {})
        with self._dialect.pipelined(self._connection):
            self._open()
            return self._connection.execute(text, values or {})

    def _open(self) -> None:
        for word in self._opening:
            self._connection.execute(word)
        self._opening = ()

    def _refuse_when_over(self) -> None:
        if self.is_over:  # what is written now would stand alone
            raise UnavailableError(
                "the database ended the transaction by itself; nothing was written, try again"
            )

    def _text(self, statement: Statement[R]) -> str:
        self._refuse_when_over()
        if self._sqlite:
            return statement.sqlite
        return statement.locking if self.writes else statement.plain

    def _meant(self, error: Exception) -> StorageError:
        if isinstance(error, UnicodeError | OverflowError):
            return StorageError(f"a text or number cannot be stored: {error}")
        self.is_over = self._dialect.is_over(self._connection)
        return self._dialect.translated(error)


@contextmanager
def savepoint(session: Session) -> Generator[None]:
    """Undo what happens inside alone when it raises; the rest of the transaction stands."""
    session.control("SAVEPOINT beside")
    try:
        yield
    except BaseException:
        if not session.is_over:
            session.control("ROLLBACK TO SAVEPOINT beside")
            session.control("RELEASE SAVEPOINT beside")
        raise
    reach("savepoint.release")
    session.control("RELEASE SAVEPOINT beside")
