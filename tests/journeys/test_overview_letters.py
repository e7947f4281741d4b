"""N-22: what can wait for the overview of the week goes in it, not beside it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from engine.model.outcomes import FlagRaised
from notifications.mailer import TryLater
from runtime.queries.forecast import forecast
from runtime.wiring import Runtime
from runtime.workers.compose import compose_owed
from runtime.workers.deliver import deliver
from runtime.workers.sweep import sweep
from storage.database.transactions import reading
from storage.mail.queries import LetterLine, LetterQuery, letters
from tests.storage.rows import everything
from tests.support.actors import act
from tests.support.answer_pages import served
from tests.support.grove import Post
from tests.support.linked import linked, tokens
from tests.support.pairs import a_pair
from tests.support.world import FACILITATOR, World, wp6

NORTH = "facilitator.nor-bir@example.org"
MONDAY = datetime(2026, 5, 18, 6, tzinfo=UTC)  # 08:00 where the office is
WEEKS = 5


@pytest.fixture
def office(town: World) -> Runtime:
    """A pair that nobody goes on with, from the Friday before its first whole week."""
    a_pair(town, "NOR-BIR")
    town.clock.move_to(MONDAY - timedelta(days=3))
    return replace(town.runtime, programme=wp6())


def _days_pass(town: World, office: Runtime, post: Post, until: datetime) -> None:
    """Each day at eight, when slots and timers come, and a minute later."""
    while town.clock() < until:
        for _ in range(2):
            sweep(office)
            compose_owed(office)
            deliver(office, post)
            town.clock.move_to(town.clock() + timedelta(minutes=1))
        town.clock.move_to(town.clock() + timedelta(days=1, minutes=-2))


def _flagged(town: World) -> Runtime:
    """The Friday before the first whole week, with links; a pair has its first red flag."""
    pair = a_pair(linked(town), "NOR-BIR").gets_to("implementation")
    town.clock.move_to(MONDAY - timedelta(days=3))
    office = replace(town.runtime, programme=wp6())
    act(office, pair.case, FlagRaised("F-11", "The board is gone.", FACILITATOR))
    return office


def _waiting(office: Runtime) -> list[LetterLine]:
    with reading(office.database) as session:
        lines = letters(session, LetterQuery())
    return [each for each in lines if each.letter == "N-22.waiting" and each.recipient == NORTH]


def test_a_letter_for_a_digest_comes_in_the_overview_and_nothing_beside_it(
    town: World, office: Runtime
) -> None:
    post = Post()

    _days_pass(town, office, post, MONDAY + timedelta(weeks=WEEKS))

    lines = _waiting(office)
    mine = [each.message_id for each in post.letters if each.recipient == NORTH]
    weekly = [name for name in mine if ".overview." in name]
    told = [each.frozen for each in post.letters if b"Please look at" in each.frozen]
    assert len(lines) > 1
    assert {each.state for each in lines} == {"accepted"}
    assert len(weekly) == WEEKS
    assert mine == weekly
    assert len(told) >= len({each.message for each in lines})


def test_a_forecast_numbers_an_overview_and_the_letters_in_it_alike(office: Runtime) -> None:
    found = forecast(office, MONDAY + timedelta(weeks=WEEKS))

    numbers = {each.mail: each.at for each in found.overviews}
    inside = [each for each in found.letters if each.letter == "N-22.waiting" and each.mail]
    assert len(numbers) == len(found.overviews)
    assert len(inside) > 1
    assert [each.at for each in inside] == [numbers[each.mail] for each in inside]


def test_an_overview_that_is_not_sent_any_more_leaves_its_letters_to_the_next(
    town: World, office: Runtime
) -> None:
    post = Post()
    _days_pass(town, office, post, MONDAY + timedelta(days=7))
    post.will_answer(NORTH, *[TryLater("451 4.2.0 not now")] * 400)

    _days_pass(town, office, post, MONDAY + timedelta(days=28))
    post.will_answer(NORTH)
    _days_pass(town, office, post, MONDAY + timedelta(days=36))

    assert {each.state for each in _waiting(office)} <= {"accepted", "superseded"}
    assert any(each.state == "accepted" for each in _waiting(office))


def test_a_link_in_an_overview_opens_and_no_row_holds_its_token(town: World) -> None:
    office, post = _flagged(town), Post()

    _days_pass(town, office, post, MONDAY + timedelta(days=10))

    town.mailbox.letters[:] = [each for each in post.letters if ".overview." in each.message_id]
    (token,) = tokens(town, "lead@")
    with served(office) as site:
        assert 'value="acknowledge"' in site.opens(token).text
    assert token not in repr(everything(office.database)).replace(r"=\r\n", "")


def test_what_cannot_wait_goes_beside_the_overview_of_its_reader(town: World) -> None:
    office, post = _flagged(town), Post()
    town.clock.move_to(MONDAY)

    compose_owed(office)
    deliver(office, post)

    mine = [each for each in post.letters if each.recipient == NORTH]
    urgent = [each.message_id for each in mine if b"The board is gone" in each.frozen]
    assert len([each for each in mine if ".overview." in each.message_id]) == 1
    assert [name for name in urgent if ".overview." not in name]


def test_a_receipt_that_can_be_taken_back_goes_beside_the_overview_of_its_reader(
    town: World,
) -> None:
    office, post = _flagged(town), Post()
    _days_pass(town, office, post, MONDAY - timedelta(days=1))
    town.mailbox.letters[:], post.letters[:] = post.letters, []
    town.clock.move_to(MONDAY)

    with served(office) as site:
        token = [*tokens(town, NORTH)][-1]
        site.chooses(token, "acknowledge", next_step="I call them.", review_on="2026-05-20")
    compose_owed(office)
    deliver(office, post)

    mine = [each for each in post.letters if each.recipient == NORTH]
    undone_by = [each.message_id for each in mine if b"Take it back on a page" in each.frozen]
    assert len([each for each in mine if ".overview." in each.message_id]) == 1
    assert len(undone_by) == 1
    assert ".overview." not in undone_by[0]
