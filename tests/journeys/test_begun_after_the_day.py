"""A state begun after the day of its meeting: the office is asked what came of it, nobody else."""

from datetime import timedelta

import pytest

from tests.support.meeting_letters import arrived
from tests.support.pairs import Pair, a_pair, days_go_by
from tests.support.world import FACILITATOR, LEAD, World

# The state before, what it needs to be left, and the record and the first day of the meeting.
BEGUN = {
    "onboarding": ("formalised", "onboarding_date", "starts_at"),
    "visit_preparation": ("onboarding", "visit_1_dates", "starts_on"),
    "first_visit": ("visit_preparation", "visit_1_dates", "starts_on"),
    "mid_term": ("implementation", "mid_term_date", "starts_at"),
    "workshop": ("continued_implementation", "workshop_date", "on"),
}
LEADS_UP = {"slides", "agenda", "synthesis", "deck", "scores", "hosting"}


def _agrees(pair: Pair, record: str, begins: str, days: int) -> str:
    """Fix a day; the day as letters write it."""
    on = pair.today + timedelta(days=days)
    values: dict[str, object] = {begins: str(on)}
    if begins == "starts_at":
        values = {begins: f"{on}T10:00:00+02:00"}
    if begins == "starts_on":
        values = {begins: str(on), "ends_on": str(on)}
    pair.files(record, FACILITATOR, **values)
    return f"{on.day} {on:%B}"


def _begun(town: World, state: str, after: int) -> tuple[Pair, str]:
    """A pair that begins a state so many days after the day of its meeting."""
    before, record, begins = BEGUN[state]
    pair = a_pair(town).gets_to(before)
    gone = _agrees(pair, record, begins, 20)
    if before == "implementation":
        pair.waives("check_ins_held", FACILITATOR)
    days_go_by(town, 20 + after)
    pair.files_all(record)
    steps = {"formalised": "begin_onboarding", "onboarding": "finish_onboarding"}
    steps |= {"visit_preparation": "begin_visit", "implementation": "begin_mid_term"}
    pair.goes(steps.get(before, "begin_workshop"))
    arrived(pair)
    return pair, gone


@pytest.mark.parametrize("after", [3, 15])
@pytest.mark.parametrize("state", BEGUN)
def test_who_is_late_with_the_step_may_have_met(town: World, state: str, after: int) -> None:
    pair, _ = _begun(town, state, after)

    days_go_by(town, 12)

    letters = arrived(pair)
    assert {each.ladder for each in pair.dossier.asked} & (LEADS_UP | {"date", "dates"}) == set()
    assert "facilitator" in {who for who, _, _ in letters}


@pytest.mark.parametrize("state", ["continued_implementation", "workshop"])
def test_a_workshop_whose_day_an_extension_ran_over_is_sought_anew(town: World, state: str) -> None:
    pair = a_pair(town).gets_to(state)
    gone = _agrees(pair, "workshop_date", "on", 20)
    days_go_by(town, 1)
    until = str(pair.today + timedelta(days=200))
    pair.goes("extend", LEAD, extended_until=until, note="They need more time.")
    days_go_by(town, 40)
    pair.goes("return_to_workshop", note="They are ready.")
    arrived(pair)

    days_go_by(town, 7)

    letters = arrived(pair)
    assert {who for who, subject, _ in letters if "our days" in subject} == {
        "coordinator",
        "aspiring",
    }
    assert [subject for _, subject, text in letters if gone in text] == []


def test_the_next_day_brings_what_leads_up_to_it(town: World) -> None:
    pair, _ = _begun(town, "workshop", 15)
    days_go_by(town, 3)
    _agrees(pair, "workshop_date", "on", 50)

    days_go_by(town, 45)

    assert {"hosting", "agenda"} <= {each.ladder for each in pair.dossier.asked}


def test_a_past_day_that_is_filed_once_the_state_has_begun_is_left_to_its_record(
    town: World,
) -> None:
    pair = a_pair(town).gets_to("mid_term")
    days_go_by(town, 1)
    _agrees(pair, "mid_term_date", "starts_at", -20)

    days_go_by(town, 4)

    assert {each.ladder for each in pair.dossier.asked} & (LEADS_UP | {"date"}) == set()
