"""Whoever was asked is told when the question is gone: nobody keeps an open question."""

from email import message_from_bytes, policy

import pytest

from tests.support.pairs import a_pair
from tests.support.world import LEAD, World

TAKEN_BACK = "Taken back: our question about VIE-BIR-a"
RESTS = "Put aside: our question about VIE-BIR-a"


@pytest.mark.parametrize(
    ("state", "step", "told"),
    [
        ("match_validation", "recall_proposal", TAKEN_BACK),
        ("match_validation", "end", TAKEN_BACK),
        ("match_validation", "withdraw_aspiring", TAKEN_BACK),
        ("match_confirmed", "rematch", TAKEN_BACK),
        ("match_confirmed", "end", TAKEN_BACK),
        ("match_validation", "join_waiting_list", RESTS),
    ],
)
def test_who_was_asked_is_told_that_the_question_is_gone(
    any_town: World, state: str, step: str, told: str
) -> None:
    pair = a_pair(any_town).gets_to(state)
    any_town.beat()

    pair.goes(step, LEAD, note="Another way was found.")

    assert _told(any_town, "coordinator") == [told]


def test_who_rests_on_the_waiting_list_is_told_when_the_question_is_taken_back(town: World) -> None:
    pair = a_pair(town).gets_to("match_validation")
    town.beat()
    pair.goes("join_waiting_list", note="All places are taken.")
    _told(town, "coordinator")

    pair.goes("rematch", note="Another is asked.")

    assert _told(town, "coordinator") == [TAKEN_BACK]


@pytest.mark.parametrize("step", ["end", "withdraw_aspiring", "join_waiting_list"])
def test_who_was_only_thought_of_hears_nothing(town: World, step: str) -> None:
    pair = a_pair(town).gets_to("match_proposed")
    town.beat()

    pair.goes(step, LEAD, note="Another way was found.")

    assert _told(town, "coordinator") == []


def test_a_partner_is_told_how_the_pair_goes_on_and_of_no_question(town: World) -> None:
    pair = a_pair(town).gets_to("onboarding")
    town.beat()

    pair.goes("end", LEAD, note="Ended in agreement.")

    subjects = _told(town, "coordinator")
    assert [each for each in subjects if each.startswith("News of your pair")]
    assert TAKEN_BACK not in subjects


def _told(town: World, role: str) -> list[str]:
    """The subjects of the letters that leave now to the main person of a side."""
    before = len(town.mailbox.letters)
    town.beat()
    letters = [
        message_from_bytes(each.frozen, policy=policy.default)
        for each in town.mailbox.letters[before:]
    ]
    return [str(each["Subject"]) for each in letters if f"<{role}." in str(each["To"])]


def test_a_pair_that_rests_before_a_coordinator_was_asked_has_none_to_withdraw(
    town: World,
) -> None:
    pair = a_pair(town).gets_to("eoi_received")
    pair.goes("suspend", LEAD, note="A move.", review_on="2026-09-01")

    refused = pair.refused("withdraw_coordinator", LEAD, note="They left.")

    assert refused.names() == {"coordinator_takes_part"}
