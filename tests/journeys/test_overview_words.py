"""N-22: what its lines say is of the pair as it stands, and of whoever is waited for."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from engine.model.changes import Changes
from engine.model.outcomes import Amended, FlagRaised
from runtime.queries.why import why
from runtime.use_cases.absence import NewAbsence, away
from runtime.wiring import Runtime
from tests.support.actors import act
from tests.support.overview_mail import beat, overviews
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.standings import overview_of
from tests.support.word_replies import opened, words_of
from tests.support.world import FACILITATOR, LEAD, World, wp6

NORTH, SOUTH = "facilitator.nor-bir@example.org", "facilitator.sou-bay@example.org"
LEADS = "lead@example.org"
MONDAY = datetime(2026, 5, 18, 6, tzinfo=UTC)  # 08:00 where the office is
NAMED = {"times_of_coordinator": "In July", "times_of_aspiring": "In August"}


@pytest.fixture
def office(town: World) -> Runtime:
    return replace(town.runtime, programme=wp6())


def test_whom_a_reply_reaches_is_named_where_that_is_one(town: World, office: Runtime) -> None:
    for pair in ("NOR-BIR", "SOU-BAY"):
        a_pair(town, pair)
    town.clock.move_to(MONDAY)

    beat(office, town.mailbox)

    sent = {each.recipient: each for each in overviews(town.mailbox)}
    answered = {who: str(opened(each)["Reply-To"]) for who, each in sent.items()}
    assert answered[NORTH] == f"Lead <{LEADS}>"
    assert answered[LEADS].count("@") == 2
    reached = {who: words_of(each).rpartition("you reach ")[2][:14] for who, each in sent.items()}
    assert reached == {NORTH: "Lead, Capacity", SOUTH: "Lead, Capacity", LEADS: "the Capacity B"}


def test_one_that_waits_for_its_reader_does_not_say_that_nothing_does(
    town: World, office: Runtime
) -> None:
    pair = a_pair(town, "NOR-BIR").gets_to("visit_preparation")
    act(town.runtime, pair.case, Amended("visit_1_dates", Changes(NAMED), FACILITATOR))
    town.clock.move_to(MONDAY)

    beat(office, town.mailbox)

    subjects = {each.recipient: str(opened(each)["Subject"]) for each in overviews(town.mailbox)}
    assert overview_of(pair).waiting["is_yours"]
    assert "nothing is waiting for you" not in subjects[NORTH]


def test_two_flags_of_a_pair_are_told_apart_by_their_cases(town: World) -> None:
    pair = _with_flags(a_pair(town).gets_to("implementation"))

    days_go_by(town, 5)

    rows = overview_of(pair).coming
    flags = [row for row in rows if row["what"] == "a flag without an owner"]
    assert [row["case"] for row in flags] == ["VIE-BIR/red_flag-1", "VIE-BIR/red_flag-2"]


def test_whoever_stands_in_is_waited_for_in_place_of_the_one_who_was_asked(town: World) -> None:
    pair = a_pair(town).gets_to("match_validation")
    days_go_by(town, 1)
    asked = overview_of(pair).waiting
    until = pair.today + timedelta(days=20)
    leave = NewAbsence("vie-bir-coordinator", pair.today, until, "vie-bir-coordinator-deputy")
    away(town.runtime, leave, LEAD)

    found = overview_of(pair).waiting

    assert (asked["who"], asked["in_place_of"]) == ("Coordinator VIE-BIR", "")
    assert found["in_place_of"] == "Coordinator VIE-BIR"
    assert found["who"] == "Coordinator VIE-BIR deputy"


def test_colleagues_that_no_letter_asks_a_side_for_are_waited_for_from_the_facilitator(
    town: World,
) -> None:
    pair = a_pair(town).gets_to("formalised")
    pair.files("contacts")

    days_go_by(town, 22)

    turns = {each.what: each.whose_turn for each in why(town.runtime, pair.case).open}
    assert turns["a colleague on the other side for each contact"] == "Facilitator VIE-BIR"


def _with_flags(pair: Pair) -> Pair:
    for flag in ("F-11", "F-15"):
        act(pair.world.runtime, pair.case, FlagRaised(flag, "The board is gone.", FACILITATOR))
    return pair
