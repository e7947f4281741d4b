"""The engine is back in the evening: nobody above hears before three days on which work goes on."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.support.pairs import a_pair
from tests.support.world import World, make, wp6

OFF = timedelta(days=66)
LEAD = "lead@example.org"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[World]:
    made = make(tmp_path, programme=wp6())
    yield made
    made.close()


@pytest.mark.parametrize(("hour", "told_on"), [(9, "2026-07-29"), (17, "2026-07-30")])
def test_the_lead_is_told_after_three_working_days_of_letters(
    town: World, hour: int, told_on: str
) -> None:
    a_pair(town).gets_to("memorandum").files("memorandum")
    town.days_pass(2)
    friday = (town.clock() + OFF).replace(hour=hour)
    friday += timedelta(days=(4 - friday.weekday()) % 7)
    town.clock.move_to(friday)

    assert _flag_to_lead(town) == date.fromisoformat(told_on)


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
