"""Roadmap, memorandum, agendas: what is out of rule is refused or flagged, with the way out."""

from datetime import timedelta

import pytest

from tests.support.pair_records import objectives
from tests.support.pairs import Pair, a_pair
from tests.support.world import World


@pytest.fixture
def pair(town: World) -> Pair:
    return a_pair(town)


@pytest.mark.parametrize("number", [1, 4])
def test_a_roadmap_with_too_few_or_too_many_objectives_is_flagged_and_refused(
    pair: Pair, number: int
) -> None:
    pair.gets_to("first_visit").files_all("roadmap")

    pair.files("roadmap", objectives=objectives(short=number))

    refused = pair.refused("finish_visit")
    assert pair.flags() == {"F-09": "amber"}
    assert refused.names() == {"objectives_in_number"}
    assert refused.says("objectives_in_number") == (
        ("A-11", "S-08", "F-09"),
        "aspiring",
        ("lead",),
    )
    assert str(number) in str(refused.unmet["objectives_in_number"]["detail"])


@pytest.mark.parametrize("number", [2, 3])
def test_a_roadmap_in_rule_is_neither_flagged_nor_refused(pair: Pair, number: int) -> None:
    pair.gets_to("first_visit").files_all("roadmap")

    pair.files("roadmap", objectives=objectives(short=number))

    pair.goes("finish_visit")
    assert pair.flags() == {}


def test_a_memorandum_with_one_signature_does_not_start_the_implementation(pair: Pair) -> None:
    pair.gets_to("memorandum").files_all()

    pair.signs("coordinator")

    refused = pair.refused("start_implementation")
    assert refused.names() == {"memorandum_signed"}
    assert refused.says("memorandum_signed") == (("A-15", "Q-13"), "aspiring", ("lead",))
    pair.signs("aspiring")
    assert pair.goes("start_implementation").state == "implementation"


def test_a_visit_agenda_of_13_days_before_warns_and_raises_no_flag(pair: Pair) -> None:
    pair.gets_to("visit_preparation").files_all("visit_1_dates")
    visit_on = pair.today + timedelta(days=13)

    pair.files("visit_1_dates", starts_on=visit_on.isoformat(), ends_on=visit_on.isoformat())
    answer = pair.goes("begin_visit")

    assert [warning["requirement"] for warning in answer.warnings] == ["agenda_sent_early"]
    assert answer.warnings[0]["rule"] == ("F-15", "Q-11", "Q-12")
    assert answer.warnings[0]["owner"] == "coordinator"
    assert answer.warnings[0]["remedy"] == "Tell both teams that the agenda came late."
    assert pair.flags() == {}


def test_a_visit_agenda_of_14_days_before_is_in_time(pair: Pair) -> None:
    pair.gets_to("visit_preparation").files_all("visit_1_dates")
    visit_on = pair.today + timedelta(days=14)

    pair.files("visit_1_dates", starts_on=visit_on.isoformat(), ends_on=visit_on.isoformat())
    answer = pair.goes("begin_visit")

    assert answer.warnings == ()
    assert pair.flags() == {}


def test_a_workshop_agenda_of_13_days_before_only_warns(pair: Pair) -> None:
    pair.gets_to("workshop").files_all("workshop_agenda")
    sent_on = pair.today - timedelta(days=13)

    pair.files("workshop_agenda", sent_on=sent_on.isoformat())
    answer = pair.goes("finish_workshop")

    assert "workshop_agenda_early" in {unmet["requirement"] for unmet in answer.warnings}
    assert answer.state == "closure"
