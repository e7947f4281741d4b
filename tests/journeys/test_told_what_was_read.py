"""Whoever read what is put right is told, in whichever letter it stood and whatever had sent it."""

from collections import Counter
from collections.abc import Mapping

import pytest

from engine.model.changes import Changes
from engine.model.outcomes import By
from engine.model.putting_right import Cause, Corrected, Voided
from tests.support.actors import act
from tests.support.meeting_letters import arrived
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.world import FACILITATOR, LEAD, World

WHY = "It was misheard."
BOTH = {"coordinator": 1, "aspiring": 1}
TEAMS = {**BOTH, "deputy": 2}

# Where a step had sent the content of a record: the state after it, the record, what is right.
SENT_BY_A_STEP = [
    ("visit_preparation", "onboarding", {"expected_outcomes": ["A course"]}, BOTH),
    ("visit_preparation", "indicators", {"indicators": ["Wards with a plan"]}, BOTH),
    ("memorandum", "visit_1", {"commitments": ["A course by autumn"]}, TEAMS),
    ("closure", "commitments", {"commitments": ["A course a year"]}, TEAMS),
]


def at(world: World, state: str) -> Pair:
    pair = a_pair(world).gets_to(state)
    world.beat()
    world.mailbox.letters.clear()
    return pair


def told(pair: Pair, event: Cause) -> list[tuple[str, str, str]]:
    """Who gets which letter of it."""
    answer = act(pair.world.runtime, pair.case, event)
    assert answer.accepted, answer.unmet
    pair.world.beat()
    return arrived(pair)


def readers(letters: list[tuple[str, str, str]]) -> Mapping[str, int]:
    return Counter(role for role, _, _ in letters)


@pytest.mark.parametrize(("state", "record", "right", "whom"), SENT_BY_A_STEP)
def test_whoever_was_sent_a_record_by_a_step_is_told_what_is_right(
    state: str, record: str, right: Mapping[str, object], whom: Mapping[str, int], town: World
) -> None:
    pair = at(town, state)

    letters = told(pair, Corrected(record, Changes(right), WHY, FACILITATOR))

    assert readers(letters) == whom
    assert all(f"{_value(right)} (we wrote:" in text for _, _, text in letters)


def _value(right: Mapping[str, object]) -> str:
    return str(next(iter(right.values()))).strip("[]'")


@pytest.mark.parametrize(("state", "record", "right", "whom"), SENT_BY_A_STEP)
def test_whoever_was_sent_a_record_by_a_step_is_told_that_it_is_void(
    state: str, record: str, right: Mapping[str, object], whom: Mapping[str, int], town: World
) -> None:
    pair = at(town, state)
    assert right

    letters = told(pair, Voided(record, WHY, FACILITATOR))

    assert readers(letters) == whom
    assert all("These letters no longer count" in text for _, _, text in letters)


def test_a_day_that_was_wrong_is_told_as_a_day(town: World) -> None:
    pair = at(town, "diagnostic")
    right = Changes({"received_on": "2026-03-19"})

    ((role, _, text),) = told(pair, Corrected("eoi", right, WHY, FACILITATOR))

    assert role == "aspiring"
    assert "received on: Thursday 19 March 2026 (we wrote: Friday 20 March 2026)" in text


def test_nobody_is_told_of_what_no_letter_had_said(any_town: World) -> None:
    pair = at(any_town, "memorandum")

    hidden = Corrected("visit_1", Changes({"good_practices": ["A board"]}), WHY, FACILITATOR)

    assert told(pair, hidden) == []


def test_whoever_read_a_part_is_told_of_that_part(town: World) -> None:
    pair = at(town, "memorandum")
    right = Changes({"commitments": ["A course"], "good_practices": ["A board"]})

    letters = told(pair, Corrected("visit_1", right, WHY, FACILITATOR))

    assert readers(letters) == TEAMS
    assert all("A course (we wrote:" in text for _, _, text in letters)
    assert not any("A board" in text for _, _, text in letters)


def test_a_field_that_was_wrong_for_two_versions_is_told_to_the_readers_of_both(
    town: World,
) -> None:
    pair = at(town, "visit_preparation")
    pair.files("onboarding", focus_areas=["Wards"])  # the outcomes are as wrong as before
    days_go_by(town, 1)
    arrived(pair)

    right = Changes({"expected_outcomes": ["A course"]})
    letters = told(pair, Corrected("onboarding", right, WHY, FACILITATOR))

    assert readers(letters) == BOTH


def test_what_another_version_had_said_rightly_is_told_to_nobody(town: World) -> None:
    pair = at(town, "visit_preparation")
    pair.files("onboarding", expected_outcomes=["Nobody was sent this"])
    days_go_by(town, 1)
    arrived(pair)

    right = Changes({"expected_outcomes": ["A course"]})

    assert told(pair, Corrected("onboarding", right, WHY, FACILITATOR)) == []


@pytest.mark.parametrize(("by", "others"), [(FACILITATOR, 0), (LEAD, 1)])
def test_whoever_puts_it_right_is_not_told_what_they_know(by: By, others: int, town: World) -> None:
    pair = at(town, "memorandum").files_all()
    pair.signs("coordinator", "aspiring")
    town.beat()
    assert readers(arrived(pair))["facilitator"] == 1

    letters = told(pair, Voided("memorandum", WHY, by))

    assert readers(letters) == {**BOTH, **({"facilitator": 1} if others else {})}


def test_what_a_former_partner_had_read_is_history(town: World) -> None:
    pair = at(town, "visit_preparation")
    pair.goes("withdraw_coordinator", LEAD, note="They merge.")
    town.beat()
    arrived(pair)

    right = Changes({"domain": "Many"})

    assert told(pair, Corrected("gap_analysis", right, WHY, FACILITATOR)) == []


def test_a_correction_that_is_void_is_told_with_all_that_it_had_corrected(town: World) -> None:
    pair = at(town, "report_loop")
    pair.files("mid_term_report")
    days_go_by(town, 2)
    arrived(pair)
    told(pair, Corrected("mid_term_report", Changes({"summary": "Done."}), WHY, FACILITATOR))

    letters = told(pair, Voided("mid_term_report", WHY, FACILITATOR))

    assert {subject for _, subject, _ in letters} == {"Not so: Mid-term report"}
    texts = {role: text for role, _, text in letters}
    assert "- Your mid-term report" in texts["aspiring"]
    assert "- Mid-term report: your response by" in texts["coordinator"]
    assert all("- Corrected: Mid-term report" in text for text in texts.values())
