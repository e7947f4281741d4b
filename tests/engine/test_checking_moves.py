"""Several moves of one trigger, steps that stay, and what triggers may be called."""

import pytest

from engine.lint.lint import problems
from engine.model.definition import STAY, Transition
from tests.support.workflows import (
    LETTERS,
    a_final_state,
    a_letter,
    a_programme,
    a_requirement,
    a_state,
    a_step,
    a_workflow,
    at,
    is_named,
)

STATES = (a_state("drafting"), a_state("reviewing"), a_final_state(place=at(4)))
CLOSE = a_step("close", ("drafting", "reviewing"), "closed")
OTHERWISE = a_step("review", "drafting", "closed", 6)


def _first(*, warns: bool = False) -> Transition:
    asked = a_requirement(None, 0, warns=warns)
    return a_step("review", "drafting", "reviewing", requires=(asked,))


def _found(*steps: Transition) -> list[str]:
    return [str(each) for each in problems(a_programme(a_workflow(*STATES, steps=steps)), LETTERS)]


def test_several_ways_in_a_stated_order_are_sound() -> None:
    assert _found(_first(), OTHERWISE, CLOSE) == []


@pytest.mark.parametrize(
    "before",
    [_first(warns=True), a_step("review", "drafting", "reviewing")],
    ids=["warns", "asks nothing"],
)
def test_a_way_below_one_that_asks_for_nothing_is_refused(before: Transition) -> None:
    found = problems(a_programme(a_workflow(*STATES, steps=(before, OTHERWISE, CLOSE))), LETTERS)

    assert [
        each
        for each in found
        if is_named(each, 6, "'review' leads several ways from drafting, and the one before this")
    ], found


def test_ways_that_do_not_stand_together_are_refused() -> None:
    found = _found(_first(), CLOSE, OTHERWISE)

    assert [each for each in found if "and other steps stand between them" in each], found


def test_a_way_from_other_states_only_may_stand_between() -> None:
    other = a_step("review", "reviewing", "drafting")

    assert _found(_first(), other, OTHERWISE, CLOSE) == []


def test_a_step_may_stay_in_any_state_but_an_end() -> None:
    stays = a_step("note", ("drafting", "reviewing"), STAY, effects=(a_letter(),))
    too_late = a_step("note", "closed", STAY, effects=(a_letter(),))

    assert _found(_first(), OTHERWISE, CLOSE, stays) == []
    assert [each for each in _found(_first(), OTHERWISE, CLOSE, too_late) if ":4:" in each]


def test_no_state_is_called_like_the_word_for_staying() -> None:
    named = a_workflow(a_state("stay", line=6), a_final_state())

    found = problems(a_programme(named), LETTERS)

    assert [each for each in found if is_named(each, 6, "state 'stay' means something else")]


@pytest.mark.parametrize("trigger", ["exit", "save", "trigger", "to_closed", "may_go", "return"])
def test_a_trigger_may_bear_any_plain_name_that_the_table_of_moves_takes(trigger: str) -> None:
    assert _found(_first(), OTHERWISE, CLOSE, a_step(trigger, "drafting", "closed")) == []
