"""P10: sweeps of several workers share what is due, oldest first; none waits for another."""

from contextlib import ExitStack
from datetime import UTC, datetime

import pytest

from storage.cases import timers
from storage.database.transactions import open_database, transaction
from tests.storage.many import fill
from tests.support.databases import Postgres

NOW = datetime(2027, 1, 1, tzinfo=UTC)
FAMILIES = 120
OF_FAMILY = 5  # cases, each with a timer that is due
BATCH = 25


@pytest.mark.parametrize("workers", [2, 4])
def test_each_worker_gets_the_next_families_while_the_others_hold_theirs(
    postgres: Postgres, workers: int
) -> None:
    url = postgres.migrated()
    database = open_database(url)
    fill(database, FAMILIES * OF_FAMILY + OF_FAMILY - 1)
    taken: list[tuple[int, ...]] = []

    with ExitStack() as held:
        for _ in range(workers):
            session = held.enter_context(transaction(database))
            taken.append(timers.due_families(session, NOW, BATCH))
        rest = timers.due_families(held.enter_context(transaction(database)), NOW, 10_000)

    in_order = [family for each in (*taken, rest) for family in each]
    database.close()
    postgres.drop(url)
    assert all(taken)
    assert len(in_order) == len(set(in_order)) == FAMILIES
    assert taken[0] == tuple(in_order[: len(taken[0])])


def test_the_oldest_due_comes_first_whoever_asks(postgres: Postgres) -> None:
    url = postgres.migrated()
    database = open_database(url)
    fill(database, FAMILIES * OF_FAMILY)

    with transaction(database) as session:
        families = timers.due_families(session, NOW, 10_000)
        due = timers.due_timers(session, NOW, 10_000)

    database.close()
    postgres.drop(url)
    first = {each.root_id: each.due_at for each in reversed(due)}
    moments = [first[family] for family in families]
    assert moments == sorted(moments)
