"""A transaction that is open: the one way statements reach a database."""

from collections.abc import Generator, Iterable, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TypeVar, cast

from storage.database.dialects import Connection, Dialect
from storage.database.failpoints import reach
from storage.database.statements import Change, Statement
from storage.database.steps import Read, Step, Word, Write
from storage.errors import StorageError, UnavailableError, UnknownOutcomeError

R = TypeVar("R")

_SAVE = "SAVEPOINT beside"


class Session:
    """One open transaction. Whoever opened it commits; everybody else only reads and writes."""

    __slots__ = (
        "_begun",
        "_connection",
        "_dialect",
        "_only_tries",
        "_sqlite",
        "_waiting",
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
        self._begun = False
        self._waiting: list[Step] = []  # goes with what is asked next

    @property
    def locks_rows(self) -> bool:
        """Whether rows can and must be locked: only PostgreSQL has several writers."""
        return self.writes and not self._sqlite

    def all(self, statement: Statement[R], /, **values: object) -> list[R]:
        """Every row a statement gives."""
        if self._waiting:
            read = Read(statement, **values)
            self.together(read)
            return read.rows
        text = self._text(statement)
        try:
            return cast("list[R]", self._connection.execute(text, values).fetchall())
        except (self._dialect.error, UnicodeError, OverflowError) as error:
            raise self._meant(error) from error

    def first(self, statement: Statement[R], /, **values: object) -> R | None:
        """The first row a statement gives, None when there is none."""
        rows = self.all(statement, **values)
        return rows[0] if rows else None

    def change(self, statement: Change, /, **values: object) -> int:
        """Write, and say how many rows were changed."""
        write = Write(statement, (values,))
        self.together(write)
        return write.changed

    def change_each(self, statement: Change, rows: Iterable[Mapping[str, object]]) -> int:
        """Write once for each set of values, and say how many rows were changed in all."""
        write = Write(statement, rows)
        if write.each:
            self.together(write)
        return write.changed

    def later(
        self,
        statement: Change,
        rows: Iterable[Mapping[str, object]],
        *,
        unless: StorageError | None = None,
    ) -> None:
        """Write once for each set of values; nobody waits for it.

        On PostgreSQL it goes with what is asked next, or with the commit. ``unless`` each set of
        values meets one row the error is raised then, at the latest before the commit.
        """
        write = Write(statement, rows, unless)
        if write.each and self._dialect.begins_late:
            self._waiting.append(write)
        elif write.each:
            self.together(write)

    def together(self, *steps: Step) -> None:
        """Read and write in the order given; on PostgreSQL all of it is one round trip."""
        self._refuse_when_over()
        steps = (*self._waiting, *steps)
        self._waiting.clear()
        texts = [self._text(step.statement) for step in steps]
        self._begun = True
        try:
            with self._pipelined(len(steps)):
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
        for word in self._dialect.begin if self.writes else self._dialect.begin_reading:
            self._say(word)

    def commit(self) -> None:
        """Make it durable; an error means that nobody knows whether it is (P7)."""
        if not self._has_begun():
            return
        self.flush()
        if self._only_tries:
            self.roll_back()
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
        self._waiting.clear()
        if self._begun:
            self.control("ROLLBACK")

    def flush(self) -> None:
        """Let everything that waits happen now."""
        if self._waiting:
            self.together()

    def set_savepoint(self) -> None:
        self._say(_SAVE)

    def undo_to_savepoint(self) -> None:
        """Undo what was done since; what still waits was not done at all."""
        unsent = [n for n, step in enumerate(self._waiting) if step.statement.sqlite == _SAVE]
        if unsent:
            del self._waiting[unsent[-1] :]
            return
        self._waiting.clear()
        self.control(f"ROLLBACK TO {_SAVE}")
        self.control(f"RELEASE {_SAVE}")

    def release_savepoint(self) -> None:
        self._say(f"RELEASE {_SAVE}")

    def _say(self, word: str) -> None:
        """A word of transaction control, at once or with what comes next."""
        if self._dialect.begins_late:
            self._waiting.append(Word(word))
        else:
            self.control(word)
            self._begun = True

    def control(self, text: str) -> None:
        """Run a word of transaction control at once."""
        self._refuse_when_over()
        try:
            self._connection.execute(text)
        except self._dialect.error as error:
            raise self._dialect.translated(error) from error

    def _has_begun(self) -> bool:
        return self._begun or any(isinstance(step, Write) for step in self._waiting)

    def _pipelined(self, steps: int) -> AbstractContextManager[object]:
        return nullcontext() if steps == 1 else self._dialect.pipelined(self._connection)

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
    session.set_savepoint()
    try:
        yield
        session.flush()
    except BaseException:
        if not session.is_over:
            session.undo_to_savepoint()
        raise
    reach("savepoint.release")
    session.release_savepoint()
