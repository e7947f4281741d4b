"""SQLite: a file in WAL mode, flushed at every commit, with one writer at a time."""

import os
import re
import sqlite3
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import create_engine
from sqlalchemy.engine import URL

from storage.database.dialects import PATIENCE, Connection, Cursor, Dialect, Opened
from storage.errors import ConflictError, SchemaError, StorageError, UnavailableError

_OLDEST = (3, 35, 0)  # RETURNING
_FULL = 2  # PRAGMA synchronous
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_OVER_A_NETWORK = re.compile(
    r"afs|beegfs|ceph|cifs|coda|glusterfs|lustre|ncpfs|nfs4?|smb3|smbfs"
    r"|fuse\.(glusterfs|rclone|s3fs|sshfs)"
)


def open_sqlite(url: URL, *, make: bool) -> Opened:
    """The pool of a file's connections; the file must exist unless it is to be made."""
    path = _path(url)
    kind = file_system(path, Path("/proc/self/mounts"))
    if is_over_a_network(kind):
        raise SchemaError(
            f"the database {path} lies on a network file system ({kind}), where SQLite loses "
            "commits; move it to a local disk or use PostgreSQL"
        )
    if make:
        path.touch(mode=0o600)  # it holds names and addresses
    elif not path.is_file() or path.stat().st_size == 0:
        raise SchemaError(
            f"there is no database at {path}; check the address, or make one: pairing db create"
        )
    engine = create_engine(
        "sqlite+pysqlite:///" + str(path),
        creator=lambda: _connect(path),
        pool_size=16,
        max_overflow=-1,
    )
    return Opened(_dialect(path), engine)


def _path(url: URL) -> Path:
    if url.query:
        raise SchemaError(f"a SQLite address takes no settings: leave out {', '.join(url.query)}")
    if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
        # In memory every connection would see a database of its own.
        raise SchemaError("SQLite in memory keeps nothing; name a file: sqlite:////folder/file.db")
    if sqlite3.sqlite_version_info < _OLDEST:
        raise SchemaError(f"SQLite {sqlite3.sqlite_version} is too old; use 3.35 or newer")
    path = Path(url.database).absolute()
    if not path.parent.is_dir():
        raise SchemaError(f"there is no folder {path.parent} for the database; make it first")
    return path


def _connect(path: Path) -> sqlite3.Connection:
    # mode=rw: a file that was deleted meanwhile is an error, never a new empty database.
    connection = sqlite3.connect(
        f"file:{quote(str(path))}?mode=rw",
        uri=True,
        timeout=PATIENCE,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        # What was taken away is not to be found in a copy of the file (security 11).
        connection.execute("PRAGMA secure_delete = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def _dialect(path: Path) -> Dialect:
    return Dialect(
        name="sqlite",
        begin=("BEGIN IMMEDIATE",),
        begin_reading=("BEGIN",),
        begins_late=False,  # whoever writes holds the file before looking at it
        error=sqlite3.Error,
        translated=translated,
        is_lost=_is_lost,
        is_over=_is_over,
        committed=_committed,
        refuse_weak=refuse_weak,
        pipelined=nullcontext,
        still_there=_watcher(path),
    )


def refuse_weak(connection: Connection) -> None:
    """Ask the connection itself: what was set may not have been taken (P2)."""
    found = {
        name: connection.execute(f"PRAGMA {name}").fetchall()[0][0]
        for name in ("journal_mode", "synchronous", "foreign_keys")
    }
    wanted = {"journal_mode": "wal", "synchronous": _FULL, "foreign_keys": 1}
    wrong = [name for name, value in wanted.items() if found[name] != value]
    if wrong:
        told = ", ".join(f"{name} is {found[name]}, not {wanted[name]}" for name in wrong)
        raise SchemaError(f"SQLite does not keep its promises here: {told}; use a local disk")


def translated(error: Exception) -> StorageError:
    """What an error of the driver means to the house."""
    if isinstance(error, sqlite3.IntegrityError):
        return ConflictError(f"the database refuses a contradiction: {error}")
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _BUSY:
        return UnavailableError(
            f"the database was locked by somebody else for {PATIENCE:g} seconds; try again"
        )
    if isinstance(error, sqlite3.OperationalError) and code != sqlite3.SQLITE_ERROR:
        return UnavailableError(f"the database cannot be used: {error}; nothing was written")
    return StorageError(f"the database answers: {error}")


def _is_lost(_: Connection) -> bool:
    return False


def _is_over(connection: Connection) -> bool:
    # After a full disk or an error of it SQLite rolls back, and writes on its own what follows.
    return not getattr(connection, "in_transaction", False)


def _committed(_: Cursor) -> bool:
    return True


def _watcher(path: Path) -> Callable[[], None]:
    """Notice that the file was deleted or replaced: commits into a nameless file are lost."""
    first = os.stat(path)  # noqa: PTH116 - half the price of Path.stat, at every transaction

    def look() -> None:
        try:
            found = os.stat(path)  # noqa: PTH116 - as above
        except OSError as error:
            raise UnavailableError(f"the database {path} is gone; restore it") from error
        if (found.st_ino, found.st_dev) != (first.st_ino, first.st_dev):
            raise UnavailableError(f"the database {path} was replaced; start again")

    return look


def is_over_a_network(kind: str) -> bool:
    return _OVER_A_NETWORK.fullmatch(kind) is not None


def file_system(path: Path, mounts: Path) -> str:
    """The kind of file system a path lies on, as a table of mounts tells; empty when unknown."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    best, kind = -1, ""
    for _, place, found, *_ in (line.split() for line in lines if line.count(" ") > 1):
        folder = place.replace("\\040", " ")
        if Path(os.path.realpath(path)).is_relative_to(folder) and len(folder) >= best:
            best, kind = len(folder), found
    return kind
