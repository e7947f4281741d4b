"""A check-in whose day a person moved opens on that day."""

from datetime import timedelta

import pytest

from runtime.queries.find_case import open_child
from tests.support.pairs import Pair, a_pair
from tests.support.world import World


@pytest.mark.parametrize("days", [-14, 30])
def test_a_check_in_that_is_moved_opens_on_that_day(days: int, town: World) -> None:
    pair = a_pair(town).gets_to("implementation")
    found = open_child(town.runtime, pair.case, "check_in")
    assert found is not None
    check_in = Pair(town, found[1])
    planned = check_in.dossier.dates["due"].forecast
    assert planned is not None
    wanted = planned + timedelta(days=days)

    answer = check_in.moves("due", wanted, "The team asked for another week.")

    assert answer.accepted, answer.unmet
    opens = [day for key, day in check_in.due().items() if "window_opens" in key]
    assert opens == [wanted]
