"""Simulated crashes at every passing of every named point of writing and delivery (F1, P1, P3).

A life is the same each time, so the n-th passing of a point is always the same moment.
"""

import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from storage.database.transactions import reading
from storage.journal.verify import verify
from storage.mail.queries import letters
from tests.support.life import CrashError, Standing, live, messages, standing
from tests.support.world import World, make, wp6

# Every point that the life passes. The list is compared with what it really passes.
POINTS = (
    "commit.begin",
    "commit.dates",
    "commit.journal",
    "commit.letters",
    "commit.move",
    "commit.opened",
    "commit.parts",
    "commit.records",
    "commit.settled",
    "commit.timers",
    "outbox.compose",
    "outbox.composed",
    "outbox.frozen",
    "overviews.kept",
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


@dataclass(frozen=True)
class Quiet:
    """A life without a crash: what it leaves behind, and how often it passes each point."""

    standing: Standing
    passed: Counter[str]
    merged: int  # messages that carry more than one letter


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Quiet:
    passed: Counter[str] = Counter()
    lived = make(tmp_path_factory.mktemp("quiet"), programme=wp6())
    live(lived, lambda name: passed.update([name]))
    quiet = Quiet(standing(lived), passed, _merged(lived))
    lived.close()
    return quiet


def _merged(lived: World) -> int:
    with reading(lived.runtime.database) as session:
        carried = Counter(each.message for each in letters(session) if each.message is not None)
    return sum(count > 1 for count in carried.values())


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


def test_a_life_has_letters_that_go_in_one(quiet: Quiet) -> None:
    assert quiet.merged


def test_the_list_of_points_is_what_a_life_passes(quiet: Quiet) -> None:
    assert sorted(quiet.passed) == sorted(POINTS)


@pytest.mark.services  # a life for each passing: some four hundred
@pytest.mark.parametrize("point", POINTS)
def test_a_crash_at_any_passing_of_this_point_loses_and_doubles_nothing(
    point: str, tmp_path: Path, quiet: Quiet
) -> None:
    for number in range(1, quiet.passed[point] + 1):
        folder = tmp_path / str(number)
        folder.mkdir()
        _die(Dying(point, number), folder, None, quiet)


@pytest.mark.parametrize("point", POINTS)
def test_a_crash_at_this_point_loses_and_doubles_nothing(
    point: str, tmp_path: Path, world_url: str | None, quiet: Quiet
) -> None:
    luck = random.Random(f"{point} {world_url is None}")  # noqa: S311 - repeatable, not secret
    _die(Dying(point, luck.randint(1, quiet.passed[point])), tmp_path, world_url, quiet)


def _die(dying: Dying, folder: Path, url: str | None, quiet: Quiet) -> None:
    broken = make(folder, url, wp6())
    try:
        live(broken, dying)
        assert dying.died, f"passing {dying} was not reached"
        _check(broken, quiet.standing)
    finally:
        broken.close()
