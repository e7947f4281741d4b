"""Everything that lies in a database, to compare two moments, and ways to meddle with it."""

from storage.database.statements import Change, Statement
from storage.database.transactions import Database, Session, reading, transaction
from storage.schema.tables import METADATA

TABLES = tuple(table.name for table in METADATA.sorted_tables)


def everything(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with reading(database) as session:
        return {name: sorted(_rows(session, name), key=repr) for name in TABLES}


def _rows(session: Session, table: str) -> list[tuple[object, ...]]:
    return session.all(Statement[tuple[object, ...]](f"SELECT * FROM {table}"))  # noqa: S608 - ours


def meddle(database: Database, text: str, **values: object) -> int:
    """Change rows behind the back of the house; the answer is how many."""
    with transaction(database) as session:
        return session.change(Change(text), **values)


def ask(database: Database, text: str, **values: object) -> list[tuple[object, ...]]:
    with reading(database) as session:
        return session.all(Statement[tuple[object, ...]](text), **values)
