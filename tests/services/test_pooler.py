"""P10: a pooler may stand before PostgreSQL, giving each transaction another server process."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from simulation.simulate import Order, simulate
from storage.database import meta
from storage.database.statements import Statement
from storage.database.transactions import open_database, transaction
from tests.storage.rows import ask
from tests.support.databases import Postgres
from tests.support.pooler import PoolerAbsentError, pooled
from tests.support.required import absent

pytestmark = pytest.mark.services

ORDER = Order(pairs=2, months=6, seed=11, people="mixed")
WORKERS = 4
ROUNDS = 25  # a driver prepares a statement after five uses


@pytest.fixture
def address(tmp_path: Path, postgres: Postgres) -> Iterator[str]:
    """A database with its tables, by way of a pooler."""
    url = postgres.migrated()
    try:
        with pooled(url, tmp_path) as found:
            yield found
    except PoolerAbsentError as error:
        absent("pgbouncer", str(error))
    finally:
        postgres.drop(url)


def test_a_simulation_tells_the_same_story_by_way_of_a_pooler(address: str) -> None:
    told = simulate(replace(ORDER, database_url=address))

    assert json.dumps(told.as_json()) == json.dumps(simulate(ORDER).as_json())


def test_workers_who_share_server_processes_do_not_miss_what_another_one_prepared(
    address: str,
) -> None:
    database = open_database(address)

    def work(number: int) -> int:
        for count in range(ROUNDS):
            with transaction(database) as session:
                meta.put(session, f"worker {number}", str(count))
        return number

    with ThreadPoolExecutor(WORKERS) as pool:
        done = list(pool.map(work, range(WORKERS)))

    last = ask(database, "SELECT count(*) FROM meta WHERE value = :last", last=str(ROUNDS - 1))
    database.close()
    assert done == list(range(WORKERS))
    assert last == [(WORKERS,)]


def test_a_lock_is_waited_for_as_long_as_without_a_pooler(address: str) -> None:
    database = open_database(address)

    with transaction(database) as session:
        patience = session.all(Statement[tuple[str]]("SHOW lock_timeout"))

    database.close()
    assert patience == [("10s",)]
