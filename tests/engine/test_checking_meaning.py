"""What cannot be meant together is refused where it stands; what may be meant is taken."""

from dataclasses import replace

import pytest

from engine.checks.case import Children
from engine.checks.dated import OnOrBefore
from engine.checks.values import Between, Count, FactIs, Present, Same
from engine.lint.findings import Problem
from engine.lint.lint import problems
from engine.model.definition import FlagType, OpenCase, SetFact, Workflow
from engine.model.fields import Field
from tests.support.workflows import (
    LETTERS,
    a_final_state,
    a_programme,
    a_record,
    a_requirement,
    a_state,
    a_step,
    a_workflow,
    at,
    is_named,
    with_check,
    with_effects,
    with_requirements,
)

CHOICE = Field("answer", "choice", choices=("yes", "later"))
OTHER = Field("reply", "choice", choices=("no", "never"))
RECORDS = {"plan": a_record("plan", fields=(CHOICE, OTHER, Field("parts", "list")))}
SMALL = a_workflow(records=RECORDS)
CHILD = a_workflow(name="visiting")
LATER = "and they are opened later, in reviewing"
BEFORE = "open visiting in a state before it, or leave the requirement out"
GO = a_step("go", "drafting", "reviewing")
CLOSE = a_step("close", "reviewing", "closed")


def opening(wanted: Children, *states: str, child: Workflow = CHILD) -> dict[str, Workflow]:
    """Three states, of which some open a visit when they are entered; the first step wants some."""
    entry = (OpenCase("visiting", place=at(9)),)
    there = [
        a_state(name, entry=entry if name in states else ()) for name in ("drafting", "reviewing")
    ]
    asking = replace(GO, requires=(a_requirement(wanted, 6),))
    parent = a_workflow(*there, a_final_state(), steps=(asking, CLOSE))
    return a_programme(parent, child)


def said(programme: dict[str, Workflow]) -> list[str]:
    return [str(each) for each in problems(programme, LETTERS)]


def test_cases_that_are_opened_later_cannot_be_wanted_before() -> None:
    found = said(opening(Children("visiting", 1), "reviewing"))

    wanted = "small.yaml:6:1: note_given wants 1 cases of visiting before step go"
    assert found == [f"{wanted}, {LATER}; {BEFORE} [parent_and_child]"]


def test_no_more_cases_can_be_wanted_than_are_ever_opened() -> None:
    once = said(opening(Children("visiting", 2), "drafting"))
    thrice = said(opening(Children("visiting", 3), "drafting", "reviewing"))

    assert ["only 1 is ever opened" in each for each in once] == [True]
    assert ["only 2 are ever opened" in each for each in thrice] == [True]
    assert said(opening(Children("visiting", 1), "drafting")) == []


def test_a_case_that_opens_the_next_is_enough_for_any_number() -> None:
    goes_on = FactIs("parent.case.state", one_of=("drafting",))
    again = with_effects(CHILD, OpenCase("visiting", under_parent=True, when=goes_on))

    assert said(opening(Children("visiting", 5), "drafting", child=again)) == []


def test_a_state_that_is_entered_again_opens_any_number() -> None:
    programme = opening(Children("visiting", 5), "drafting")
    parent = programme["pairing"]
    back = a_step("back", "reviewing", "drafting")
    opened = replace(parent, transitions=(*parent.transitions, back))

    assert said({**programme, "pairing": opened}) == []


def test_a_step_opens_for_the_state_it_leads_to() -> None:
    programme = opening(Children("visiting", 1))
    steps = programme["pairing"].transitions
    opens = replace(steps[1], effects=(OpenCase("visiting"),))
    late = replace(programme["pairing"], transitions=(steps[0], opens))

    assert "they are opened later, in closed" in said({**programme, "pairing": late})[0]


HELD_UP = replace(
    a_step("leave", "drafting", "closed"),
    requires=(a_requirement(FactIs("parent.case.state", not_in=("drafting",)), 8),),
)


def test_children_that_may_leave_only_later_are_not_waited_for() -> None:
    child = a_workflow(name="visiting", steps=(HELD_UP,))
    none_open = Children("visiting", closed=False, at_most=0, states=("drafting",))

    found = said(opening(none_open, "drafting", child=child))

    assert len(found) == 1
    assert (
        "step go wants cases of visiting that only leave brings about, and leave waits"
        in (found[0])
    )


def test_children_that_may_leave_by_themselves_are_waited_for() -> None:
    none_open = Children("visiting", closed=False, at_most=0)
    few_held = Children("visiting", closed=True, at_most=3)

    assert said(opening(none_open, "drafting")) == []
    assert said(opening(few_held, "drafting")) == []


NEVER = {
    "two choices": (
        with_check(SMALL, Same("record.plan.answer", "record.plan.reply"), 6),
        "record.plan.answer and record.plan.reply never hold the same",
    ),
    "a version of nought": (
        with_check(SMALL, Between("record.plan.version", at_most=0), 6),
        "record.plan.version is at least 1, so at most 0 can never be",
    ),
    "a day for a number": (
        with_check(SMALL, Between("record.plan.filed_on", at_least=1), 6),
        "record.plan.filed_on is date, and never a number",
    ),
    "no last day": (with_check(SMALL, OnOrBefore("event.on"), 6), "no last day is given"),
    "children of nobody": (with_check(SMALL, Children("nobody", 1), 6), "'nobody'"),
    "a warning to be waived": (
        with_requirements(SMALL, a_requirement(line=6, warns=True, waiver=("lead",))),
        "only warns, and says who may set it aside",
    ),
    "a warning not to be waived": (
        with_requirements(SMALL, a_requirement(line=6, warns=True, no_waiver="No.")),
        "only warns, and says why nobody may set it aside",
    ),
}


@pytest.mark.parametrize("fault", NEVER)
def test_what_can_never_be_is_refused(fault: str) -> None:
    workflow, sentence = NEVER[fault]

    found = problems(a_programme(workflow), LETTERS)

    assert [each for each in found if is_named(each, 6, sentence)], list(map(str, found))


def both(*checks: object) -> tuple[Problem, ...]:
    asked = [
        a_requirement(check, 6 + number, name=f"number_{number}")  # type: ignore[arg-type]  # a check
        for number, check in enumerate(checks)
    ]
    return problems(a_programme(with_requirements(SMALL, *asked)), LETTERS)


def test_a_list_cannot_be_there_without_rows() -> None:
    found = both(Present("record.plan.parts"), Count("record.plan.parts", at_most=0))

    assert [each.place.line for each in found] == [7]
    assert "number_1 and number_0 of step close exclude each other" in found[0].sentence


def test_what_is_not_known_excludes_nothing() -> None:
    assert both(FactIs("event.word", not_in=("a",)), FactIs("event.word", not_in=("b",))) == ()
    assert both(FactIs("event.word", one_of=("a",)), FactIs("event.word", not_in=("b",))) == ()


def test_a_fact_that_is_taken_from_itself_may_be_anything() -> None:
    taken = with_effects(
        with_check(SMALL, FactIs("fact.word", one_of=("a",)), 6),
        SetFact("word", path="fact.word"),
    )

    assert problems(a_programme(taken), LETTERS) == ()


def test_a_fact_of_yes_and_no_that_nobody_sets_is_given_at_the_start() -> None:
    said_yes = with_check(replace(SMALL, facts={"open": True}), FactIs("fact.open", (False,)), 6)

    assert problems(a_programme(said_yes), LETTERS) == ()


def test_the_words_of_a_flag_are_free() -> None:
    flagged = with_check(CHILD, FactIs("fact.cause", one_of=("a storm",)), 6)
    parent = a_workflow(flag_workflow="visiting", flags={"F-01": FlagType("F-01", "Late", "amber")})

    assert problems(a_programme(parent, flagged), LETTERS) == ()
