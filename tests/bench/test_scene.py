"""What is measured can be set up: the bench works on the programme as it is today."""

from importlib import import_module
from pathlib import Path

import pytest

from bench.__main__ import NAMED, PLAIN
from bench.places import Folder
from bench.scene import scene, step
from bench.wire import Traffic
from storage.cases.cases import head
from storage.database.transactions import reading


def test_the_pairs_that_are_measured_can_take_their_step(tmp_path: Path) -> None:
    made = scene(Folder(tmp_path), 2)

    with made.opened() as runtime:
        for pair in made.pairs:
            step(runtime, pair)

        with reading(runtime.database) as session:
            assert len({head(session, pair).reference for pair in made.pairs}) == 2


@pytest.mark.parametrize("line", [*PLAIN.values(), *NAMED.values()])
def test_every_line_of_the_bench_is_there(line: str) -> None:
    module, _, function = line.partition(":")

    assert callable(getattr(import_module(module), function))


@pytest.mark.parametrize(
    ("said", "trips"),
    [("BDES", 1), ("BDEBDESH", 1), ("BDESHBDES", 2), ("Q", 1), ("BDESQ", 2), ("BDEHS", 1)],
)
def test_a_round_trip_is_a_wait_for_what_was_asked(said: str, trips: int) -> None:
    traffic = Traffic()

    for kind in said:
        traffic.count(kind.encode())

    assert traffic.trips == trips
