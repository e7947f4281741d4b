"""People are written to in their own working hours, seldom, and several things at once."""

from collections import Counter
from datetime import time, timedelta

import pytest

from engine.model.family import Letter
from simulation.simulate import Order
from tests.support.mail_bounds import played

SEEDS = (1, 7)
MOST_TO_SIDES, MOST_TO_OFFICE = 700, 450  # mails of fourteen pairs in eighteen months
MOST_IN_A_PHASE = 10
OFFICE = ("facilitator", "lead", "wp3", "wp6")
# What whole teams get: that their pair is formed, invitations, and what is agreed.
SENT_ROUND = {
    *("N-05.coordinator", "N-05.aspiring", "N-09.invitation", "N-17.invitation"),
    *("N-10.circulated", "N-18.commitments"),
}
WEEKLY = timedelta(days=12)  # what can wait a week comes by then, whatever holidays there are
PROTOCOL = {f"N-{n:02}" for n in range(3, 22) if n != 4}  # what the protocol itself asks for
SAID = {"owed", "accepted", "refused"}  # a refusal is what a server answered
OPENS, CLOSES = time(8), time(18)

pytestmark = pytest.mark.parametrize(
    "seed", [*SEEDS, *(pytest.param(n, marks=pytest.mark.soak) for n in range(20, 38))]
)


def test_no_mail_comes_on_a_day_off_or_outside_of_working_hours(seed: int) -> None:
    odd = [
        (each.reader.key, each.local.isoformat())
        for each in played(Order(seed=seed)).mails
        if not each.reader.workdays.is_working_day(each.day)
        or not OPENS <= each.local.time() < CLOSES
    ]

    assert odd == []


def test_nobody_gets_two_mails_on_a_day_but_for_what_is_urgent(seed: int) -> None:
    calm = Counter(
        (each.reader.key, each.day)
        for each in played(Order(seed=seed)).mails
        if not each.urgent and each.is_counted
    )

    assert {who: count for who, count in calm.items() if count > 1} == {}


def test_the_main_contacts_of_the_sides_get_few_mails(seed: int) -> None:
    found = played(Order(seed=seed))

    to_them = (each for each in found.mails if each.reader.key in found.main_contacts)
    assert sum(each.is_counted for each in to_them) <= MOST_TO_SIDES


def test_the_office_gets_few_mails(seed: int) -> None:
    mails = played(Order(seed=seed)).mails

    assert sum(each.is_counted and each.goes_to(*OFFICE) for each in mails) <= MOST_TO_OFFICE


def test_others_of_a_side_get_invitations_and_what_is_sent_round(seed: int) -> None:
    found = played(Order(seed=seed))

    others = (
        letter.letter
        for each in found.mails
        if each.reader.key not in found.main_contacts and not each.goes_to(*OFFICE)
        for letter in each.letters
    )
    assert set(others) <= SENT_ROUND


def test_nobody_gets_more_than_ten_mails_in_a_phase_of_a_pair(seed: int) -> None:
    """What is urgent apart, changes of meetings, and the overview of the week."""
    counts = Counter(
        (each.reader.key, about)
        for each in played(Order(seed=seed)).mails
        if not each.urgent and each.is_counted
        for about in each.about
    )

    assert {about: count for about, count in counts.items() if count > MOST_IN_A_PHASE} == {}


def test_what_the_protocol_asks_for_arrives_in_its_window(seed: int) -> None:
    late = [
        (each.owed.letter, each.owed.audience, str(each.owed_at), str(each.settled_at))
        for each in played(Order(seed=seed)).letters
        if each.owed.letter.partition(".")[0] in PROTOCOL
        and each.settled_at is not None
        and each.state == "accepted"
        and (each.settled_at - each.owed_at > WEEKLY or _is_past_its_day(each))
    ]

    assert late == []


def test_whatever_is_not_sent_has_its_reason(seed: int) -> None:
    ended = [each for each in played(Order(seed=seed)).letters if each.state not in SAID]

    assert [each.owed.letter for each in ended if not each.reason] == []


def _is_past_its_day(letter: Letter) -> bool:
    """Whether it came when the day that it names had gone by."""
    at, due_on = letter.settled_at, letter.owed.due_on
    return at is not None and due_on is not None and at.date() > due_on
