"""Once a meeting was held: what a step still needs is asked for, and the rest of nobody."""

from datetime import timedelta

import pytest

from engine.letters.lead_up import leads_up_to
from engine.model.outcomes import Waived
from tests.support.actors import act
from tests.support.meeting_letters import arrived
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.world import FACILITATOR, World, wp6

# Of each state that prepares a meeting: the record of its day, and what a step needs all the same.
PREPARED = {
    "onboarding": ("onboarding_date", {"slides"}),
    "visit_preparation": ("visit_1_dates", {"agenda", "synthesis"}),
    "mid_term": ("mid_term_date", {"deck"}),  # whose letter asks for the scores too
    "workshop": ("workshop_date", set[str]()),
}
BEFORE = (
    *("before the meeting", "before you arrive", "too early for you", "is near", " begins on "),
    *("onboarding is on", "review is on", "hosts the first", "You host", " opens the "),
)

WAITING = "Waiting since 11 May: VIE-BIR-a \N{EN DASH} VIE-BIR-c"


def _leads_up(state: str) -> set[str]:
    workflow = wp6().workflows["pairing"]
    ladders = workflow.states[state].ladders
    return {each.name for each in ladders if leads_up_to(workflow, each)}


def _agreed(town: World, state: str, ahead: int) -> Pair:
    """A pair in a state, whose meeting is agreed for a day that lies ahead."""
    pair = a_pair(town).gets_to(state)
    days_go_by(town, 3)
    later = (pair.today + timedelta(days=ahead)).isoformat()
    meetings = wp6().workflows["pairing"].meetings.values()
    (meeting,) = (each for each in meetings if each.record == PREPARED[state][0])
    fields = {meeting.begins: later, meeting.ends or meeting.begins: later}
    if meeting.begins == "starts_at":
        fields = {"starts_at": f"{later}T10:00+02:00"}
    pair.files(meeting.record, FACILITATOR, **fields)
    return pair


def _held(pair: Pair, state: str) -> None:
    record = wp6().workflows["pairing"].meetings
    (held,) = (m.evidence[0] for m in record.values() if m.record == PREPARED[state][0])
    pair.files(held, held_on=(pair.today - timedelta(days=1)).isoformat())


@pytest.mark.parametrize("until", [1, 51], ids=["before its day", "on its day"])
@pytest.mark.parametrize("state", PREPARED)
def test_what_a_step_needs_is_asked_for_after_the_meeting_as_of_one_that_was_held(
    town: World, state: str, until: int
) -> None:
    pair = _agreed(town, state, 50)
    days_go_by(town, until)
    arrived(pair)

    _held(pair, state)
    filed = pair.today
    days_go_by(town, 50)

    asked = [each for each in pair.dossier.asked if each.on > filed]
    assert {each.ladder for each in asked} & _leads_up(state) == PREPARED[state][1]
    assert {each.outcome for each in asked} <= {"accepted"}
    texts = [t for _, s, t in arrived(pair) if not s.startswith(("Cancelled", "Flag"))]
    assert [t for t in texts if any(word in t for word in BEFORE)] == []


def test_each_state_that_prepares_a_meeting_is_looked_at() -> None:
    states = wp6().workflows["pairing"].states

    assert {name for name in states if _leads_up(name)} == set(PREPARED)


def test_what_was_set_aside_is_asked_for_no_more(town: World) -> None:
    pair = _agreed(town, "mid_term", 20)
    days_go_by(town, 21)
    _held(pair, "mid_term")
    filed = pair.today

    waived = Waived("mid_term_deck_in", "They showed none.", FACILITATOR)
    assert act(town.runtime, pair.case, waived).accepted
    days_go_by(town, 20)

    assert {e.ladder for e in pair.dossier.asked if e.on > filed} == {"scores"}


def test_a_meeting_held_before_its_state_began_is_followed_by_what_is_missing(town: World) -> None:
    pair = a_pair(town).gets_to("implementation")
    days_go_by(town, 10)
    pair.files("mid_term", held_on=pair.today.isoformat())
    pair.waives("check_ins_held", FACILITATOR)
    pair.goes("begin_mid_term")
    arrived(pair)

    days_go_by(town, 3)

    (text,) = (t for who, s, t in arrived(pair) if who == "aspiring" and s.startswith("Your mid-"))
    assert "The mid-term review was held on Thursday 21 May 2026." in text


@pytest.mark.parametrize(
    ("state", "left", "turn"),
    [
        ("onboarding", "Gap analysis; Quality Improvement Indicators, proposed", "Aspiring"),
        ("visit_preparation", "Agenda of the first visit", "Coordinator"),
        ("mid_term", "Maturity Model, mid-term", "Aspiring"),
        ("workshop", "Presentation at the workshop; Site assessment", "Aspiring"),
    ],
)
def test_the_facilitator_reads_what_is_missing_after_the_meeting_and_whose_turn_it_is(
    town: World, state: str, left: str, turn: str
) -> None:
    pair = _agreed(town, state, 20)
    days_go_by(town, 21)
    filled = {"onboarding": "onboarding_slides", "visit_preparation": "synthesis"}
    filled |= {"mid_term": "mid_term_deck", "workshop": "roadmap"}
    pair.files(filled[state])
    for more in ("sustainability", "commitments") if state == "workshop" else ():
        pair.files(more)
    _held(pair, state)
    arrived(pair)

    days_go_by(town, 100)

    waits = [text for _, subject, text in arrived(pair) if subject == WAITING]
    assert [f"what is open: {left}, since" in text for text in waits] == [True] * len(waits)
    assert waits
    assert all(f"whose turn: {turn} VIE-BIR" in text for text in waits)


def test_where_nothing_is_missing_the_step_is_what_is_open(town: World) -> None:
    pair = _agreed(town, "mid_term", 20)
    days_go_by(town, 21)
    pair.files_all("mid_term")
    _held(pair, "mid_term")
    arrived(pair)

    days_go_by(town, 70)

    waits = [text for _, subject, text in arrived(pair) if subject == WAITING]
    assert waits
    assert all("what is open: Finish the mid-term checkpoint, since" in text for text in waits)
    assert all("whose turn: Facilitator VIE-BIR" in text for text in waits)


def test_one_letter_that_asks_for_two_things_names_its_day_for_both(town: World) -> None:
    pair = _agreed(town, "mid_term", 27)
    days_go_by(town, 1)
    (asked,) = (subject for who, subject, _ in arrived(pair) if "scores and slides" in subject)
    _held(pair, "mid_term")

    days_go_by(town, 10)

    assert ", by " in asked
    assert [each for each in arrived(pair) if "scores" in each[1]] == []
