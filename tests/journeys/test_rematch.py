"""A re-match: whatever was with the former partner is history and counts for nothing new."""

from collections.abc import Mapping
from datetime import timedelta
from email import message_from_bytes
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from engine.model.outcomes import By
from storage.database.transactions import reading
from storage.journal.verify import verify
from tests.support.pairs import WAY, Pair, a_pair, days_go_by
from tests.support.rematched import centre_that_follows, matched_anew
from tests.support.world import FACILITATOR, LEAD, World, world

LEFT = "VIE-BIR-c"  # the centre that leaves
SURVIVE = {"eoi", "readiness", "maturity_baseline", "gap_analysis", "contacts"}
CLOSING = (
    *("closing", "feedback_aspiring", "feedback_coordinator"),
    *("final_report", "maturity_final", "survey", "lessons"),
)
MAIN = (*list(WAY)[3:], "closure")
EVERY = (*MAIN, "waiting_list", "suspended", "extended")


@pytest.mark.parametrize("state", EVERY)
def test_nothing_of_the_former_partner_opens_a_step_of_the_next_one(
    town: World, state: str
) -> None:
    pair = _left_in(town, state)
    pair.goes("withdraw_coordinator", LEAD, note="Its team is lost.")

    matched_anew(pair)

    for each in MAIN:
        assert pair.state == each
        assert _unmet(pair, each) == _of_a_first_pair()[each], each
        _go_on(pair, each)
    assert pair.state == "closed"
    with reading(town.runtime.database) as session:
        assert list(verify(session)) == []


@pytest.mark.parametrize("state", EVERY)
def test_who_left_is_asked_nothing_and_who_follows_is_told_nothing_of_before(
    town: World, state: str
) -> None:
    pair = _left_in(town, state)
    days_go_by(town, 3)
    former = {flag.id for flag in pair.dossier.children}
    pair.goes("withdraw_coordinator", LEAD, note="Its team is lost.")
    town.beat()
    gone = len(town.mailbox.letters)

    matched_anew(pair)
    town.beat()
    question = _written(town, gone, "coordinator.osl-elm")
    pair.gets_to("onboarding")
    days_go_by(town, 20)

    assert _written(town, gone, "coordinator.vie-bir") == []
    assert _written(town, gone, "aspiring.vie-bir")
    assert [subject.partition(" by ")[0] for subject in question] == ["Please confirm"]
    assert former.isdisjoint(child.id for child in pair.dossier.children)
    began = next(s.entered_at for s in pair.dossier.stays if s.state == "formalised").date()
    for dates in pair.dossier.dates.values():
        assert dates.actual is None or dates.actual >= began
        assert dates.baseline is None or dates.baseline >= began
        assert dates.moved_to is None


@pytest.mark.parametrize("state", ["match_validation", "memorandum", "implementation", "workshop"])
def test_what_was_with_the_former_partner_stays_on_file(any_town: World, state: str) -> None:
    pair = _left_in(any_town, state)
    before = pair.dossier
    pair.goes("withdraw_coordinator", LEAD, note="Its team is lost.")

    matched_anew(pair)

    after = pair.dossier
    assert set(after.records) <= SURVIVE | {"match", "match_answer"}
    for name, versions in before.records.items():
        kept = after.records if name in SURVIVE else after.former.records
        assert kept[name][: len(versions)] == versions
    assert [each.by for each in after.former.ended] == ["withdraw_coordinator", "rematch"]
    assert after.former.ended[0].centres == (LEFT,)
    assert {stay.number for stay in before.stays} < {s.number for s in after.former.stays}
    assert {w.requirement for w in after.former.waivers} == set(before.waivers)
    assert after.waivers == {}
    assert pair.files("match_answer").accepted


def test_what_the_centre_gave_for_one_domain_is_given_anew_for_another(town: World) -> None:
    pair = _left_in(town, "memorandum")
    pair.goes("withdraw_coordinator", LEAD, note="Its team is lost.")
    matched_anew(pair)
    pair.gets_to("onboarding").files_all("gap_analysis")
    pair.files("match", domain="Research")

    refused = pair.refused("finish_onboarding")

    assert refused.names() == {"gaps_of_the_domain", "score_of_the_domain"}
    for record in ("gap_analysis", "maturity_baseline"):
        pair.files(record)
    pair.goes("finish_onboarding")


def test_the_news_of_the_end_goes_out_although_the_next_match_begins_at_once(town: World) -> None:
    pair = a_pair(town).gets_to("first_visit")
    town.beat()
    town.mailbox.letters.clear()

    pair.goes("withdraw_coordinator", LEAD, note="Its team is lost.")
    pair.goes("rematch", FACILITATOR, note="Another centre is asked.")
    town.beat()

    told = {letter.recipient for letter in town.mailbox.letters}
    assert told >= {"coordinator.vie-bir@example.org", "aspiring.vie-bir@example.org"}


def test_a_version_filed_with_the_next_partner_follows_on_those_of_the_former(town: World) -> None:
    pair = _left_in(town, "memorandum")
    pair.goes("withdraw_coordinator", LEAD, note="Its team is lost.")
    matched_anew(pair)

    pair.gets_to("first_visit").files_all()

    assert [each.number for each in pair.dossier.records["roadmap"]] == [2]
    assert [each.number for each in pair.dossier.former.records["roadmap"]] == [1]


def test_the_coordinator_who_left_can_neither_file_nor_be_asked(town: World) -> None:
    pair = _left_in(town, "memorandum")
    pair.goes("withdraw_coordinator", LEAD, note="Its team is lost.")
    pair.goes("rematch", note="Another is asked.")
    pair.files("match")

    refused = pair.refused("send_proposal")
    theirs = town.file(
        pair.case,
        "match_answer",
        By("vie-bir-coordinator", "coordinator"),
        answer="confirmed",
        answered_on=pair.today.isoformat(),
    )

    assert refused.names() == {"coordinator_reachable", "domain_of_coordinator"}
    assert "Name the coordinator" in str(refused.unmet["coordinator_reachable"]["remedy"])
    assert not theirs.accepted
    assert "plays no role here" in str(theirs.unmet[0]["detail"])


@pytest.mark.parametrize("ends", ["recall_proposal", "decline_match", "rematch"])
def test_every_end_of_a_partnership_begins_the_next_with_empty_hands(
    town: World, ends: str
) -> None:
    pair = a_pair(town).gets_to("match_validation" if ends != "rematch" else "match_confirmed")
    if ends == "decline_match":
        pair.files("match_answer", answer="declined", reason="No team this year.")

    pair.goes(ends, note="Another coordinator is asked.")

    assert pair.state == "match_proposed"
    assert pair.refused("send_proposal").names() == {
        "match_reasoned",
        "coordinator_reachable",
        "domain_of_coordinator",
    }


def _written(town: World, since: int, address: str) -> list[str]:
    """The subjects of the letters to whoever has this in their address, after so many others."""
    letters = (message_from_bytes(each.frozen) for each in town.mailbox.letters[since:])
    return [str(each["Subject"]) for each in letters if address in str(each["To"])]


def _left_in(town: World, state: str) -> Pair:
    """A pair that stands there with its first partner, everything on file that could be."""
    way = {"waiting_list": "match_validation", "suspended": "implementation", "extended": "closure"}
    pair = a_pair(town).gets_to("match_proposed")
    for own in ("gap_analysis", "contacts"):
        pair.files(own)
    centre_that_follows(town)
    pair.gets_to(way.get(state, state))
    if pair.state in WAY:
        pair.files_all()
    if pair.state == "memorandum":
        pair.signs("coordinator", "aspiring")
    if pair.state not in {"match_validation", "match_confirmed"}:
        said = dict.fromkeys(("what", "tried", "ask"), "No staff")
        barrier = {**said, "since": "2026-03-01", "objective": "Short objective 1"}
        assert town.file(pair.case, "barrier", FACILITATOR, **barrier).accepted
        pair.waives("both_sides_reachable")
        pair.moves("closure", pair.today + timedelta(days=700), "The summer is full.")
    match state:
        case "waiting_list":
            pair.goes("join_waiting_list", note="All places are taken.")
        case "suspended":
            pair.goes("suspend", LEAD, note="A move.", review_on="2027-09-01")
        case "extended":
            pair.goes("extend", LEAD, note="Time.", extended_until="2029-09-01")
        case _:
            pass
    return pair


def _unmet(pair: Pair, state: str) -> frozenset[str]:
    """What the step that leads on lacks where nothing was filed."""
    answer = pair.world.pull(pair.case, WAY.get(state, (CLOSING, "close"))[1])
    if answer.accepted:
        return frozenset()
    return frozenset(str(unmet["requirement"]) for unmet in answer.unmet)


@cache
def _of_a_first_pair() -> Mapping[str, frozenset[str]]:
    """The same of a pair that had no other partner, its own papers on file beforehand."""
    found = {}
    with TemporaryDirectory() as folder, world(Path(folder)) as town:
        pair = a_pair(town).gets_to("match_proposed")
        for own in ("gap_analysis", "contacts"):
            pair.files(own)
        pair.gets_to("match_validation")
        for each in MAIN:
            found[each] = _unmet(pair, each)
            _go_on(pair, each)
    return found


def _go_on(pair: Pair, state: str) -> None:
    """File what the state asks for anew, and take its step."""
    if pair.state != state:
        return  # nothing was asked for
    records, step = WAY.get(state, (CLOSING, "close"))
    for record in records:
        if record not in SURVIVE:
            pair.files(record)
    if state == "memorandum":
        pair.signs("coordinator", "aspiring")
    if state == "implementation":
        pair.waives("check_ins_held", FACILITATOR)
    pair.goes(step)
