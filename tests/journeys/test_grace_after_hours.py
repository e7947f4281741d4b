"""The engine is back in the evening: nobody above hears before three days on which work goes on."""

from collections.abc import Iterator
from datetime import date, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from tests.support.letter_words import words_of
from tests.support.pairs import a_pair
from tests.support.world import World, make, wp6

OFF = timedelta(days=66)
LEAD, COORDINATOR = "lead@example.org", "coordinator.vie-bir@example.org"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[World]:
    made = make(tmp_path, programme=wp6())
    yield made
    made.close()


@pytest.mark.parametrize(("hour", "told_on"), [(9, "2026-07-29"), (17, "2026-07-30")])
def test_the_lead_is_told_after_three_working_days_of_letters(
    town: World, hour: int, told_on: str
) -> None:
    _is_back_on_friday(town, hour)

    assert _flag_to_lead(town) == date.fromisoformat(told_on)


def test_until_then_no_letter_says_that_the_lead_was_told(town: World) -> None:
    _is_back_on_friday(town, 17)

    town.clock.move_to((town.clock() + timedelta(days=3)).replace(hour=9))  # Monday
    town.mailbox.letters.clear()
    town.beat()

    (mine,) = (each for each in town.mailbox.letters if each.recipient == COORDINATOR)
    text = " ".join(words_of(message_from_bytes(mine.frozen, policy=policy.default)).split())
    assert "If it is still open on Thursday 30 July 2026, Lead is told." in text
    assert "Who else was told: Facilitator VIE-BIR." in text
    assert "Lead follows it" not in text


def _is_back_on_friday(world: World, hour: int) -> None:
    """The engine, after many weeks in which a signature fell due; at an hour in UTC."""
    a_pair(world).gets_to("memorandum").files("memorandum")
    world.beat()
    world.days_pass(2)
    friday = (world.clock() + OFF).replace(hour=hour)
    friday += timedelta(days=(4 - friday.weekday()) % 7)
    world.clock.move_to(friday)
    world.beat()


def _flag_to_lead(world: World) -> date:
    """The day on which the lead has a letter that is no overview."""
    for _ in range(24 * 8):
        world.mailbox.letters.clear()
        world.beat()
        to_lead = [each for each in world.mailbox.letters if each.recipient == LEAD]
        if any("overview" not in each.message_id for each in to_lead):
            return world.clock().date()
        world.clock.move_to(world.clock() + timedelta(hours=1))
    raise AssertionError("the lead is told nothing")
