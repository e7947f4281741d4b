"""Unknown names are refused where they stand, with the name that was meant."""

from dataclasses import replace

import pytest

from engine.lint.lint import problems
from engine.model.definition import FlagType, OpenCase, RaiseFlag, Tell, Watch, Workflow
from engine.model.fields import Field
from tests.support.workflows import (
    LETTERS,
    a_final_state,
    a_ladder,
    a_letter,
    a_programme,
    a_record,
    a_requirement,
    a_rung,
    a_state,
    a_step,
    a_workflow,
    at,
    is_named,
    with_effects,
    with_requirements,
)

FLAG = FlagType("F-01", "Late", "amber", place=at(3))
CHILD = a_workflow(name="visiting")
SMALL = a_workflow(records={"plan": a_record("plan")})


def with_state(**changed: object) -> Workflow:
    return a_workflow(a_state("drafting", line=7, **changed), a_final_state())


FAULTS = {
    "initial state": (a_workflow(initial="draftng"), 1, "did you mean drafting?"),
    "renamed": (a_workflow(renamed={"begun": "draftng"}), 1, "did you mean drafting?"),
    "still there": (
        a_workflow(renamed={"drafting": "drafting"}),
        1,
        "state 'drafting' is renamed and still there",
    ),
    "start anchor": (a_workflow(start_anchor="T0"), 1, "no anchor 'T0'"),
    "side": (a_workflow(sides=("aspirin",)), 1, "did you mean aspiring?"),
    "notice": (a_workflow(notices={"movd": (a_letter(),)}), 1, "did you mean moved?"),
    "hidden from": (
        a_workflow(flags={"F-01": replace(FLAG, hidden_from=("led",))}, flag_workflow="pairing"),
        3,
        "no role 'led'; did you mean lead?",
    ),
    "severity": (
        a_workflow(flags={"F-01": replace(FLAG, severity="rot")}, flag_workflow="pairing"),
        3,
        "no severity 'rot'",
    ),
    "who acts": (with_state(acts=("facilitatr",)), 7, "no role 'facilitatr'"),
    "kind of meeting": (with_state(meets="visits"), 7, "did you mean visit?"),
    "phase": (
        replace(with_state(), phases={"works": next(iter(SMALL.phases.values()))}),
        7,
        "no phase 'work'; did you mean works?",
    ),
    "source": (
        a_workflow(steps=(a_step("close", ("drafting", "draftin"), "closed", 8),)),
        8,
        "no state 'draftin'",
    ),
    "target": (a_workflow(steps=(a_step("close", "drafting", "closd", 8),)), 8, "no state 'closd'"),
    "by": (
        a_workflow(steps=(a_step("close", "drafting", "closed", 8, by=("chef",)),)),
        8,
        "no role 'chef'",
    ),
    "record by": (a_workflow(records={"r": a_record("r", 9, by=("aspirng",))}), 9, "no role"),
    "record readers": (a_workflow(records={"r": a_record("r", 9, readers=("x",))}), 9, "no role"),
    "signatories": (a_workflow(records={"r": a_record("r", 9, signatories=("x",))}), 9, "no role"),
    "field kind": (
        a_workflow(records={"r": a_record("r", fields=(Field("a", "txt", place=at(4)),))}),
        4,
        "no kind of field 'txt'; did you mean text?",
    ),
    "watched record": (
        a_workflow(
            watches=(Watch(a_requirement(), RaiseFlag("F-01"), filed=("plam",), place=at(6)),),
            records=SMALL.records,
        ),
        6,
        "did you mean plan?",
    ),
    "watched state": (
        a_workflow(
            watches=(Watch(a_requirement(), RaiseFlag("F-01"), left=("drafts",), place=at(6)),)
        ),
        6,
        "did you mean drafting?",
    ),
    "calendar": (
        a_workflow(a_state("drafting", a_ladder(calendar="nobody", place=at(5))), a_final_state()),
        5,
        "no role 'nobody'",
    ),
    "letter of a rung": (
        a_workflow(
            a_state("drafting", a_ladder(a_rung("P7D", 5, letter="N-01.aks", every="P7D"))),
            a_final_state(),
        ),
        5,
        "no letter 'N-01.aks'; did you mean N-01.ask?",
    ),
    "audience of a rung": (
        a_workflow(
            a_state("drafting", a_ladder(a_rung("P7D", 5, to=("lead.all",), every="P7D"))),
            a_final_state(),
        ),
        5,
        "did you mean lead.team?",
    ),
    "trigger of a rung": (
        a_workflow(a_state("drafting", a_ladder(a_rung("P7D", 5, fire="clse"))), a_final_state()),
        5,
        "did you mean close?",
    ),
    "letter": (with_effects(SMALL, a_letter("N-99.ask", 6)), 6, "no letter 'N-99.ask'"),
    "audience": (with_effects(SMALL, a_letter(line=6, to=("x.team",))), 6, "no audience"),
    "opened workflow": (
        with_effects(SMALL, OpenCase("visting", place=at(6))),
        6,
        "no workflow 'visting'; did you mean visiting?",
    ),
    "told workflow": (
        with_effects(SMALL, Tell("close", "visting", place=at(6))),
        6,
        "did you mean visiting?",
    ),
    "told parent": (
        with_effects(SMALL, Tell("close", to_parent=True, place=at(6))),
        6,
        "ever has a parent",
    ),
    "told child": (with_effects(SMALL, Tell("close", place=at(6))), 6, "ever has such a child"),
    "told trigger": (
        with_effects(a_workflow(), OpenCase("visiting"), Tell("clse", "visiting", place=at(6))),
        6,
        "no trigger of visiting called 'clse'; did you mean close?",
    ),
    "told but closed to system": (
        with_effects(a_workflow(), OpenCase("visiting"), Tell("close", place=at(6))),
        6,
        "system may not take",
    ),
    "flag": (with_effects(SMALL, RaiseFlag("F-02", place=at(6))), 6, "no flag 'F-02'"),
    "raised severity": (
        with_effects(
            a_workflow(flags={"F-01": FLAG}, flag_workflow="flagging"),
            RaiseFlag("F-01", "crimson", place=at(6)),
        ),
        6,
        "no workflow 'flagging'",
    ),
    "requirement owner": (
        with_requirements(SMALL, a_requirement(line=6, owner="nobody")),
        6,
        "no role 'nobody'",
    ),
    "waiver": (with_requirements(SMALL, a_requirement(line=6, waiver=("boss",))), 6, "'boss'"),
    "requirement flag": (
        with_requirements(SMALL, a_requirement(line=6, warns=True, flag="F-07")),
        6,
        "no flag 'F-07'",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_name_that_nobody_declared_is_refused_where_it_stands(fault: str) -> None:
    workflow, line, sentence = FAULTS[fault]

    found = problems(a_programme(workflow, CHILD), LETTERS)

    assert [str(each) for each in found if is_named(each, line, sentence)], list(map(str, found))
