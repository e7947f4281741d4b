"""People are written to in their own working hours, seldom, and several things at once."""

from collections import Counter
from datetime import time

import pytest

from tests.support.mail_bounds import SIDES, Mail, mails

SEEDS = (1, 7)
MOST_TO_SIDES, MOST_TO_OFFICE = 700, 450  # mails of fourteen pairs in eighteen months
MOST_IN_A_PHASE = 10
OPENS, CLOSES = time(8), time(18)

pytestmark = pytest.mark.parametrize(
    "seed", [*SEEDS, *(pytest.param(n, marks=pytest.mark.soak) for n in range(20, 38))]
)


def test_no_mail_comes_on_a_day_off_or_outside_of_working_hours(seed: int) -> None:
    odd = [
        (each.reader.key, each.local.isoformat())
        for each in mails("mixed", seed)
        if not each.reader.workdays.is_working_day(each.day)
        or not OPENS <= each.local.time() < CLOSES
    ]

    assert odd == []


def test_nobody_gets_two_mails_on_a_day_but_for_what_is_urgent(seed: int) -> None:
    calm = Counter(
        (each.reader.key, each.day)
        for each in mails("mixed", seed)
        if not each.urgent and each.is_counted
    )

    assert {who: count for who, count in calm.items() if count > 1} == {}


def test_the_main_contacts_of_the_sides_get_few_mails(seed: int) -> None:
    assert _counted(seed, *SIDES, "whose_turn") <= MOST_TO_SIDES


def test_the_office_gets_few_mails(seed: int) -> None:
    assert _counted(seed, "facilitator", "lead", "wp3", "wp6") <= MOST_TO_OFFICE


def test_nobody_of_a_side_gets_more_than_ten_mails_in_a_phase_of_a_pair(seed: int) -> None:
    """What is urgent apart, and changes of meetings; how many the office gets is another bound."""
    counts = Counter(
        (each.reader.key, about)
        for each in mails("mixed", seed)
        if each.goes_to(*SIDES, "whose_turn") and not each.urgent and each.is_counted
        for about in each.about
    )

    assert {about: count for about, count in counts.items() if count > MOST_IN_A_PHASE} == {}


def _counted(seed: int, *roles: str) -> int:
    return sum(_is(each, *roles) for each in mails("mixed", seed))


def _is(mail: Mail, *roles: str) -> bool:
    return mail.is_counted and mail.goes_to(*roles)
