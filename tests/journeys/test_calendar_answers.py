"""A yes or no in the calendar is an answer to the day that stands, and any doubt is a person's."""

import pytest

from engine.model.meetings import ProposedTime
from engine.model.outcomes import By
from runtime.permission import NotEntitledError
from runtime.queries.show_case import show_case
from runtime.use_cases.calendar_answer import Became, TakenAnswer, take_answer
from tests.support.calendar_items import Seen
from tests.support.calendar_mail import items
from tests.support.calendar_replies import MAKERS, proposal, reply
from tests.support.hostile_calendars import CALENDARS
from tests.support.meeting_letters import subjects
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.rematched import centre_that_follows
from tests.support.world import FACILITATOR, LEAD, World

AT_TEN, AT_TWO = "2026-06-25T10:00+02:00", "2026-06-25T14:00+02:00"
COORDINATOR = "coordinator.vie-bir@example.org"
ASPIRING = "aspiring.vie-bir@example.org"
VISIT = {"starts_on": "2026-06-24", "ends_on": "2026-06-25", "city": "Vienna", "place": "House 4"}


@pytest.fixture
def pair(town: World) -> Pair:
    found = a_pair(town).gets_to("onboarding")
    found.files("onboarding_date", FACILITATOR, starts_at=AT_TEN)
    town.beat()
    return found


def _entry(pair: Pair, address: str = COORDINATOR) -> Seen:
    """What stands in somebody's calendar by now."""
    return [each for reader, each in items(pair.world) if reader == address][-1]


def _taken(pair: Pair, ics: bytes, sender: str = COORDINATOR) -> TakenAnswer:
    return take_answer(pair.world.runtime, ics, sender, LEAD)


def _answers(pair: Pair, meeting: str = "onboarding") -> dict[str, bool | None]:
    lines = show_case(pair.world.runtime, pair.case).meetings
    (line,) = (each for each in lines if each.meeting == meeting)
    return {each.side: each.accepts for each in line.answers}


def _versions(pair: Pair) -> int:
    return len(pair.dossier.records["onboarding_date"])


@pytest.mark.parametrize("maker", MAKERS)
def test_a_yes_in_a_calendar_is_the_yes_of_its_side_by_its_own_hand(pair: Pair, maker: str) -> None:
    entry = _entry(pair)

    taken = _taken(pair, reply(entry, COORDINATOR, maker=MAKERS[maker]), COORDINATOR.upper())
    pair.world.beat()

    says = "Coordinator VIE-BIR says yes to Online onboarding"
    who, meeting = "vie-bir-coordinator", "Online onboarding"
    assert taken == TakenAnswer(Became.FILED, says, pair.case, who, meeting=meeting)
    assert _answers(pair) == {"coordinator": True, "aspiring": None}
    assert pair.dossier.records["onboarding_date"][-1].filed_by == "vie-bir-coordinator"
    assert subjects(pair, "") == {}


def test_a_no_takes_the_day_back_and_everybody_hears_it(pair: Pair) -> None:
    entry = _entry(pair, ASPIRING)

    taken = _taken(pair, reply(entry, ASPIRING, "DECLINED"), ASPIRING)
    pair.world.beat()

    off = [(each.method, each.sequence) for _, each in items(pair.world)]
    assert taken.became is Became.FILED
    assert _answers(pair) == {"coordinator": None, "aspiring": False}
    assert off == [("CANCEL", 2)] * 3


def test_the_sender_may_be_given_as_the_head_of_a_mail_shows_it(pair: Pair) -> None:
    taken = _taken(pair, reply(_entry(pair), COORDINATOR), f'"Coordinator, Vienna" <{COORDINATOR}>')

    assert taken.became is Became.FILED


def test_the_same_answer_twice_is_one(pair: Pair) -> None:
    ics = reply(_entry(pair), COORDINATOR)

    first, second = _taken(pair, ics), _taken(pair, ics)

    assert (first.became, second.became) == (Became.FILED, Became.NOTHING)
    assert second.says.endswith(", as is on file")
    assert _versions(pair) == 2


def test_an_answer_to_a_day_that_was_moved_answers_nothing(pair: Pair) -> None:
    before = _entry(pair)
    pair.files("onboarding_date", FACILITATOR, starts_at=AT_TWO)
    pair.world.beat()

    late = _taken(pair, reply(before, COORDINATOR, "DECLINED"))
    anew = _taken(pair, reply(_entry(pair), COORDINATOR))

    assert (late.became, anew.became) == (Became.NOTHING, Became.FILED)
    assert late.says.endswith(", which is another by now")
    assert _answers(pair) == {"coordinator": True, "aspiring": None}


@pytest.mark.parametrize("what", ["off", "gone by", "held"])
def test_an_answer_to_a_day_that_is_over_answers_nothing(pair: Pair, what: str) -> None:
    entry = _entry(pair)
    if what == "off":
        no = {"accepted_by_aspiring": False}
        pair.files("onboarding_date", FACILITATOR, starts_at=AT_TEN, **no)
    else:
        days_go_by(pair.world, 50)
        if what == "held":
            pair.files("onboarding", held_on="2026-06-25")
    versions = _versions(pair)

    taken = _taken(pair, reply(entry, COORDINATOR, "DECLINED"))

    assert taken.became is Became.NOTHING
    assert _versions(pair) == versions


@pytest.mark.parametrize(
    ("changes", "sender"),
    [
        ({"says": "TENTATIVE"}, COORDINATOR),
        ({"method": "COUNTER", "begins": "20260626T070000Z"}, COORDINATOR),
        ({"sequence": ""}, COORDINATOR),
        ({}, ASPIRING),
        ({}, "somebody.else@example.org"),
        ({"address": "somebody.else@example.org"}, "somebody.else@example.org"),
    ],
)
def test_any_doubt_is_for_a_person_and_files_nothing(
    pair: Pair, changes: dict[str, str], sender: str
) -> None:
    entry, parts = _entry(pair), {"address": COORDINATOR, **changes}

    taken = _taken(pair, reply(entry, **parts), sender)

    assert (taken.became, taken.case_id) == (Became.FOR_A_PERSON, pair.case)
    assert _versions(pair) == 1


def test_another_time_is_told_with_its_moment(pair: Pair) -> None:
    taken = _taken(pair, proposal(_entry(pair), COORDINATOR, "google"))

    at = "2026-06-26T09:00+02:00"
    command = f"pairing pair record VIE-BIR onboarding_date --set starts_at={at}"
    assert taken.says == "Coordinator VIE-BIR proposes another time to Online onboarding"
    assert taken.proposed == ProposedTime("Online onboarding", at, "", command)


@pytest.mark.parametrize(
    "times",
    [
        {"ends": ":99991231T235959Z"},
        {"begins": ":99991231T220000Z", "ends": ":99991231T235959Z"},
        {"begins": ":00010101T000000Z"},
        {"begins": ";VALUE=DATE:99991230", "ends": ";VALUE=DATE:99991231"},
    ],
)
def test_another_time_that_no_clock_shows_is_for_a_person_without_a_time_to_take(
    pair: Pair, times: dict[str, str]
) -> None:
    taken = _taken(pair, proposal(_entry(pair), COORDINATOR, "google", **times))

    assert (taken.became, taken.proposed) == (Became.FOR_A_PERSON, None)
    assert taken.says == (
        "Coordinator VIE-BIR proposes another time to Online onboarding, "
        "and no time that can be taken stands in it"
    )


def test_whatever_a_calendar_answers_to_a_day_that_stands_is_taken_without_failing(
    pair: Pair,
) -> None:
    entry = _entry(pair)
    uid = f"SEQUENCE:{entry.sequence}\r\nUID:{entry.uid}".encode()

    for ics in CALENDARS.values():
        ours = ics.replace(b"UID:u@example.org", uid)
        _taken(pair, ours.replace(b"a@example.org", COORDINATOR.encode()))

    assert _answers(pair) == {"coordinator": False, "aspiring": None}


@pytest.mark.parametrize(
    "uid",
    ["wp6.other.1.onboarding.1", "else.world.1.onboarding.1", "wp6.world.99.onboarding.1", "x"],
)
def test_a_meeting_that_nobody_knows_is_nothing(pair: Pair, uid: str) -> None:
    taken = _taken(pair, reply(_entry(pair), COORDINATOR, uid=uid))

    assert (taken.became, taken.case_id) == (Became.NOTHING, None)


def test_no_answer_is_nothing(pair: Pair) -> None:
    assert _taken(pair, b"Hello").became is Became.NOTHING


def test_one_of_a_team_who_cannot_come_does_not_take_the_visit_back(town: World) -> None:
    pair = a_pair(town).gets_to("visit_preparation")
    pair.files("visit_1_dates", FACILITATOR, **VISIT)
    town.beat()
    deputy = "deputy.coordinator.vie-bir@example.org"
    entry = _entry(pair, deputy)

    comes = _taken(pair, reply(entry, deputy), deputy)
    stays = _taken(pair, reply(entry, deputy, "DECLINED"), deputy)

    assert (comes.became, stays.became) == (Became.NOTHING, Became.FOR_A_PERSON)
    assert stays.says == "Coordinator VIE-BIR deputy says no to First on-site visit"
    assert _answers(pair, "visit_1") == {"coordinator": True, "aspiring": True}


def test_an_answer_to_the_meeting_with_a_former_partner_answers_nothing(town: World) -> None:
    pair = a_pair(town)
    centre_that_follows(town)
    pair.gets_to("onboarding")
    pair.files("onboarding_date", starts_at=AT_TEN)
    town.beat()
    entry = _entry(pair, ASPIRING)
    pair.goes("withdraw_coordinator", LEAD, note="Its team is lost.")

    taken = _taken(pair, reply(entry, ASPIRING, "DECLINED"), ASPIRING)

    assert taken.became is Became.NOTHING
    assert taken.says == "it answers to a meeting that is none any more"


def test_only_the_office_hands_in_an_answer_by_hand(pair: Pair) -> None:
    ics = reply(_entry(pair), COORDINATOR)
    runtime = pair.world.runtime

    with pytest.raises(NotEntitledError):
        take_answer(runtime, ics, COORDINATOR, By("vie-bir-aspiring", ""))
    assert take_answer(runtime, ics, COORDINATOR, By("lead", "")).became is Became.FILED
