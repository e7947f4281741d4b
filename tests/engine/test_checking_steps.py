"""Steps, states and requirements that cannot work are refused where they stand."""

from dataclasses import replace

import pytest

from engine.lint.findings import Problem
from engine.lint.lint import problems
from engine.model.definition import RESUME, FlagType, OpenCase, RaiseFlag, Tell, Watch, Workflow
from engine.model.fields import Field
from tests.support.workflows import (
    LETTERS,
    a_final_state,
    a_ladder,
    a_letter,
    a_programme,
    a_requirement,
    a_rung,
    a_state,
    a_step,
    a_workflow,
    an_anchor,
    at,
    is_named,
    with_effects,
    with_field,
    with_requirements,
)

A, B, Z = a_state("drafting"), a_state("reviewing", line=5), a_final_state()
CLOSE = a_step("close", ("drafting", "reviewing"), "closed")
GO, BACK = a_step("review", "drafting", "reviewing"), a_step("rework", "reviewing", "drafting")
SYSTEM = ("system",)


def named(trigger: str) -> Workflow:
    return a_workflow(steps=(a_step(trigger, "drafting", "closed", 6),))


FAULTS = {
    "unreachable": (a_workflow(A, B, Z, steps=(CLOSE,)), 5, "reviewing is never reached"),
    "no way to an end": (
        a_workflow(A, B, Z, steps=(GO, a_step("close", "drafting", "closed"))),
        5,
        "no end is ever reached",
    ),
    "no end": (a_workflow(A, B, steps=(GO, BACK)), 1, "never ends"),
    "nobody acts": (
        a_workflow(replace(A, acts=(), place=at(6)), Z),
        6,
        "nobody acts in state drafting",
    ),
    "only system acts": (
        a_workflow(replace(A, acts=("system",), place=at(6)), Z),
        6,
        "nobody acts",
    ),
    "steps out of an end": (
        a_workflow(
            A, replace(Z, place=at(6)), steps=(a_step("close", ("drafting", "closed"), "closed"),)
        ),
        6,
        "steps lead out of it",
    ),
    "ladders of an end": (
        a_workflow(A, replace(Z, ladders=(a_ladder(),), place=at(6))),
        6,
        "ladders that never run",
    ),
    "an end that pauses": (
        a_workflow(A, replace(Z, pauses=True, place=at(6))),
        6,
        "pauses a clock",
    ),
    "ends as it begins": (a_workflow(replace(Z, place=at(6))), 6, "ends as it begins"),
    "never resumed": (
        a_workflow(A, replace(B, pauses=True), Z, steps=(CLOSE, GO)),
        5,
        "is never resumed",
    ),
    "resumes nothing": (
        a_workflow(
            A, Z, steps=(a_step("close", "drafting", "closed"), a_step("go", "drafting", RESUME, 6))
        ),
        6,
        "pauses nothing",
    ),
    "begins nowhere": (
        a_workflow(
            A, Z, steps=(a_step("close", "drafting", "closed"), a_step("go", (), "closed", 6))
        ),
        6,
        "begins nowhere",
    ),
    "nobody takes it": (
        a_workflow(A, Z, steps=(a_step("close", "drafting", "closed", 6, by=()),)),
        6,
        "nobody may take",
    ),
    "nothing fires it": (
        a_workflow(A, Z, steps=(a_step("close", "drafting", "closed", 6, by=SYSTEM),)),
        6,
        "only system, and nothing fires it",
    ),
    "dunder": (named("__class__"), 6, "no plain name"),
    "the one name refused": (named("state"), 6, "trigger 'state' means something else"),
    "capital": (named("Close"), 6, "no plain name"),
    "another alphabet": (named("clоse"), 6, "no plain name"),  # noqa: RUF001 - it looks like an o
    "hyphen": (named("close-it"), 6, "no plain name"),
    "state like an anchor of time": (
        a_workflow(a_state("resume", line=6), Z),
        6,
        "state 'resume' means something else",
    ),
    "role": (a_workflow(roles=("facilitator", "system", "aspiring")), 1, "role 'system' means"),
    "anchor": (
        a_workflow(anchors={"entry": an_anchor("entry", ("entered", "drafting"), line=6)}),
        6,
        "anchor 'entry' means something else",
    ),
    "field": (with_field(name="version"), 6, "field 'version' means something else"),
    "workflow": (a_workflow(name="all"), 1, "workflow 'all' means something else"),
    "case of a letter": (
        a_workflow(facts={"answer": 1, "Answer": 2}),
        1,
        "fact 'Answer' looks like 'answer'",
    ),
    "digit or letter": (
        a_workflow(facts={"visit_l": 1, "visit_1": 2}),
        1,
        "fact 'visit_1' looks like 'visit_l'",
    ),
    "wide letters": (a_workflow(facts={"note": 1, "ｎote": 2}), 1, "looks like 'note'"),  # noqa: RUF001 - it is wide
    "a row's field": (
        with_field(kind="rows", rows=(Field("b", "text"), Field("B", "text", place=at(7)))),
        7,
        "field 'B' looks like 'b'",
    ),
    "no remedy": (
        with_requirements(a_workflow(), a_requirement(line=6, remedy="")),
        6,
        "no remedy",
    ),
    "no owner": (with_requirements(a_workflow(), a_requirement(line=6, owner=" ")), 6, "no owner"),
    "waived and not": (
        with_requirements(a_workflow(), a_requirement(line=6, waiver=("lead",), no_waiver="Law.")),
        6,
        "says why nobody may",
    ),
    "flag that blocks": (
        with_requirements(
            a_workflow(flags={"F-01": FlagType("F-01", "Late", "red")}),
            a_requirement(line=6, flag="F-01"),
        ),
        6,
        "its flag F-01 is never raised",
    ),
    "one name, two things": (
        with_requirements(a_workflow(), a_requirement(), a_requirement(line=6, says="Other.")),
        6,
        "with other words",
    ),
    "letter to nobody": (with_effects(a_workflow(), a_letter(line=6, to=())), 6, "goes to nobody"),
    "watch": (
        a_workflow(watches=(Watch(a_requirement(), RaiseFlag("F-01"), place=at(6)),)),
        6,
        "never looks",
    ),
    "opens itself": (
        a_workflow(replace(A, entry=(OpenCase("pairing"),)), Z),
        1,
        "opens the next for ever: pairing -> pairing",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_cannot_work_is_refused_where_it_stands(fault: str) -> None:
    workflow, line, sentence = FAULTS[fault]

    found = problems(a_programme(workflow), LETTERS)

    assert [str(each) for each in found if is_named(each, line, sentence)], list(map(str, found))


def test_what_a_ladder_a_parent_or_a_child_fires_may_be_for_system_alone() -> None:
    pulled = a_step("expire", "drafting", "closed", by=SYSTEM)
    child = a_workflow(A, Z, steps=(pulled,), name="visiting")
    told = with_effects(a_workflow(), OpenCase("visiting"), Tell("expire", "visiting"))
    timed = a_workflow(a_state("drafting", a_ladder(a_rung(fire="expire"))), Z, steps=(pulled,))
    up = with_effects(child, Tell("rest", to_parent=True))
    rest = a_step("rest", "drafting", "closed", by=SYSTEM)
    parent = a_workflow(A, Z, steps=(*told.transitions, rest))

    assert list(map(str, problems(a_programme(told, child), LETTERS))) == []
    assert list(map(str, problems(a_programme(timed), LETTERS))) == []
    assert list(map(str, problems(a_programme(parent, up), LETTERS))) == []


def test_a_flag_raised_again_worsens_its_case_by_itself() -> None:
    worsen = a_step("worsen", "drafting", "drafting", by=SYSTEM)
    red_flag = a_workflow(
        A, Z, steps=(a_step("close", "drafting", "closed"), worsen), name="red_flag"
    )
    late = FlagType("F-01", "Late", "red")
    flagging = a_workflow(flags={"F-01": late}, flag_workflow="red_flag")

    assert list(map(str, problems(a_programme(flagging, red_flag), LETTERS))) == []


def test_workflows_that_look_alike_are_refused() -> None:
    programme = a_programme(a_workflow(name="visit_1"), a_workflow(name="visit_l"))

    found: tuple[Problem, ...] = problems(programme, LETTERS)

    assert [each.sentence for each in found] == ["workflow 'visit_l' looks like 'visit_1'"]
