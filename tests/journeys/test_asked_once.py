"""One coordinator and one centre at a time: told and refused at the question, not at the answer."""

from datetime import timedelta
from pathlib import Path

import pytest

from runtime.use_cases.start_case import NewPair, start_pair
from tests.support.commands import pairing
from tests.support.pairs import Pair, a_pair
from tests.support.world import LEAD, START, World

HOLDING = (("formalised", START - timedelta(days=30)),)


def test_two_pairs_proposed_to_one_coordinator_in_the_same_minute_are_one_question(
    any_town: World,
) -> None:
    first = a_pair(any_town, "VIE-OAK").gets_to("match_proposed")
    second = _beside(any_town, coordinator="VIE-OAK-c").gets_to("match_proposed")
    for each in (first, second):
        each.files("match")
    first.goes("send_proposal")

    refused = second.refused("send_proposal")

    assert refused.names() == {"coordinator_unasked"}
    assert refused.says("coordinator_unasked") == (("B-01",), "facilitator", ())
    assert "is asked already in VIE-OAK" in str(refused.unmet["coordinator_unasked"]["detail"])
    assert not second.waives("coordinator_unasked", LEAD).accepted


@pytest.mark.parametrize("ends", ["recall_proposal", "withdraw_coordinator", "end"])
def test_who_is_asked_no_more_can_be_asked_for_another_pair(town: World, ends: str) -> None:
    first = a_pair(town, "VIE-OAK").gets_to("match_validation")
    second = _beside(town, coordinator="VIE-OAK-c").gets_to("match_proposed")
    second.files("match")
    second.refused("send_proposal")

    first.goes(ends, LEAD, note="They look for somebody else.")

    assert second.goes("send_proposal").state == "match_validation"


def test_a_coordinator_in_an_active_pair_is_not_asked_for_a_second_one(any_town: World) -> None:
    a_pair(any_town, "VIE-OAK", HOLDING)
    second = _beside(any_town, coordinator="VIE-OAK-c").gets_to("match_proposed")
    second.files("match")

    refused = second.refused("send_proposal")

    assert refused.names() == {"coordinator_unasked"}
    assert "is already in VIE-OAK" in str(refused.unmet["coordinator_unasked"]["detail"])


def test_a_second_pair_of_one_centre_asks_nobody_while_the_first_waits_for_its_answer(
    town: World,
) -> None:
    a_pair(town, "VIE-OAK").gets_to("match_validation")
    second = _beside(town, aspiring="VIE-OAK-a").gets_to("match_proposed")
    second.files("match")

    assert second.refused("send_proposal").names() == {"aspiring_unasked"}


def test_who_starts_a_second_pair_of_a_centre_is_told_of_the_first(
    town: World, tmp_path: Path
) -> None:
    a_pair(town, "VIE-OAK")

    words = ("pair", "new", "P-2", "--centre", "aspiring=VIE-OAK-a", "--by", "lead")
    started = pairing(*words, folder=tmp_path, PAIRING_DATABASE__URL=town.url)

    assert started.code == 0, started
    assert "VIE-OAK-a is in VIE-OAK too, which has not ended" in started.err


def _beside(town: World, **parties: str) -> Pair:
    """Another pair of a coordinator or a centre that is in one already."""
    a_pair(town, "VIE-ELM").goes("end", LEAD, note="Only for its centres and its people.")
    every = {"coordinator": "VIE-ELM-c", "aspiring": "VIE-ELM-a", **parties}
    people = {role: (f"{key[:-2].lower()}-{role}",) for role, key in every.items()}
    new = NewPair(
        "P-2",
        {side: (key,) for side, key in every.items()},
        {**people, "facilitator": ("vie-elm-facilitator",)},
        {"domain": "Care"},
    )
    return Pair(town, start_pair(town.runtime, new, LEAD))
