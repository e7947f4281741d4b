"""Paths and checks that ask for something the definition does not have are refused."""

from dataclasses import replace

import pytest

from engine.checks.case import (
    Children,
    FiledBy,
    Kept,
    NewerThan,
    NoneOverdue,
    PinnedTo,
    Reachable,
    SignedBy,
)
from engine.checks.dated import OnOrBefore, SentBefore
from engine.checks.programme import AnyOf, ForecastBy, LoadWithin, OneAtATime
from engine.checks.values import Between, Count, EachHas, Present
from engine.lint.lint import problems
from engine.model.check import Check
from engine.model.definition import OpenCase, SetFact, Workflow
from engine.model.fields import Field
from engine.time.spans import Span
from engine.time.windows import When
from tests.support.workflows import (
    LETTERS,
    a_final_state,
    a_ladder,
    a_letter,
    a_programme,
    a_record,
    a_state,
    a_window,
    a_workflow,
    an_anchor,
    at,
    is_named,
    with_check,
    with_effects,
)

PLAN = a_record(
    "plan",
    fields=(
        Field("goals", "rows", rows=(Field("title", "text"), Field("due", "date"))),
        Field("size", "whole"),
    ),
    signatories=("aspiring",),
)
RECORDS = {"plan": PLAN}
CHILD = a_workflow(name="visiting", facts={"held_on": None, "kind": ""})
SMALL = a_workflow(records=RECORDS)
OPENING = with_effects(SMALL, OpenCase("visiting", {"kind": "first"}))


def of_the_child(check: Check) -> dict[str, Workflow]:
    return a_programme(OPENING, with_check(CHILD, check, 6))


FAULTS = {
    "path root": (with_check(SMALL, Present("recrd.plan"), 6), 6, "did you mean record?"),
    "path record": (with_check(SMALL, Present("record.plam"), 6), 6, "did you mean plan?"),
    "path field": (with_check(SMALL, Present("record.plan.golas"), 6), 6, "did you mean goals?"),
    "path row": (with_check(SMALL, Present("record.plan.goals.de"), 6), 6, "did you mean due?"),
    "path fact": (with_check(SMALL, Present("fact.answer"), 6), 6, "no fact 'answer' is ever set"),
    "path date": (with_check(SMALL, Present("date.drafting.target"), 6), 6, "with a window"),
    "path anchor": (with_check(SMALL, Present("anchor.T0"), 6), 6, "no anchor 'T0'"),
    "path case": (with_check(SMALL, Present("case.nam"), 6), 6, "did you mean name?"),
    "path party": (with_check(SMALL, Present("parties.aspring.name"), 6), 6, "mean aspiring?"),
    "path short": (with_check(SMALL, Present("parties.aspiring"), 6), 6, "ends too soon"),
    "path parent": (with_check(SMALL, Present("parent.case.name"), 6), 6, "has no parent"),
    "part of a check": (with_check(SMALL, AnyOf((Present("anchor.T1"),)), 6), 6, "no anchor 'T1'"),
    "set from": (
        with_effects(SMALL, SetFact("a", path="record.plam", place=at(6))),
        6,
        "did you mean plan?",
    ),
    "given from": (
        with_effects(SMALL, OpenCase("visiting", {"of": "=fact.b", "n": 3}, place=at(6))),
        6,
        "no fact 'b'",
    ),
    "actual": (
        a_workflow(a_state("drafting", line=7, actual="record.plam.x"), a_final_state()),
        7,
        "no record 'plam'",
    ),
    "filed by": (with_check(SMALL, FiledBy("plan", ("lead",)), 6), 6, "role that files plan"),
    "signed by": (with_check(SMALL, SignedBy("plan", ("lead",)), 6), 6, "signatory of plan"),
    "pinned record": (with_check(SMALL, PinnedTo("fact.v", "plam"), 6), 6, "did you mean plan?"),
    "newer than": (with_check(SMALL, NewerThan("plan", "drafts"), 6), 6, "no state 'drafts'"),
    "kept": (with_check(SMALL, Kept("plan", "goals", "titel"), 6), 6, "did you mean title?"),
    "kept since": (
        with_check(SMALL, Kept("plan", "goals", "title", date="due", since="fact.v"), 6),
        6,
        "no fact 'v'",
    ),
    "counted": (with_check(SMALL, Count("record.plan.goals", where={"x": 1}), 6), 6, "'x'"),
    "each has": (with_check(SMALL, EachHas("record.plan.goals", ("y",)), 6), 6, "'y'"),
    "overdue": (with_check(SMALL, NoneOverdue("record.plan.goals", "on"), 6), 6, "'on'"),
    "children": (with_check(SMALL, Children("visiting"), 6), 6, "child workflow 'visiting'"),
    "child state": (with_check(OPENING, Children("visiting", states=("clsed",)), 6), 6, "closed?"),
    "child fact": (
        with_check(OPENING, Children("visiting", where={"hold_on": 1}), 6),
        6,
        "held_on?",
    ),
    "date bound": (
        with_check(
            a_workflow(a_state("drafting", window=a_window("P3M")), a_final_state()),
            Present("date.drafting.opening"),
            6,
        ),
        6,
        "did you mean opens?",
    ),
    "limit": (with_check(SMALL, OnOrBefore("event.on", limit=When("T9")), 6), 6, "anchor 'T9'"),
    "while unmet": (
        a_workflow(
            a_state("drafting", a_ladder(unmet=Present("fact.x"), place=at(6))), a_final_state()
        ),
        6,
        "no fact 'x'",
    ),
    "when": (
        with_effects(SMALL, a_letter(line=6, when=Present("fact.y"))),
        6,
        "no fact 'y'",
    ),
    "reachable": (with_check(SMALL, Reachable(("x",)), 6), 6, "no role 'x'"),
    "load": (with_check(SMALL, LoadWithin("y", 1, 2), 6), 6, "no role 'y'"),
    "side of a check": (with_check(SMALL, OneAtATime("lead"), 6), 6, "no side 'lead'"),
    "sent before": (with_check(SMALL, SentBefore("event.on", "T0", Span()), 6), 6, "anchor 'T0'"),
    "day": (with_check(SMALL, OnOrBefore("event.on", day="soon"), 6), 6, "'soon' is no day"),
    "forecast": (with_check(SMALL, ForecastBy("drafting"), 6), 6, "with a window"),
    "forecast months": (with_check(SMALL, ForecastBy("drafting", months=9), 6), 6, "from no start"),
    "never between": (
        with_check(SMALL, Between("event.n", at_least=3, at_most=2), 6),
        6,
        "can never be",
    ),
    "no roles": (with_check(SMALL, Reachable(()), 6), 6, "names nothing in `roles`"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_path_or_a_check_that_leads_nowhere_is_refused_where_it_stands(fault: str) -> None:
    workflow, line, sentence = FAULTS[fault]

    found = problems(a_programme(workflow, CHILD), LETTERS)

    assert [str(each) for each in found if is_named(each, line, sentence)], list(map(str, found))


GOOD = (
    "record.plan",
    "record.plan.version",
    "record.plan.goals.due",
    "parent.record.plan.size",
    "fact.held_on",
    "fact.kind",
    "parties.aspiring.name",
    "parties.office.country",
    "anchor.T0",
    "date.drafting",
    "date.drafting.ends",
    "case.month",
    "event.anything.at.all",
    "parent.case.name",
)


@pytest.mark.parametrize("path", GOOD)
def test_a_child_finds_what_is_its_own_and_what_is_its_parents(path: str) -> None:
    parent = replace(
        OPENING,
        states={
            "drafting": a_state("drafting", window=a_window("T0 + P3M", ends="target + P1M")),
            "closed": a_final_state(),
        },
        anchors={"T0": an_anchor("T0", ("entered", "drafting"))},
    )
    child = with_check(CHILD, Present(path), 6)

    found = problems(a_programme(parent, child), LETTERS)

    assert list(map(str, found)) == []


def test_what_none_of_the_parents_has_is_refused_in_the_child() -> None:
    programme = of_the_child(Present("parent.record.plam"))

    found = problems(programme, LETTERS)

    assert [each for each in found if is_named(each, 6, "no record 'plam'; did you mean plan?")]


SOUND: dict[str, Check] = {
    "signed by": SignedBy("plan", ("aspiring",)),
    "newer than": NewerThan("plan", "drafting"),
    "kept": Kept("plan", "goals", "title", since="record.plan.version"),
    "counted": Count("event.rows", 1, where={"anything": 1}),
    "children": Children("visiting", at_most=3, states=("closed",), where={"kind": "first"}),
    "reachable": Reachable(("lead",)),
    "load": LoadWithin("lead", 1, 2),
    "side": OneAtATime("aspiring"),
    "sent before": SentBefore("event.on", "T0", Span(days=14)),
    "day": OnOrBefore("event.on", day="2027-09-30"),
    "limit": OnOrBefore("event.on", limit=When("T0", Span(months=3))),
    "forecast": ForecastBy("drafting", months=9),
    "any of": AnyOf((Present("event.note"), Reachable(("lead",)))),
}


@pytest.mark.parametrize("check", SOUND)
def test_a_check_that_finds_what_it_asks_for_is_taken(check: str) -> None:
    workflow = replace(
        with_effects(with_check(OPENING, SOUND[check], 6), *OPENING.transitions[0].effects),
        states={"drafting": a_state("drafting", window=a_window("T0")), "closed": a_final_state()},
        anchors={"T0": an_anchor("T0", ("entered", "drafting"))},
        start_anchor="T0",
    )

    assert list(map(str, problems(a_programme(workflow, CHILD), LETTERS))) == []


def test_a_signature_under_a_record_that_is_unknown_is_said_once() -> None:
    workflow = with_check(SMALL, SignedBy("plam", ("lead",)), 6)

    assert [each.sentence for each in problems(a_programme(workflow))] == ["no record 'plam'"]
