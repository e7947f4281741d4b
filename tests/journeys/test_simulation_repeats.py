"""The same order gives the same report: run again, on another database, in another time zone."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from functools import cache

from simulation.simulate import Order, simulate
from tests.architecture.tree import ROOT
from tests.support.databases import Postgres

ORDER = Order(pairs=2, months=13, seed=11, people="mixed")
PROGRAM = """
import json
from simulation.simulate import Order, simulate
print(json.dumps(simulate(Order(pairs=2, months=13, seed=11, people="mixed")).as_json()))
"""


@cache
def _first() -> str:
    return _text(ORDER)


def _text(order: Order) -> str:
    return json.dumps(simulate(order).as_json())


def test_the_same_seed_tells_the_same_story_again() -> None:
    assert _text(ORDER) == _first()


def test_another_seed_tells_another_story() -> None:
    assert _text(replace(ORDER, months=2, seed=12)) != _text(replace(ORDER, months=2))


def test_postgresql_tells_the_same_story_as_sqlite(postgres: Postgres) -> None:
    url = postgres.empty()

    told = _text(replace(ORDER, database_url=url))

    postgres.drop(url)
    assert told == _first()


def test_the_time_zone_and_the_hashes_of_the_machine_change_nothing() -> None:
    strange = {"TZ": "Pacific/Apia", "PYTHONHASHSEED": "77", "PYTHONPATH": str(ROOT)}

    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        check=False,
        env={**os.environ, **strange},
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == _first()
