"""How often a piece of work waits for an answer of PostgreSQL."""

import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import event

from storage.database.transactions import Database

if TYPE_CHECKING:
    import psycopg


@dataclass
class Trips:
    """Filled at the end of the block."""

    count: int = 0


@contextmanager
def round_trips(database: Database) -> Generator[Trips]:
    """Count the answers waited for, on whatever connection of the pool."""
    trips, pool = Trips(), database._engine
    with tempfile.TemporaryFile() as told:

        def follow(connection: "psycopg.Connection", *_: object) -> None:
            connection.pgconn.trace(told.fileno())

        def leave(connection: "psycopg.Connection", *_: object) -> None:
            connection.pgconn.untrace()

        event.listen(pool, "checkout", follow)
        event.listen(pool, "checkin", leave)
        try:
            yield trips
        finally:
            event.remove(pool, "checkout", follow)
            event.remove(pool, "checkin", leave)
        told.seek(0)
        sent = [line.split() for line in told]
    # Time of two words, from the front, so long, which message.
    trips.count = sum(words[2:5:2] in ([b"F", b"Sync"], [b"F", b"Query"]) for words in sent)
