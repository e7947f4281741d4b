"""Opening a database and its transactions: all or nothing, durable when they return (P1, P2)."""

import os
import weakref
from collections.abc import Generator
from contextlib import contextmanager, suppress
from typing import cast

from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import Pool, PoolProxiedConnection

from storage.database import meta, migrate
from storage.database.dialects import Connection, Dialect, Opened
from storage.database.failpoints import reach
from storage.database.postgres import open_postgres
from storage.database.session import Session, savepoint
from storage.database.sqlite import open_sqlite
from storage.errors import ConflictError, SchemaError, UnavailableError

__all__ = [
    "Database",
    "Session",
    "create",
    "open_database",
    "reading",
    "savepoint",
    "transaction",
    "upgrade",
]


class Database:
    """An open database with its pool of connections; safe for threads and after a fork."""

    def __init__(self, opened: Opened, where: str, *, keeps: bool = True) -> None:
        self.where = where  # for messages: the address without its password
        self.keeps = keeps
        self.dialect: Dialect = opened.dialect
        self._engine: Engine = opened.engine
        _open.add(self)

    def only_tried(self) -> "Database":
        """The same database for a dry run: nothing that a transaction writes is kept."""
        return Database(Opened(self.dialect, self._engine), self.where, keeps=False)

    def connect(self) -> PoolProxiedConnection:
        """A connection out of the pool; closing it gives it back."""
        try:
            return self._engine.raw_connection()
        except (DBAPIError, self.dialect.error) as error:
            raise _unreachable(self.where, error) from error

    def drop_idle(self) -> None:
        """Forget the connections of the pool, after one of them turned out to be lost."""
        self._engine.dispose()

    def close(self) -> None:
        self._engine.dispose()

    def leave_to_parent(self) -> None:
        # Not closed: that would end transactions and locks of the parent, who still holds them.
        _parents.append(self._engine.pool)
        self._engine.dispose(close=False)


_open: "weakref.WeakSet[Database]" = weakref.WeakSet()
_parents: list[Pool] = []


def _forked() -> None:
    for database in tuple(_open):
        database.leave_to_parent()


os.register_at_fork(after_in_child=_forked)


_REMEDIES = {
    "not a database": "name another file",
    "unable to open": "check that the file and its folder may be written",
}


def open_database(url: str) -> Database:
    """Open a database that exists, has the tables of this version and keeps what it acknowledges.

    Everything else is a SchemaError that names the remedy; UnavailableError when nobody answers.
    """
    address = _address(url)
    where = address.render_as_string(hide_password=True)
    opened = _opened(address, make=False)
    database = Database(opened, where)
    try:
        with _checked_out(database) as connection:
            opened.dialect.refuse_weak(connection)
        migrate.refuse_other_schema(_revision(opened, where), where)
    except BaseException:
        database.close()
        raise
    return database


def refuse_other_tables(database: Database) -> None:
    """SchemaError where the tables of an open database are those of another version by now."""
    with reading(database) as session:
        found = meta.revision(session)
    migrate.refuse_other_schema(found, database.where)


def refuse_unmade(url: str) -> None:
    """SchemaError for a database that was never made: a slip of the pen must not make one."""
    address = _address(url)
    where = address.render_as_string(hide_password=True)
    opened = _opened(address, make=False)
    try:
        if not (found := _revision(opened, where)):
            migrate.refuse_other_schema(found, where)
    finally:
        opened.engine.dispose()


def upgrade(url: str) -> None:
    """Give a database the tables of this version; an SQLite file is made when there is none."""
    address = _address(url)
    where = address.render_as_string(hide_password=True)
    opened = _opened(address, make=True)
    try:
        migrate.upgrade(opened, where)
    except (DBAPIError, opened.dialect.error) as error:
        raise _unreachable(where, error) from error
    finally:
        opened.engine.dispose()


def create(url: str, *, rehearsal: bool, programme: str) -> None:
    """Make a database for a programme; ConflictError when there is one already."""
    upgrade(url)
    database = open_database(url)
    try:
        with transaction(database) as session:
            if meta.programme(session):
                raise ConflictError(
                    f"{database.where} already holds a database of programme "
                    f"{meta.programme(session)}; name another place"
                )
            meta.set_up(session, programme=programme, rehearsal=rehearsal)
    finally:
        database.close()


@contextmanager
def transaction(database: Database) -> Generator[Session]:
    """A writing transaction: committed when the block ends, undone when it raises.

    UnavailableError: nothing was written. UnknownOutcomeError: the commit gave no answer; read
    again by the key of the request before doing anything twice.
    """
    with _session(database, writes=True) as session:
        if not database.keeps:
            session.rollback_only()
        yield session
        reach("transaction.commit")
        session.commit()
    reach("transaction.committed")


@contextmanager
def reading(database: Database) -> Generator[Session]:
    """A reading transaction: everything it reads is of one moment."""
    with _session(database, writes=False) as session:
        yield session
        session.roll_back()


@contextmanager
def _session(database: Database, *, writes: bool) -> Generator[Session]:
    with _checked_out(database) as connection:
        session = Session(connection, database.dialect, writes=writes)
        session.begin()
        try:
            yield session
        except BaseException:
            _undo(session)
            raise


def _undo(session: Session) -> None:
    with suppress(Exception):  # the error that led here is the one to tell
        session.roll_back()


@contextmanager
def _checked_out(database: Database) -> Generator[Connection]:
    pooled = database.connect()
    connection = cast(Connection, pooled.driver_connection)
    try:
        yield connection
    except BaseException:
        if database.dialect.is_lost(connection):
            pooled.invalidate()
            database.drop_idle()
        raise
    finally:
        pooled.close()


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise SchemaError(
            "the address of the database cannot be read; write sqlite:////folder/pairing.db "
            "or postgresql://user@host/name"
        ) from error
    if address.get_backend_name() not in {"sqlite", "postgresql"}:
        raise SchemaError(
            f"no database of the kind {address.get_backend_name()}; use sqlite or postgresql"
        )
    return address


def _opened(address: URL, *, make: bool) -> Opened:
    if address.get_backend_name() == "sqlite":
        return open_sqlite(address, make=make)
    return open_postgres(address)


def _revision(opened: Opened, where: str) -> str:
    try:
        return migrate.revision(opened.engine)
    except (DBAPIError, opened.dialect.error) as error:
        raise _unreachable(where, error) from error


def _unreachable(where: str, error: Exception) -> UnavailableError:
    said = (str(getattr(error, "orig", None) or error).strip().splitlines() or ["no answer"])[0]
    remedy = next((way for words, way in _REMEDIES.items() if words in said), "try again")
    return UnavailableError(f"the database {where} does not answer: {said}; {remedy}")
