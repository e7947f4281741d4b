"""An overview that a dead address refused is not sent again: its week is over."""

from dataclasses import replace
from datetime import UTC, datetime

from notifications.mailer import Rejected
from runtime.use_cases.dead_address import mark_alive
from runtime.workers.compose import compose_owed
from runtime.workers.deliver import deliver
from tests.support.grove import Post
from tests.support.pairs import a_pair
from tests.support.world import LEAD, World, wp6

NORTH = "facilitator.nor-bir@example.org"
MONDAY = datetime(2026, 5, 18, 6, tzinfo=UTC)


def test_an_address_that_works_again_gets_no_overview_of_before(town: World) -> None:
    a_pair(town, "NOR-BIR")
    office, post = replace(town.runtime, programme=wp6()), Post()
    town.clock.move_to(MONDAY)
    post.will_answer(NORTH, Rejected("550 5.1.1 no such user"))
    compose_owed(office)
    deliver(office, post)
    post.answers.clear()

    entered = mark_alive(office, "nor-bir-facilitator", LEAD)
    deliver(office, post)

    assert entered.outcome == "changed"
    assert NORTH not in {each.recipient for each in post.letters}
