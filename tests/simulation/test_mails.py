"""The mails that a simulation counts: letters of one moment in one, overviews among them."""

from datetime import UTC, datetime

from simulation.beats import LetterTold
from simulation.mails import mails, weeks
from simulation.weekly import OverviewTold
from tests.support.world import wp6

MONDAY = datetime(2026, 5, 18, 6, tzinfo=UTC)


def _told(letter: str, person: str, audience: str = "facilitator") -> LetterTold:
    return LetterTold(letter, audience, "P-01", person, "accepted", MONDAY, "")


def test_what_can_wait_is_counted_in_the_overview_and_what_is_urgent_beside_it() -> None:
    arrived = [
        _told("N-22.waiting", "north"),
        _told("N-21.raised", "north"),
        _told("N-22.waiting", "south"),
    ]

    found = [*mails(arrived, [OverviewTold("north", MONDAY)], wp6().letters)]

    told = {(each.person, each.is_overview): [own.letter for own in each.letters] for each in found}
    assert told == {
        ("north", True): ["N-22.waiting"],
        ("north", False): ["N-21.raised"],
        ("south", False): ["N-22.waiting"],
    }


def test_an_overview_is_a_mail_of_its_week_with_letters_in_it_or_without() -> None:
    weekly = [OverviewTold("north", MONDAY), OverviewTold("lead", MONDAY)]

    found = weeks(mails([_told("N-22.waiting", "north")], weekly, wp6().letters), days=14)

    lines = [(each.person, each.letters, each.messages, each.overviews) for each in found]
    assert lines == [("lead", 0.5, 0.5, 0.5), ("north", 1.0, 0.5, 0.5)]
