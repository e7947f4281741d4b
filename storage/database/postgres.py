"""PostgreSQL through psycopg 3: several writers, flushed at every commit."""

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, cast

from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL

from storage.database.dialects import PATIENCE, Connection, Cursor, Dialect, Opened
from storage.errors import ConflictError, SchemaError, StorageError, UnavailableError

if TYPE_CHECKING:
    import psycopg


def open_postgres(url: URL) -> Opened:
    """The pool of a server's connections."""
    try:
        import psycopg  # noqa: PLC0415 - an extra: SQLite alone must do without it
    except ImportError as error:
        raise SchemaError(
            "PostgreSQL needs psycopg; install it: pip install 'pairing-engine[postgres]'"
        ) from error
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        connect_args={
            "autocommit": True,
            "connect_timeout": int(PATIENCE),
            "client_encoding": "UTF8",
        },
        use_native_hstore=False,
        pool_size=16,
        max_overflow=-1,
    )
    event.listen(engine, "connect", _unprepared_behind_a_pooler)
    return Opened(_dialect(psycopg.Error), engine)


def _unprepared_behind_a_pooler(connection: "psycopg.Connection", _record: object) -> None:
    """Prepare no statements when a pooler may give each transaction another server process.

    The number of that process, as the server says it, is then not the one we were greeted with.
    """
    found = connection.execute("SELECT pg_backend_pid()").fetchone()
    if found != (connection.info.backend_pid,):
        connection.prepare_threshold = None


def _dialect(error: type[Exception]) -> Dialect:
    return Dialect(
        name="postgres",
        # Said aloud: a server may be set to another level, and we count on reading anew.
        # The patience too: a pooler in between refuses settings of a connection.
        begin=(
            "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
            f"SET LOCAL lock_timeout = {int(PATIENCE * 1000)}",
        ),
        begin_reading=("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",),
        begins_late=True,
        error=error,
        translated=translated,
        is_lost=_is_lost,
        is_over=_is_lost,
        committed=_committed,
        refuse_weak=refuse_weak,
        pipelined=_pipelined,
        still_there=lambda: None,
    )


def refuse_weak(connection: Connection) -> None:
    """Ask the session itself: a setting may come from server, database or role (P2)."""
    for name in ("synchronous_commit", "fsync"):
        if connection.execute(f"SHOW {name}").fetchall()[0][0] == "off":
            raise SchemaError(
                f"PostgreSQL runs with {name} = off and may lose what it acknowledged; set it to on"
            )


def translated(error: Exception) -> StorageError:
    """What an error of the driver means to the house."""
    import psycopg  # noqa: PLC0415 - as above
    from psycopg import errors  # noqa: PLC0415 - as above

    if isinstance(error, psycopg.IntegrityError):
        return ConflictError(f"the database refuses a contradiction: {_said(error)}")
    if isinstance(error, errors.LockNotAvailable):
        return UnavailableError(
            f"the database was locked by somebody else for {PATIENCE:g} seconds; try again"
        )
    # Deadlocks and failed serialization are operational too: nothing was written, try again.
    if isinstance(error, psycopg.OperationalError):
        return UnavailableError(f"the database cannot be used: {_said(error)}; try again")
    return StorageError(f"the database answers: {_said(error)}")


def _said(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _is_lost(connection: Connection) -> bool:
    return bool(getattr(connection, "broken", False) or getattr(connection, "closed", False))


def _pipelined(connection: Connection) -> AbstractContextManager[object]:

    return cast("psycopg.Connection", connection).pipeline()


def _committed(cursor: Cursor) -> bool:
    # In a transaction that failed before, PostgreSQL answers COMMIT with ROLLBACK and no error.
    return getattr(cursor, "statusmessage", "") == "COMMIT"
