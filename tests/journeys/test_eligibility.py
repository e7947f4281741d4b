"""Who may take part: each refusal gives its reason and its way out, and who may waive it."""

from datetime import timedelta

import pytest

from engine.model.dossier import CaseId
from runtime.queries.why import why
from runtime.use_cases.directory import set_centre_facts
from runtime.use_cases.start_case import NewPair, start_pair
from tests.support.meeting_letters import arrived
from tests.support.pairs import Pair, a_pair
from tests.support.rematched import centre_that_follows, named_anew
from tests.support.world import FACILITATOR, LEAD, START, World

HOLDING = (("formalised", START - timedelta(days=30)),)


def _fourteen(town: World) -> None:
    for number in range(14):
        a_pair(town, f"PAIR-{number:02}", HOLDING)


def _is_waived_by_the_lead_only(pair: Pair, requirement: str) -> bool:
    refused = pair.waives(requirement, FACILITATOR)
    assert not refused.accepted
    assert refused.unmet[0]["detail"] == "facilitator may not waive it"
    assert refused.unmet[0]["remedy"] == "Ask: Lead <lead@example.org> (lead)."
    without_reason = pair.waives(requirement, LEAD, reason=" ")
    assert not without_reason.accepted
    return pair.waives(requirement, LEAD).accepted


def test_the_15th_pair_is_refused_until_the_lead_waives(any_town: World) -> None:
    _fourteen(any_town)
    pair = a_pair(any_town).gets_to("match_validation").files_all()

    refused = pair.refused("confirm_match")

    assert refused.names() == {"place_free"}
    assert refused.says("place_free") == (("B-02",), "lead", ("lead",))
    assert "14" in str(refused.unmet["place_free"]["detail"])
    assert "join_waiting_list" in str(refused.unmet["place_free"]["remedy"])
    assert _is_waived_by_the_lead_only(pair, "place_free")
    assert pair.gets_to("formalised").state == "formalised"


def test_the_15th_pair_may_wait_and_takes_the_place_that_comes_free(town: World) -> None:
    _fourteen(town)
    pair = a_pair(town).gets_to("match_validation").files_all()

    pair.goes("join_waiting_list", note="All places are taken.")
    assert pair.refused("formalise").names() == {"place_free"}
    first = Pair(town, CaseId(1))
    first.goes("end", LEAD, note="The centre closes.")

    assert pair.goes("formalise").state == "formalised"


def test_a_second_pair_for_one_coordinator_is_refused_and_nobody_may_waive_it(
    any_town: World,
) -> None:
    a_pair(any_town, "VIE-OAK", HOLDING)
    second = _second_of(any_town, "VIE-OAK").gets_to("match_proposed").files_all()

    refused = second.refused("send_proposal")

    assert refused.names() == {"coordinator_unasked"}
    assert refused.says("coordinator_unasked") == (("B-01",), "facilitator", ())
    unmet = refused.unmet["coordinator_unasked"]
    assert "VIE-OAK" in str(unmet["detail"])
    assert unmet["no_waiver"] == (
        "The programme is strictly one to one. "
        "The way out is another coordinator, or the end of the other pair."
    )
    for role in (FACILITATOR, LEAD):
        told = second.waives("coordinator_unasked", role)
        assert not told.accepted
        assert told.unmet[0]["detail"] == "nobody may waive it"
        assert told.unmet[0]["remedy"] == unmet["no_waiver"]


def test_the_way_out_of_a_second_pair_is_the_end_of_the_first(town: World) -> None:
    first = a_pair(town, "VIE-OAK", HOLDING)
    second = _second_of(town, "VIE-OAK").gets_to("match_proposed").files_all()
    second.refused("send_proposal")

    first.goes("end", LEAD, note="Ended in agreement.")

    assert second.gets_to("formalised").state == "formalised"


def test_a_centre_in_teaming_is_refused_until_the_lead_waives(town: World) -> None:
    pair = a_pair(town)
    set_centre_facts(town.runtime, "VIE-BIR-a", {"teaming": True}, LEAD)
    pair.files_all()

    refused = pair.refused("accept_eoi")

    assert refused.names() == {"not_in_teaming"}
    assert refused.says("not_in_teaming") == (("B-03", "B-04"), "aspiring", ("lead",))
    assert _is_waived_by_the_lead_only(pair, "not_in_teaming")
    assert pair.goes("accept_eoi").state == "diagnostic"


def test_what_was_set_aside_of_the_centre_itself_is_so_with_another_partner(town: World) -> None:
    """And the news that its expression of interest came in is no news of the partner who left."""
    pair = a_pair(town)
    set_centre_facts(town.runtime, "VIE-BIR-a", {"teaming": True}, LEAD)
    pair.files("eoi")
    pair.waives("not_in_teaming")
    pair.gets_to("match_validation").goes("recall_proposal", note="Another one is asked.")
    centre_that_follows(town)
    named_anew(pair)

    assert pair.gets_to("match_confirmed").state == "match_confirmed"

    town.beat()
    received = "Received: your expression of interest"
    assert [role for role, subject, _ in arrived(pair) if subject == received] == ["aspiring"]


@pytest.mark.parametrize("received_on", ["2026-04-02", "2026-05-01"])
def test_an_expression_of_interest_after_the_1st_of_april_is_refused_until_the_lead_waives(
    town: World, received_on: str
) -> None:
    pair = a_pair(town)
    pair.files("eoi", received_on=received_on)

    refused = pair.refused("accept_eoi")

    assert refused.names() == {"eoi_in_time"}
    assert refused.says("eoi_in_time") == (("B-07", "Q-09"), "lead", ("lead",))
    assert received_on in str(refused.unmet["eoi_in_time"]["detail"])
    assert "2026-04-01" in str(refused.unmet["eoi_in_time"]["detail"])
    assert _is_waived_by_the_lead_only(pair, "eoi_in_time")
    assert pair.goes("accept_eoi").state == "diagnostic"


def test_an_expression_of_interest_of_the_last_day_is_in_time(town: World) -> None:
    pair = a_pair(town)

    pair.files("eoi", received_on="2026-04-01")

    assert pair.goes("accept_eoi").state == "diagnostic"


def test_a_waiver_stays_in_the_journal_with_author_and_reason(town: World) -> None:
    pair = a_pair(town)
    pair.files("eoi", received_on="2026-04-02")

    pair.waives("eoi_in_time", LEAD, "The mail came back, the centre sent it twice.")

    entry = pair.journal[-1]
    assert (entry.kind, entry.what, entry.by) == ("waived", "eoi_in_time", "lead")
    assert entry.note == "The mail came back, the centre sent it twice."


def test_why_names_every_missing_thing_of_a_refused_step(town: World) -> None:
    _fourteen(town)
    pair = a_pair(town).gets_to("match_validation").files_all()

    found = why(town.runtime, pair.case, "confirm_match")

    assert [unmet.requirement for unmet in found.ways[0].unmet] == ["place_free"]
    assert found.ways[0].unmet[0].waiver == ("lead",)


def _second_of(town: World, first: str) -> Pair:
    """Another pair with the coordinator of a first one."""
    town.pair("VIE-ELM")  # for its aspiring centre and its people
    people = {role: (f"vie-elm-{role}",) for role in ("facilitator", "coordinator", "aspiring")}
    parties = {"coordinator": (f"{first}-c",), "aspiring": ("VIE-ELM-a",)}
    new = NewPair("VIE-ELM-2", parties, people, {"domain": "Care"})
    return Pair(town, start_pair(town.runtime, new, LEAD))
