"""A pair that is copied from one that was played before stands as if it had been played."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.storage.rows import everything
from tests.support.pairs import Pair, a_pair
from tests.support.played_before import once
from tests.support.world import World, fork

STATE = "memorandum"


class PlayedError(Exception):
    """It was not looked up."""


def _refuse() -> None:
    raise PlayedError


def _is_looked_up(pair: Pair) -> None:
    once(pair.world, f"{pair.case} gets to {STATE}", _refuse)


@pytest.fixture
def begun(town: World, tmp_path: Path) -> Pair:
    """A pair like another one that has been brought to the state already."""
    found = a_pair(town)
    (tmp_path / "other").mkdir()
    other = fork(town, tmp_path / "other")
    Pair(other, found.case).gets_to(STATE)
    other.close()
    return found


def test_every_row_is_as_if_it_had_been_played(begun: Pair, tmp_path: Path) -> None:
    (tmp_path / "played").mkdir()
    played = Pair(fork(begun.world, tmp_path / "played"), begun.case)
    before, runtime = begun.world.clock(), begun.world.runtime

    _is_looked_up(begun)
    played._walks_to(STATE)

    rows = [everything(each.world.runtime.database) for each in (begun, played)]
    played.world.close()
    assert rows[0] == rows[1]
    assert begun.state == STATE
    assert (begun.world.clock(), begun.world.mailbox.letters) == (before, [])
    assert begun.world.runtime.programme is runtime.programme


@pytest.mark.parametrize(
    "change",
    [
        lambda pair: pair.world.days_pass(1),
        lambda pair: pair.files("eoi"),
        lambda pair: a_pair(pair.world, "OSL-ASH"),
    ],
    ids=["the clock", "a record", "another pair"],
)
def test_what_stands_otherwise_is_played(begun: Pair, change: Callable[[Pair], object]) -> None:
    change(begun)

    with pytest.raises(PlayedError):
        _is_looked_up(begun)
