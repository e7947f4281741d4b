"""A thousand simulated crashes at the named points of the write and delivery paths (F1, P1, P3)."""

import random
from collections import Counter
from pathlib import Path

import pytest

from storage.database.transactions import reading
from storage.journal.verify import verify
from tests.support.databases import Postgres
from tests.support.life import CrashError, Standing, live, messages, standing
from tests.support.world import World, make, world

# Every point that the life passes. The list is compared with what it really passes.
POINTS = (
    "cases.open",
    "cases.opened",
    "commit.begin",
    "commit.dates",
    "commit.journal",
    "commit.letters",
    "commit.move",
    "commit.parts",
    "commit.records",
    "commit.settled",
    "commit.timers",
    "outbox.compose",
    "outbox.composed",
    "outbox.frozen",
    "requests.remember",
    "savepoint.release",
    "sending.claimed",
    "sending.settle",
    "sending.settled",
    "sending.start",
    "sending.started",
    "transaction.commit",
    "transaction.committed",
    "witness.data",
    "witness.mail",
    "witness.taken",
)
SEEDS = 38  # crashes at each point in every run: with the points above more than a thousand
FEW = 1  # on PostgreSQL


def _reference(folder: Path) -> tuple[Standing, Counter[str]]:
    passed: Counter[str] = Counter()
    with world(folder) as quiet:
        live(quiet, lambda name: passed.update([name]))
        return standing(quiet), passed


def _crash_at(name: str, number: int) -> "Dying":
    return Dying(name, number)


class Dying:
    """Dies once, at the n-th passing of a point."""

    def __init__(self, name: str, number: int) -> None:
        self.name = name
        self.left = number
        self.died = False

    def __call__(self, name: str) -> None:
        if name != self.name or self.died:
            return
        self.left -= 1
        if self.left == 0:
            self.died = True
            raise CrashError(name)


def _check(broken: World, expected: Standing) -> None:
    """Nothing lost, nothing doubled beyond an ambiguous attempt, every journal whole."""
    found = standing(broken)
    assert found.states == expected.states
    assert found.letters == expected.letters
    for message_id, (state, ambiguous) in messages(broken).items():
        copies = broken.mailbox.copies[message_id]
        assert state == "accepted", (message_id, state)
        assert 1 <= copies <= 1 + ambiguous, (message_id, copies, ambiguous)
    assert set(broken.mailbox.copies) <= set(messages(broken))
    with reading(broken.runtime.database) as session:
        assert list(verify(session)) == []


def test_the_list_of_points_is_what_a_life_passes(tmp_path: Path) -> None:
    _, passed = _reference(tmp_path)

    assert sorted(passed) == sorted(POINTS)


@pytest.mark.parametrize("point", POINTS)
def test_a_crash_at_this_point_loses_and_doubles_nothing(point: str, tmp_path: Path) -> None:
    (tmp_path / "quiet").mkdir()
    expected, passed = _reference(tmp_path / "quiet")
    rng = random.Random(point)  # noqa: S311 - repeatable, not secret

    for seed in range(SEEDS):
        folder = tmp_path / str(seed)
        folder.mkdir()
        dying = _crash_at(point, rng.randint(1, passed[point]))
        with world(folder) as broken:
            live(broken, dying)
            assert dying.died, f"seed {seed} never reached {point}"
            _check(broken, expected)


@pytest.mark.parametrize("point", POINTS)
def test_the_same_holds_on_postgresql(point: str, tmp_path: Path, postgres: Postgres) -> None:
    (tmp_path / "quiet").mkdir()
    expected, passed = _reference(tmp_path / "quiet")
    rng = random.Random(f"postgres {point}")  # noqa: S311 - repeatable, not secret

    for _ in range(FEW):
        url = postgres.empty()
        dying = _crash_at(point, rng.randint(1, passed[point]))
        broken = make(tmp_path, url)
        try:
            live(broken, dying)
            assert dying.died
            _check(broken, expected)
        finally:
            broken.close()
            postgres.drop(url)
