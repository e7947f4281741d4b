"""Rows written many times over, whatever columns their table has by now."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager

from bench.places import file_of

_COPY = """
    WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < {count})
    INSERT INTO {table} ({names})
    SELECT {values} FROM counted, (SELECT * FROM {table} WHERE {which} LIMIT 1)
"""


@contextmanager
def inside(url: str) -> Iterator[sqlite3.Connection]:
    """A file that nobody has open; what was written lies in the file itself in the end."""
    with closing(sqlite3.connect(file_of(url))) as connection:
        with connection:
            yield connection
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def multiply(
    connection: sqlite3.Connection, table: str, which: str, count: int, own: Mapping[str, str]
) -> None:
    """Copy one row; `own` says what differs from copy to copy, by column, with their number n."""
    known = [name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")]
    names = [name for name in known if name != "id"]
    connection.execute(
        _COPY.format(
            count=count,
            table=table,
            names=", ".join(names),
            values=", ".join(own.get(name, name) for name in names),
            which=which,
        )
    )
