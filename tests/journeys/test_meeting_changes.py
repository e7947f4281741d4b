"""What a letter says of a meeting that changes is what has changed, and travel is for journeys."""

from datetime import timedelta

import pytest

from engine.model.putting_right import Undone
from tests.support.actors import act
from tests.support.meeting_letters import arrived
from tests.support.pairs import a_pair, days_go_by
from tests.support.world import FACILITATOR, World

AT_TEN, AT_TWO = "2026-06-25T10:00+02:00", "2026-06-25T14:00+02:00"
THE_SAME = "2026-06-25T08:00+00:00"
HERE, THERE = "https://meet.example.org/a", "https://meet.example.org/b"
VISIT = {"starts_on": "2026-06-24", "ends_on": "2026-06-25", "city": "Vienna", "place": "House 4"}


@pytest.mark.parametrize(
    ("before", "after", "subject", "says"),
    [
        (
            {"starts_at": AT_TEN},
            {"starts_at": AT_TWO},
            "Another hour: Online onboarding, now 25 June",
            "- new: Thursday 25 June 2026, 1",
        ),
        (
            {"starts_at": AT_TEN},
            {"starts_at": THE_SAME, "meeting_url": HERE},
            "Link: Online onboarding, 25 June",
            f"- new: {HERE} What",
        ),
        (
            {"starts_at": AT_TEN, "meeting_url": HERE},
            {"starts_at": AT_TEN, "meeting_url": THERE},
            "Link changed: Online onboarding, 25 June",
            f"- new: {THERE} - void: {HERE}",
        ),
    ],
)
def test_the_letter_says_what_has_changed_and_what_stays(
    town: World, before: dict[str, str], after: dict[str, str], subject: str, says: str
) -> None:
    pair = a_pair(town).gets_to("onboarding")
    pair.files("onboarding_date", FACILITATOR, **before)
    town.beat()
    arrived(pair)

    pair.files("onboarding_date", FACILITATOR, **after)
    town.beat()

    told = arrived(pair)
    assert len(told) == 3
    assert all(each.startswith(subject) and says in text for _, each, text in told)


def test_whoever_holds_a_later_day_hears_that_it_was_held_before(town: World) -> None:
    pair = a_pair(town).gets_to("onboarding")
    days_go_by(town, 3)
    pair.files("onboarding_date", FACILITATOR, starts_at=AT_TEN)
    town.beat()
    arrived(pair)

    held = (pair.today - timedelta(days=1)).isoformat()
    pair.files("onboarding", held_on=held)
    pair.files("gap_analysis")
    town.beat()
    told = arrived(pair)
    assert act(town.runtime, pair.case, Undone("It was another.", FACILITATOR)).accepted
    town.beat()
    between = arrived(pair)
    assert act(town.runtime, pair.case, Undone("It was another.", FACILITATOR)).accepted
    town.beat()

    assert len(told) == 3
    assert all(subject.startswith("Cancelled: Online onboarding") for _, subject, _ in told)
    assert all("on Thursday 25 June 2026, 1" in text for _, _, text in told)
    assert all(": it was held on Wednesday 13 May 2026." in text for _, _, text in told)
    assert between == []
    assert {role for role, *_ in arrived(pair)} == {role for role, *_ in told}


def test_another_city_is_no_other_day(town: World) -> None:
    pair = a_pair(town).gets_to("visit_preparation")
    pair.files("visit_1_dates", FACILITATOR, **VISIT)
    town.beat()
    arrived(pair)

    pair.files("visit_1_dates", FACILITATOR, **{**VISIT, "city": "Graz"})
    town.beat()

    told = arrived(pair)
    assert {subject for _, subject, _ in told} == {"Place changed: First on-site visit, 24 June"}
    assert all("- new: House 4, Graz - void: House 4, Vienna" in text for _, _, text in told)


def test_only_a_meeting_that_people_travel_to_is_called_off_with_a_word_on_travel(
    town: World,
) -> None:
    pair = a_pair(town).gets_to("onboarding")
    pair.files("onboarding_date", FACILITATOR, starts_at=AT_TEN)
    pair.files("visit_1_dates", FACILITATOR, **VISIT)
    town.beat()
    arrived(pair)

    no = {"accepted_by_aspiring": False}
    pair.files("onboarding_date", FACILITATOR, starts_at=AT_TEN, **no)
    pair.files("visit_1_dates", FACILITATOR, **{**VISIT, **no})
    town.beat()

    off = {s: text for _, s, text in arrived(pair) if s.startswith("Cancelled")}
    assert ["booked travel" in text for _, text in sorted(off.items())] == [True, False]
