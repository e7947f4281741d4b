"""What a side has said to a day of a meeting goes with that day, and so does the proposal."""

from datetime import timedelta

import pytest

from engine.model.changes import Changes
from engine.model.outcomes import Amended
from runtime.queries.show_case import show_case
from tests.support.actors import act
from tests.support.meeting_letters import arrived
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.world import FACILITATOR, LEAD, World

YES = {"accepted_by_coordinator": True, "accepted_by_aspiring": True}
SOUGHT = {
    "onboarding": ("onboarding_date", "starts_at"),
    "visit_preparation": ("visit_1_dates", "starts_on"),
    "first_visit": ("visit_1_dates", "starts_on"),
    "mid_term": ("mid_term_date", "starts_at"),
    "continued_implementation": ("workshop_date", "on"),
    "workshop": ("workshop_date", "on"),
}


def _amends(pair: Pair, record: str, **values: object) -> None:
    answer = act(pair.world.runtime, pair.case, Amended(record, Changes(values), FACILITATOR))
    assert answer.accepted, answer.unmet


def _agrees(pair: Pair, state: str, days: int) -> str:
    """Fix a day for the meeting of a state; the day as letters write it."""
    record, begins = SOUGHT[state]
    on = pair.today + timedelta(days=days)
    values = {begins: f"{on}T10:00:00+02:00" if begins == "starts_at" else str(on)}
    if begins == "starts_on":
        values["ends_on"] = str(on)
    _amends(pair, record, **values, **YES)
    return f"{on:%A} {on.day} {on:%B %Y}"


@pytest.mark.parametrize("state", SOUGHT)
def test_no_poll_proposes_a_day_that_a_pause_ran_over(town: World, state: str) -> None:
    pair = a_pair(town).gets_to(state)
    days_go_by(town, 1)
    gone = _agrees(pair, state, 10)
    days_go_by(town, 1)
    pair.goes("suspend", LEAD, review_on=str(pair.today + timedelta(days=60)), note="They move.")
    days_go_by(town, 40)
    pair.goes("resume", note="They have moved.")
    arrived(pair)

    days_go_by(town, 12)

    asks = ("our days", "our dates", "our times")
    polls = [text for _, subject, text in arrived(pair) if any(word in subject for word in asks)]
    asked = {each.letter for each in pair.dossier.asked if each.letter.endswith("poll")}
    assert asked
    assert polls
    assert [text for text in polls if gone in text or "Proposed: " in text] == []


def test_a_yes_to_days_that_a_pause_ran_over_opens_no_visit(town: World) -> None:
    pair = a_pair(town).gets_to("visit_preparation").files_all()
    days_go_by(town, 1)
    pair.goes("suspend", LEAD, review_on=str(pair.today + timedelta(days=60)), note="They move.")
    days_go_by(town, 40)
    pair.goes("resume", note="They have moved.")

    refused = pair.refused("begin_visit")

    (line,) = (m for m in show_case(town.runtime, pair.case).meetings if m.meeting == "visit_1")
    assert (line.state, {each.accepts for each in line.answers}) == ("sought", {None})
    assert refused.names() == {"dates_accepted_coordinator", "dates_accepted_aspiring"}
    detail = refused.unmet["dates_accepted_coordinator"]["detail"]
    assert str(detail).startswith(
        'a yes of the coordinator side to the day of "First on-site visit"'
    )


def test_the_days_of_the_visit_that_are_moved_want_a_yes_of_their_own(town: World) -> None:
    pair = a_pair(town).gets_to("visit_preparation").files_all()
    days_go_by(town, 1)
    arrived(pair)

    to = pair.today + timedelta(days=70)
    _amends(pair, "visit_1_dates", starts_on=str(to), ends_on=str(to), accepted_by_aspiring=True)
    days_go_by(town, 10)

    assert pair.refused("begin_visit").names() == {"dates_accepted_coordinator"}
    polls = [(who, text) for who, subject, text in arrived(pair) if "dates suit" in subject]
    assert {who for who, _ in polls} == {"coordinator"}
    assert all(f"Proposed: {to:%A}" in text for _, text in polls)


def test_another_place_leaves_every_yes_as_it_is(town: World) -> None:
    pair = a_pair(town).gets_to("visit_preparation").files_all()

    _amends(pair, "visit_1_dates", city="Graz")

    pair.goes("begin_visit")


def test_who_said_yes_to_days_that_went_by_unanswered_is_asked_for_others_too(
    town: World,
) -> None:
    pair = a_pair(town).gets_to("visit_preparation")
    on = str(pair.today + timedelta(days=4))
    _amends(pair, "visit_1_dates", starts_on=on, ends_on=on, accepted_by_coordinator=True)
    days_go_by(town, 4)
    arrived(pair)

    days_go_by(town, 6)

    polls = [(who, text) for who, subject, text in arrived(pair) if "our dates" in subject]
    assert {who for who, _ in polls} == {"aspiring", "coordinator"}
    assert not any("Proposed: " in text for _, text in polls)


def test_both_sides_are_asked_anew_whenever_agreed_days_of_the_visit_are_moved(
    town: World,
) -> None:
    pair = a_pair(town).gets_to("visit_preparation")
    for days in (50, 60, 70):
        _agrees(pair, "visit_preparation", days)
        days_go_by(town, 10)
        arrived(pair)
        on = str(pair.today + timedelta(days=days))
        _amends(pair, "visit_1_dates", starts_on=on, ends_on=on)

        days_go_by(town, 9)

        subjects = {(who, subject.partition(":")[0]) for who, subject, _ in arrived(pair)}
        asked = {who for who, subject in subjects if subject.startswith("Do these dates suit?")}
        reminded = {who for who, subject in subjects if subject == "Still open"}
        assert asked == reminded == {"coordinator", "aspiring"}


def test_days_that_go_by_with_one_yes_begin_the_search_anew(town: World) -> None:
    pair = a_pair(town).gets_to("visit_preparation")
    on = str(pair.today + timedelta(days=20))
    _amends(pair, "visit_1_dates", starts_on=on, ends_on=on)
    days_go_by(town, 12)
    _amends(pair, "visit_1_dates", accepted_by_coordinator=True)
    days_go_by(town, 5)
    arrived(pair)

    days_go_by(town, 7)

    asked = {who for who, subject, _ in arrived(pair) if subject.startswith("Your dates")}
    assert asked == {"coordinator", "aspiring"}
