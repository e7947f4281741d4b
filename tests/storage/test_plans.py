"""No hot statement sorts or reads a table from end to end, however many rows there are."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeVar

import pytest

from engine.model.dossier import CaseId
from storage.cases import timers
from storage.cases.family_rows import FamilyRows
from storage.database.columns import from_instant, from_json
from storage.database.migrate import NEWEST
from storage.database.statements import Statement
from storage.database.transactions import Database, open_database
from storage.mail import attempts, intents, sending, troubles
from tests.storage.many import NOW, fill
from tests.support.databases import Postgres, Sqlite

R = TypeVar("R")

_NOW = from_instant(NOW)


class Planned(NamedTuple):
    """The texts of a hot statement, and values for it."""

    sqlite: str
    postgres: str
    values: Mapping[str, object]


def _planned(statement: Statement[R], **values: object) -> Planned:
    return Planned(statement.sqlite, statement.locking, values)


QUEUES = {
    "what is due": _planned(timers._FAMILIES, now=_NOW, limit=100),
    "what is due, locked": _planned(timers._LOCKED_FAMILIES, now=_NOW, limit=100),
    "the next timer": _planned(timers._NEXT, after=_NOW),
    "letters owed": _planned(intents._NEW, limit=100),
    "letters that go": _planned(intents._GOING, now=_NOW, limit=20, after=0, after_at=""),
    "letters to somebody": _planned(intents._DUE, now=_NOW, limit=100, person=7),
    "the next letter": _planned(intents._NEXT),
    "a claim": _planned(sending._CLAIM, now=_NOW, until=_NOW, token=_NOW, tables=NEWEST),
    "the next message": _planned(sending._NEXT),
}
_ENDED = dict.fromkeys(("settled_at", "reply", "end", "next_at", "trouble"), _NOW)
_LEFT = {"doubt": 0, **_ENDED}
ONE_FAMILY = {
    "due of families": _planned(timers._DUE_OF_FAMILIES, now=_NOW, roots=from_json([700, 705])),
    "the end of a try": _planned(attempts._SETTLE, number=700, token=_NOW, tokens="", **_LEFT),
    "what a trouble holds up": _planned(troubles._WAKE, trouble="no letter can leave"),
}
ONE_FAMILY |= {
    f"a family's {number}": Planned(each.statement.sqlite, each.statement.locking, {"case": 702})
    for number, each in enumerate(FamilyRows(CaseId(702)).reads())
}
# What says which tables there are has one row.
SCANS = r"SCAN (?!json_each)(?!.*(?:USING|CONSTANT ROW)).*|Seq Scan(?! on alembic_version).*"
SORTS = r"USE TEMP B-TREE.*|Sort.*"


@pytest.fixture(scope="module")
def full_sqlite(sqlite: Sqlite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Fifty thousand of everything in a file."""
    yield from _full(sqlite.migrated(tmp_path_factory.mktemp("many")))


@pytest.fixture(scope="module")
def full_postgres(postgres: Postgres) -> Iterator[Database]:
    """The same on PostgreSQL."""
    url = postgres.migrated()
    yield from _full(url)
    postgres.drop(url)


def _full(url: str) -> Iterator[Database]:
    database = open_database(url)
    fill(database)
    yield database
    database.close()


@pytest.mark.parametrize("name", QUEUES)
def test_what_comes_next_is_found_by_an_index_in_its_order(
    name: str, full_sqlite: Database, full_postgres: Database
) -> None:
    plans = _plans(QUEUES[name], full_sqlite, full_postgres)

    assert re.findall(f"{SCANS}|{SORTS}", plans) == [], plans


@pytest.mark.parametrize("name", ONE_FAMILY)
def test_what_is_asked_of_one_family_reads_no_other(
    name: str, full_sqlite: Database, full_postgres: Database
) -> None:
    plans = _plans(ONE_FAMILY[name], full_sqlite, full_postgres)

    assert re.findall(SCANS, plans) == [], plans


def _plans(planned: Planned, sqlite: Database, postgres: Database) -> str:
    steps = _steps(sqlite, f"EXPLAIN QUERY PLAN {planned.sqlite}", planned.values)
    return f"{steps}\n{_steps(postgres, f'EXPLAIN {planned.postgres}', planned.values)}"


def _steps(database: Database, text: str, values: Mapping[str, object]) -> str:
    connection = database.connect()
    try:
        cursor = connection.cursor()
        cursor.execute(text, values)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())
    finally:
        connection.close()
