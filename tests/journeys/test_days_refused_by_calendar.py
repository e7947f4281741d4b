"""A no of a calendar, or another time that it proposes, reaches whoever has to act on it, once."""

import pytest

from runtime.workers.arrived import take
from storage.mail import inbound
from tests.support.calendar_items import Seen
from tests.support.calendar_mail import items, onboarding_fixed, reads_replies
from tests.support.calendar_replies import by_mail, proposal, reply
from tests.support.meeting_letters import arrived
from tests.support.pairs import Pair, a_pair
from tests.support.world import FACILITATOR, World

AT_TEN = "2026-06-25T10:00+02:00"
COORDINATOR = "coordinator.vie-bir@example.org"
VISIT = {"starts_on": "2026-06-24", "ends_on": "2026-06-25", "city": "Vienna", "place": "House 4"}


@pytest.fixture
def pair(town: World) -> Pair:
    return onboarding_fixed(town, AT_TEN)


def _entry(pair: Pair) -> Seen:
    return [each for reader, each in items(pair.world) if reader == COORDINATOR][-1]


def _told(pair: Pair) -> dict[str, list[tuple[str, str]]]:
    """By role, what they were told since: subject and text."""
    pair.world.beat()
    found: dict[str, list[tuple[str, str]]] = {}
    for role, subject, text in arrived(pair):
        found.setdefault(role, []).append((subject, text))
    return found


def test_a_no_is_told_once_to_each_with_whom_it_does_not_suit_and_what_follows(pair: Pair) -> None:
    ics = reply(_entry(pair), COORDINATOR, "DECLINED")

    take(pair.world.runtime, by_mail(ics, COORDINATOR))

    told = _told(pair)
    off = {
        role: [text for subject, text in each if subject.startswith("Cancelled: Online onboarding")]
        for role, each in told.items()
    }
    assert {role: len(each) for role, each in off.items()} == dict.fromkeys(
        ("facilitator", "coordinator", "aspiring"), 1
    )
    for (text,) in off.values():
        assert "The day does not suit Coordinator centre of VIE-BIR." in text
    (facilitators,) = off["facilitator"]
    assert "Please find another day with both sides" in facilitators
    assert "`pairing pair why VIE-BIR`" in facilitators
    assert "Facilitator VIE-BIR looks" not in facilitators
    assert "Facilitator VIE-BIR looks for a new date" in off["aspiring"][0]
    assert len(told["facilitator"]) == 1


def test_words_beside_a_no_reach_the_facilitator_too(pair: Pair) -> None:
    ics = reply(_entry(pair), COORDINATOR, "DECLINED", comment="In theatre all day.")

    state = take(pair.world.runtime, by_mail(ics, COORDINATOR))

    (words,) = (t for s, t in _told(pair)["facilitator"] if s.startswith("Mail from"))
    assert state == inbound.DONE
    assert "- In theatre all day." in words


@pytest.mark.parametrize("maker", ["outlook", "google"])
def test_another_time_reaches_the_facilitator_by_their_clocks_with_the_act_that_takes_it(
    pair: Pair, maker: str
) -> None:
    ics = proposal(_entry(pair), COORDINATOR, maker)

    state = take(pair.world.runtime, by_mail(ics, COORDINATOR))

    ((_, text),) = _told(pair)["facilitator"]
    command = "pairing pair record VIE-BIR onboarding_date --set starts_at=2026-06-26T09:00+02:00"
    assert state == inbound.PASSED_ON
    assert "Coordinator VIE-BIR proposes another time to Online onboarding" in text
    assert "for Online onboarding: Friday 26 June 2026, 09:00 (Brussels time)" in text
    assert f"`{command}`" in text
    assert "- I am in theatre until nine." in text


def test_the_command_that_takes_another_time_moves_the_meeting(pair: Pair) -> None:
    take(pair.world.runtime, by_mail(proposal(_entry(pair), COORDINATOR, "google"), COORDINATOR))
    _told(pair)

    pair.files("onboarding_date", FACILITATOR, starts_at="2026-06-26T09:00+02:00")

    told = _told(pair)
    assert set(told) == {"facilitator", "coordinator", "aspiring"}
    assert all(
        s.startswith("Changed: Online onboarding") for each in told.values() for s, _ in each
    )


def test_another_time_without_a_proof_names_no_command(pair: Pair) -> None:
    ics = proposal(_entry(pair), COORDINATOR, "outlook", organiser="mailto:pairing@example.org")

    take(pair.world.runtime, by_mail(ics, COORDINATOR))

    ((_, text),) = _told(pair)["facilitator"]
    assert "and nothing in the mail proves that they sent it" in text
    assert "pairing pair record" not in text


def test_other_days_of_a_visit_are_told_as_days(town: World) -> None:
    reads_replies(town)
    pair = a_pair(town).gets_to("visit_preparation")
    pair.files("visit_1_dates", FACILITATOR, **VISIT)
    town.beat()
    days = {"begins": ";VALUE=DATE:20260701", "ends": ";VALUE=DATE:20260703"}

    take(town.runtime, by_mail(proposal(_entry(pair), COORDINATOR, "google", **days), COORDINATOR))

    (text,) = (t for s, t in _told(pair)["facilitator"] if s.startswith("Mail from"))
    assert "First on-site visit: Wednesday 1 July 2026 to Thursday 2 July 2026" in text
    given = "--set starts_on=2026-07-01 --set ends_on=2026-07-02 --set accepted_by_coordinator=yes"
    assert f"`pairing pair record VIE-BIR visit_1_dates {given}`" in text


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        (":20260501T090000Z", ":20260501T110000Z"),  # gone by
        (":20260626T090000", ":20260626T110000"),  # of no zone
        (";VALUE=DATE:20260626", ";VALUE=DATE:20260627"),  # a day, where an hour is needed
    ],
)
def test_a_time_that_cannot_be_taken_is_told_without_a_command(
    pair: Pair, begins: str, ends: str
) -> None:
    ics = proposal(_entry(pair), COORDINATOR, "google", begins=begins, ends=ends)

    take(pair.world.runtime, by_mail(ics, COORDINATOR))

    ((_, text),) = _told(pair)["facilitator"]
    assert "proposes another time to Online onboarding" in text
    assert "pairing pair record" not in text
