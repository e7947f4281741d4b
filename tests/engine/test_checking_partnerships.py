"""A partnership that cannot be is refused where it stands, with what would be right."""

from dataclasses import replace

import pytest

from engine.lint.lint import problems
from engine.model.definition import STAY
from engine.model.partnership import Partnership
from tests.support.workflows import (
    LETTERS,
    a_final_state,
    a_programme,
    a_record,
    a_state,
    a_step,
    a_workflow,
    at,
    is_named,
)

GOOD = Partnership("aspiring", "ask", "agree", ("leave",), place=at(4))
SOUND = a_workflow(
    a_state("drafting", assigns=("aspiring",), line=7),
    a_state("asked", line=8),
    a_state("paired", line=9),
    a_final_state(),
    steps=(
        a_step("ask", ("drafting",), "asked", 11),
        a_step("agree", ("asked",), "paired", 12),
        a_step("leave", ("asked", "paired"), "drafting", 13),
        a_step("close", ("paired",), "closed", 14),
    ),
    sides=("aspiring",),
    partnership=GOOD,
)
FAULTS = {
    "side": (replace(GOOD, side="aspirin"), 4, "did you mean aspiring?"),
    "asked": (replace(GOOD, asked_from="asks"), 4, "did you mean ask?"),
    "pair": (replace(GOOD, is_pair_from="agre"), 4, "did you mean agree?"),
    "end": (replace(GOOD, ends=("leav",)), 4, "did you mean leave?"),
    "kept": (replace(GOOD, keeps=("domain",)), 4, "no fact 'domain'"),
    "both": (replace(GOOD, ends=("leave", "ask")), 4, "begins the partnership and ends it"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_partnership_names_what_there_is(fault: str) -> None:
    partnership, line, sentence = FAULTS[fault]

    found = problems(a_programme(replace(SOUND, partnership=partnership)), LETTERS)

    assert [str(each) for each in found if is_named(each, line, sentence)], list(map(str, found))


def test_an_end_enters_a_state() -> None:
    steps = tuple(
        replace(step, target=STAY) if step.trigger == "leave" else step
        for step in SOUND.transitions
    )

    found = problems(a_programme(replace(SOUND, transitions=steps)), LETTERS)

    assert any(is_named(each, 13, "ends the partnership and enters no state") for each in found)


def test_somebody_can_follow_a_partner_who_left() -> None:
    states = {name: replace(state, assigns=()) for name, state in SOUND.states.items()}

    found = problems(a_programme(replace(SOUND, states=states)), LETTERS)

    assert any(is_named(each, 4, "nobody could follow a partner who left") for each in found)


def test_a_record_survives_only_where_a_partnership_is_declared() -> None:
    records = {"plan": replace(a_record("plan"), survives=True, place=at(20))}

    found = problems(a_programme(a_workflow(records=records)), LETTERS)

    assert any(is_named(each, 20, "no partnership is declared") for each in found)
