"""Who changes their mind in the calendar is heard by whoever heard them before, once."""

import pytest

from runtime.queries.show_case import show_case
from runtime.workers.arrived import take
from storage.mail import inbound
from tests.support.calendar_items import Seen
from tests.support.calendar_mail import item_bytes, items, onboarding_fixed, reads_replies
from tests.support.calendar_replies import by_mail, proposal, reply
from tests.support.meeting_letters import arrived
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.world import FACILITATOR, World

AT_TEN, AT_TWO = "2026-06-25T10:00+02:00", "2026-06-25T14:00+02:00"
COORDINATOR = "coordinator.vie-bir@example.org"
ASPIRING = "aspiring.vie-bir@example.org"
DEPUTY = "deputy.coordinator.vie-bir@example.org"
ALL = {"coordinator", "aspiring", "facilitator"}


@pytest.fixture
def pair(town: World) -> Pair:
    return onboarding_fixed(town, AT_TEN)


def _entry(pair: Pair, address: str = COORDINATOR) -> Seen:
    return [each for reader, each in items(pair.world) if reader == address][-1]


def _says(pair: Pair, entry: Seen, says: str, address: str = COORDINATOR, **changes: str) -> str:
    ics = reply(entry, address, says, **changes)
    return take(pair.world.runtime, by_mail(ics, address))


def _told(pair: Pair) -> list[tuple[str, str]]:
    """Who was told since, and with which beginning of a subject."""
    pair.world.beat()
    return [(role, subject.partition(":")[0]) for role, subject, _ in arrived(pair)]


def _stands(pair: Pair, meeting: str = "onboarding") -> tuple[str, dict[str, bool | None]]:
    lines = show_case(pair.world.runtime, pair.case).meetings
    (line,) = (each for each in lines if each.meeting == meeting)
    return line.state, {each.side: each.accepts for each in line.answers}


def test_a_yes_after_a_no_brings_the_day_back_and_each_who_heard_the_no_hears_it_once(
    pair: Pair,
) -> None:
    entry = _entry(pair)
    _says(pair, entry, "DECLINED")
    off = _told(pair)

    states = [_says(pair, entry, "ACCEPTED", begins=f"20260625T08000{n}Z") for n in range(2)]
    on = _told(pair)

    assert sorted(role for role, subject in off if subject == "Cancelled") == sorted(ALL)
    assert states == [inbound.DONE, inbound.NOTHING]
    assert sorted(role for role, _ in on) == sorted(ALL)
    assert _stands(pair) == ("agreed", {"coordinator": True, "aspiring": None})


def test_a_yes_before_anybody_has_read_of_the_no_is_told_to_nobody(pair: Pair) -> None:
    entry = _entry(pair)

    _says(pair, entry, "DECLINED")
    _says(pair, entry, "ACCEPTED")

    assert _told(pair) == []
    assert _stands(pair) == ("agreed", {"coordinator": True, "aspiring": None})


def test_a_yes_after_a_no_is_nothing_once_another_day_is_named_or_the_other_side_said_no(
    pair: Pair,
) -> None:
    found = items(pair.world)
    entry = next(each for reader, each in found if reader == COORDINATOR)
    other = next(each for reader, each in found if reader == ASPIRING)
    _says(pair, entry, "DECLINED")

    of_other = _says(pair, other, "ACCEPTED", ASPIRING)
    pair.files("onboarding_date", FACILITATOR, starts_at=AT_TWO)
    late = _says(pair, entry, "ACCEPTED")

    assert (of_other, late) == (inbound.NOTHING, inbound.NOTHING)
    assert _stands(pair) == ("agreed", {"coordinator": None, "aspiring": None})


@pytest.mark.parametrize("says", ["DECLINED", "TENTATIVE"])
def test_the_yes_of_one_of_a_team_is_told_to_whoever_was_told_of_the_doubt(
    town: World, says: str
) -> None:
    reads_replies(town)
    pair = a_pair(town).gets_to("visit_preparation")
    pair.files("visit_1_dates", FACILITATOR)
    town.beat()
    entry = _entry(pair, DEPUTY)
    first = _says(pair, entry, "ACCEPTED", DEPUTY)
    doubt = _says(pair, entry, says, DEPUTY)
    told = _told(pair)

    states = [
        _says(pair, entry, "ACCEPTED", DEPUTY, begins=f"20260625T08000{n}Z") for n in range(1, 3)
    ]
    pair.world.beat()
    words = [(role, text) for role, subject, text in arrived(pair) if "Mail from" in subject]

    assert (first, doubt) == (inbound.NOTHING, inbound.PASSED_ON)
    assert told == [("facilitator", "Mail from deputy.coordinator.vie-bir@example.org")]
    assert states == [inbound.PASSED_ON, inbound.NOTHING]
    ((role, text),) = words
    assert role == "facilitator"
    assert "Coordinator VIE-BIR deputy says yes to First on-site visit" in text


def test_several_who_propose_another_time_are_each_told_with_the_act_that_takes_theirs(
    pair: Pair,
) -> None:
    entries = {reader: each for reader, each in items(pair.world) if "facilitator" not in reader}

    for number, (address, entry) in enumerate(sorted(entries.items())):
        times = {"begins": f":2026062{6 + number}T070000Z", "ends": f":2026062{6 + number}T080000Z"}
        take(pair.world.runtime, by_mail(proposal(entry, address, "google", **times), address))
    pair.world.beat()

    texts = [text for role, subject, text in arrived(pair) if "Mail from" in subject]
    assert len(texts) == 2
    for text, who, day in zip(texts, ("Aspiring", "Coordinator"), ("26", "27"), strict=True):
        assert f"{who} VIE-BIR proposes another time to Online onboarding" in text
        assert f"{day} June 2026, 09:00 (Brussels time)" in text
        assert f"pairing pair record VIE-BIR onboarding_date --set starts_at=2026-06-{day}" in text
    assert _stands(pair) == ("agreed", {"coordinator": None, "aspiring": None})


def test_another_time_for_a_day_that_was_moved_is_nothing_and_the_list_says_why(
    pair: Pair,
) -> None:
    entry = _entry(pair)
    pair.files("onboarding_date", FACILITATOR, starts_at=AT_TWO)
    pair.world.beat()
    arrived(pair)

    state = take(pair.world.runtime, by_mail(proposal(entry, COORDINATOR, "outlook"), COORDINATOR))

    assert state == inbound.NOTHING
    assert _told(pair) == []


def test_whoever_proposes_another_time_after_their_no_is_still_heard(pair: Pair) -> None:
    entry = _entry(pair)
    _says(pair, entry, "DECLINED")
    _told(pair)

    ics = proposal(entry, COORDINATOR, "outlook")
    state = take(pair.world.runtime, by_mail(ics, COORDINATOR))

    assert state == inbound.PASSED_ON
    assert [role for role, _ in _told(pair)] == ["facilitator"]


def test_a_meeting_that_is_moved_asks_the_calendar_of_each_side_anew_and_silence_says_nothing(
    pair: Pair,
) -> None:
    before = dict(items(pair.world))
    pair.files("onboarding_date", FACILITATOR, starts_at=AT_TWO)
    pair.world.beat()
    moved = {
        letter.recipient: ics.replace(b"\r\n ", b"")
        for letter in pair.world.mailbox.letters
        for method, ics in item_bytes(letter.frozen)
        if method == "REQUEST"
    }

    after = dict(items(pair.world))
    days_go_by(pair.world, 10)

    assert set(after) == set(before)
    assert all(after[who].sequence > before[who].sequence for who in after)
    assert all(after[who].uid == before[who].uid for who in after)
    for who in (COORDINATOR, ASPIRING):
        assert b"PARTSTAT=NEEDS-ACTION" in moved[who]
        assert b"RSVP=TRUE" in moved[who]
    assert _stands(pair) == ("agreed", {"coordinator": None, "aspiring": None})
