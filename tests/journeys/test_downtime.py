"""The engine is down for days: people hear once, nobody is escalated unfairly, all is caught up."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from runtime.workers.compose import Composed, compose_owed
from runtime.workers.sweep import sweep
from storage.database.transactions import reading
from storage.journal.verify import verify
from tests.support.downtime import (
    Standing,
    letters_since,
    rows,
    settle,
    settled,
    standing,
    superseded_timers,
    wake,
    workdays_after,
)
from tests.support.pairs import days_go_by
from tests.support.world import World

DOWNTIMES = (9, 60)
AFTERWARDS = 25  # days until every grace, and every ten working days given anew, have run out


@pytest.fixture
def rested(tmp_path: Path) -> Iterator[World]:
    """Pairs in different states, the engine having run until now."""
    made, _ = settled(tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize("days", DOWNTIMES)
def test_after_downtime_each_person_gets_one_message_of_a_pair_and_none_twice(
    any_town: World, days: int
) -> None:
    settle(any_town)
    before = dict(any_town.mailbox.copies)

    woken = wake(any_town, days)

    assert woken.sent()
    assert max(woken.sent().values()) == 1
    assert max(any_town.mailbox.copies.values()) == 1
    assert before.items() <= any_town.mailbox.copies.items()
    with reading(any_town.runtime.database) as session:
        assert list(verify(session)) == []


_MANY = 60  # days in which every rung of a signature passes


@pytest.mark.parametrize("days", DOWNTIMES)
def test_what_nobody_needs_any_more_is_logged_as_superseded(rested: World, days: int) -> None:
    woken = wake(rested, days)

    stale = superseded_timers(rested)
    assert "ASKED answer/nudge" in stale
    assert days < _MANY or "SOON unsigned/offer" in stale
    assert set(woken.reasons()) == {"superseded: downtime"}
    assert {line.state for line in woken.said} == {"accepted", "superseded"}


@pytest.mark.parametrize("days", DOWNTIMES)
def test_a_second_sweep_and_a_second_beat_do_nothing(rested: World, days: int) -> None:
    wake(rested, days)
    written, sent = rows(rested), len(rested.mailbox.letters)

    again = sweep(rested.runtime)
    composed = compose_owed(rested.runtime)
    rested.beat()

    assert (again.families, again.superseded) == (0, 0)
    assert composed == Composed()
    assert rows(rested) == written
    assert len(rested.mailbox.letters) == sent


@pytest.mark.parametrize("days", DOWNTIMES)
def test_everything_ends_where_it_would_have_ended_without_downtime(
    tmp_path: Path, days: int
) -> None:
    def down(world: World) -> None:
        wake(world, days)

    def up(world: World) -> None:
        days_go_by(world, days)

    interrupted = _lived(tmp_path / "down", down)
    uninterrupted = _lived(tmp_path / "up", up)

    assert interrupted == uninterrupted
    assert interrupted.flags["SOON"] == {"F-08": "red"}


def test_nobody_above_is_told_within_three_working_days_unless_asked_in_time_before(
    rested: World,
) -> None:
    woken = wake(rested, 60)
    grace_ends_on = workdays_after(woken.at.date(), 3)
    at_once = {line.root for line in woken.said if line.person == "lead"}
    while (rested.clock() + timedelta(days=1)).date() < grace_ends_on:
        days_go_by(rested, 1)
    within = {line.root for line in letters_since(rested, woken.at) if line.person == "lead"}
    days_go_by(rested, 2)  # the day that the letter of the return names is over by then too (0075)

    assert at_once == {"LATE"}  # asked eight days before the downtime began
    assert within == {"LATE"}
    after = {line.root for line in letters_since(rested, woken.at) if line.person == "lead"}
    assert {"LATE", "SOON", "ASKED", "SEEN"} <= after


def test_when_the_grace_ends_the_lead_gets_one_message_of_a_pair_at_once(rested: World) -> None:
    woken = wake(rested, 60)
    days_go_by(rested, 10)

    said = [line for line in letters_since(rested, woken.at) if line.person == "lead"]
    together = Counter((line.root, line.owed_at) for line in said if line.state == "accepted")
    assert max(together.values()) == 1
    assert any(line.reason == "superseded: downtime" for line in said)


def test_a_busy_engine_is_not_a_downtime(rested: World) -> None:
    days_go_by(rested, 9)

    said = letters_since(rested, rested.clock() - timedelta(days=9))
    assert superseded_timers(rested) == set()
    assert {line.state for line in said} == {"accepted"}


def _lived(folder: Path, through: Callable[[World], None]) -> Standing:
    folder.mkdir()
    world, pairs = settled(folder)
    try:
        through(world)
        days_go_by(world, AFTERWARDS)
        return standing(world, pairs)
    finally:
        world.close()
