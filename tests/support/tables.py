"""A database whose tables another version has changed, as a worker that runs on meets it."""

from sqlalchemy import update

from storage.database.meta import TABLES
from storage.database.statements import Change, given
from storage.database.transactions import Database, transaction

_TURN = Change(update(TABLES).values({TABLES.c.version_num: given("revision")}))
NEWER, OLDER = "0999", "0001"


def turn_tables(database: Database, revision: str) -> None:
    """Let its tables be of another revision, as far as anybody can tell."""
    with transaction(database) as session:
        session.change(_TURN, revision=revision)
