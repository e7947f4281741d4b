"""Dates that hang on nothing, on one another or in the wrong order, and ladders that go wrong."""

from dataclasses import replace

import pytest

from engine.lint.lint import problems
from engine.model.definition import Ladder, OpenCase, Rung, Workflow
from engine.model.fields import Field
from engine.time.windows import Anchor, Source
from tests.support.workflows import (
    LETTERS,
    a_final_state,
    a_ladder,
    a_programme,
    a_record,
    a_requirement,
    a_rung,
    a_state,
    a_step,
    a_window,
    a_workflow,
    an_anchor,
    at,
    is_named,
    silent_rung,
    with_effects,
)

LAST = a_rung("P90D", every="P30D")
CLOSE = a_step("close", ("drafting", "reviewing"), "closed")
EXPIRE = a_step("expire", "drafting", "closed", by=("system", "lead"))
T0 = an_anchor("T0", ("entered", "drafting"))
RECORDS = {
    "plan": a_record(
        "plan",
        fields=(
            Field("goals", "rows", rows=(Field("title", "text"), Field("due", "date"))),
            Field("held_on", "date"),
        ),
    )
}


def with_anchor(*sources: tuple[str, str]) -> Workflow:
    anchors = {"A": an_anchor("A", *sources, line=6)}
    return a_workflow(anchors=anchors, records=RECORDS)


def with_window(target: object, opens: object = None, ends: object = None) -> Workflow:
    state = a_state("drafting", line=6, window=a_window(target, opens, ends))
    return a_workflow(state, a_final_state(), anchors={"T0": T0, "T1": replace(T0, name="T1")})


def with_rungs(*rungs: Rung) -> Workflow:
    return with_ladders(a_ladder(*rungs))


def with_ladders(*ladders: Ladder) -> Workflow:
    steps = (a_step("close", "drafting", "closed"), EXPIRE)
    return a_workflow(a_state("drafting", *ladders), a_final_state(), steps=steps)


def going_round(there: object, back: object) -> Workflow:
    drafting = a_state("drafting", a_ladder(a_rung(there, 6, fire="go")))
    reviewing = a_state("reviewing", a_ladder(a_rung(back, 6, fire="back")))
    steps = (
        CLOSE,
        a_step("go", "drafting", "reviewing", by=("system",)),
        a_step("back", "reviewing", "drafting", by=("system",)),
    )
    return a_workflow(drafting, reviewing, a_final_state(), steps=steps, anchors={"T0": T0})


FAULTS = {
    "no source": (with_anchor(), 6, "comes from nowhere"),
    "entered": (with_anchor(("entered", "drafts")), 6, "did you mean drafting?"),
    "forecast of an unknown state": (with_anchor(("forecast", "drafts")), 6, "mean drafting?"),
    "forecast without a window": (with_anchor(("forecast", "drafting")), 6, "has its target"),
    "actual without a field": (with_anchor(("actual", "plan")), 6, "finds no date at 'plan'"),
    "actual record": (with_anchor(("actual", "plam.held_on")), 6, "did you mean plan?"),
    "planned field": (with_anchor(("planned", "plan.held_no")), 6, "did you mean held_on?"),
    "earliest": (with_anchor(("earliest", "plan.goals")), 6, "finds no date"),
    "earliest row": (with_anchor(("earliest", "plan.goals.duo")), 6, "did you mean due?"),
    "fact": (with_anchor(("fact", "review_on")), 6, "no fact 'review_on'"),
    "child": (with_anchor(("child", "visiting.held_on")), 6, "no child workflow 'visiting'"),
    "child fact": (
        with_effects(with_anchor(("child", "visiting.held_no")), OpenCase("visiting")),
        6,
        "did you mean held_on?",
    ),
    "parent": (with_anchor(("parent", "T0")), 6, "no anchor of the parent 'T0'"),
    "kind of source": (with_anchor(("entry", "drafting")), 6, "no source of a date 'entry'"),
    "without": (
        a_workflow(
            anchors={
                "A": Anchor("A", (Source("earliest", "plan.goals.due", {"stat": 1}),), place=at(6))
            },
            records=RECORDS,
        ),
        6,
        "no field of the rows of goals called 'stat'",
    ),
    "months from nowhere": (a_workflow(months=18), 1, "counted, but from no start"),
    "anchor of a window": (with_window("T2 + P3M"), 6, "no anchor 'T2'"),
    "bound not given": (with_window("T0", ends="opens + P3M"), 6, "no anchor 'opens'"),
    "target on itself": (with_window("target + P1D"), 6, "dates hang on one another"),
    "bounds in a circle": (with_window("opens + P3M", opens="T0"), 6, "dates hang on one another"),
    "anchors in a circle": (
        a_workflow(
            a_state("drafting", window=a_window("A + P3M")),
            a_final_state(),
            anchors={"A": an_anchor("A", ("forecast", "drafting"), line=6)},
        ),
        6,
        "dates hang on one another: ",
    ),
    "opens late": (with_window("T0 + P3M", opens="T0 + P4M"), 6, "`target` before its `opens`"),
    "ends early": (with_window("T0 + P3M", ends="target - P1D"), 6, "`ends` before its `target`"),
    "opens after the end": (
        with_window("T1", opens="T0 + P2M", ends="T0 + P1M"),
        6,
        "`ends` before its `opens`",
    ),
    "three months are up to 92 days": (
        with_window("T0 + P3M", ends="T0 + P91D"),
        6,
        "`ends` before",
    ),
    "ends early in February": (with_window("T0 + P29D", ends="T0 + P1M"), 6, "`ends` before"),
    "too few working days": (with_window("T0 + P14D", ends="T0 + P9WD"), 6, "`ends` before"),
    "ends before the later": (
        with_window({"later_of": ["T0 + P12M", "T1 + P8M"]}, ends="T0 + P11M"),
        6,
        "`ends` before its `target`",
    ),
    "a hundred years": (with_window("T0 + P1200M"), 6, "longer than ten years"),
    "ten years of working days": (with_window("T0 + P20000WD"), 6, "longer than ten years"),
    "empty ladder": (
        with_ladders(a_ladder(), Ladder("none", (), place=at(6), calendar="lead")),
        6,
        "has no rungs",
    ),
    "two ladders of a name": (
        with_ladders(a_ladder(), a_ladder(place=at(6))),
        6,
        "two ladders called reminders",
    ),
    "idle rung": (with_rungs(silent_rung("P1D", 6), LAST), 6, "does nothing"),
    "letter to nobody": (with_rungs(a_rung("P1D", 6, to=()), LAST), 6, "letter for nobody"),
    "nobody's letter": (with_rungs(silent_rung("P1D", 6, to=("lead",)), LAST), 6, "nobody"),
    "anchor of a rung": (with_rungs(a_rung("T9 + P1D", 6), LAST), 6, "no anchor 'T9'"),
    "bound of no window": (with_rungs(a_rung("ends + P1D", 6), LAST), 6, "no anchor 'ends'"),
    "before the entry": (
        with_rungs(replace(a_rung("entry - P1D"), place=at(6)), LAST),
        6,
        "before its state is entered",
    ),
    "late by a hundred years": (with_rungs(a_rung("P90Y", 6)), 6, "longer than ten years"),
    "every nought": (with_rungs(a_rung("P1D", 6, every="P0D")), 6, "repeats every P0D"),
    "every backwards": (with_rungs(a_rung("P1D", 6, every="-P1D")), 6, "repeats every -P1D"),
    "every eleven years": (with_rungs(a_rung("P1D", 6, every="P11Y")), 6, "longer than ten years"),
    "fired where it does not begin": (
        a_workflow(
            a_state("drafting"),
            a_state("reviewing", a_ladder(a_rung(line=6, fire="review"))),
            a_final_state(),
            steps=(CLOSE, a_step("review", "drafting", "reviewing", by=("system", "lead"))),
        ),
        6,
        "where no such step begins",
    ),
    "fired but closed to system": (
        with_rungs(a_rung("P1D", 6, fire="close")),
        6,
        "system may not take that step",
    ),
    "out of order": (with_rungs(a_rung("P9D"), a_rung("P8D", 6), LAST), 6, "comes before the one"),
    "out of order in February": (with_rungs(a_rung("P1M"), a_rung("P30D", 6), LAST), 6, "before"),
    "the same day": (with_rungs(a_rung("P9D"), a_rung("P9D", 6), LAST), 6, "on the same day"),
    "after the end": (
        with_rungs(a_rung("P9D", fire="expire"), a_rung("P10D", 6, every="P9D")),
        6,
        "comes after drafting is left",
    ),
    "after the end of another ladder": (
        with_ladders(a_ladder(a_rung("P1M", 6)), a_ladder(a_rung("P9D", fire="expire"), name="b")),
        6,
        "comes after drafting is left",
    ),
    "round at once": (going_round("P0D", "P0D"), 6, "go round without a person"),
    "round on anchors past": (going_round("T0 + P3M", "T0 + P4M"), 6, "go round without a person"),
    "a step into itself": (
        a_workflow(
            a_state("drafting", a_ladder(a_rung("P0D", 6, fire="again"))),
            a_final_state(),
            steps=(
                a_step("close", "drafting", "closed"),
                a_step("again", "drafting", "drafting", by=("system",)),
            ),
        ),
        6,
        "drafting -> drafting",
    ),
    "silent for ever": (
        a_workflow(a_state("drafting", a_ladder(a_rung("P1D")), line=6), a_final_state()),
        6,
        "silence may last for ever",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_dates_and_ladders_that_go_wrong_are_refused_where_they_stand(fault: str) -> None:
    workflow, line, sentence = FAULTS[fault]
    child = a_workflow(name="visiting", facts={"held_on": None})

    found = problems(a_programme(workflow, child), LETTERS)

    assert [str(each) for each in found if is_named(each, line, sentence)], list(map(str, found))


GOOD: dict[str, Workflow] = {
    "in order": with_window("T0 + P12M", opens="target - P30D", ends="target + P30D"),
    "on one day": with_window("T0 + P3M", opens="T0 + P3M", ends="T0 + P3M"),
    "a month is at most 31 days": with_window("T0 + P1M", ends="T0 + P31D"),
    "ten working days are two weeks": with_window("T0 + P10WD", ends="T0 + P14D"),
    "the later of two": with_window(
        {"later_of": ["T0 + P12M", "T1 + P8M"]}, opens="target - P30D", ends="T0 + P13M"
    ),
    "longer than is tried": with_window("T0 + P60M", ends="T0 + P61M"),
    "no two of one anchor": with_window("T0 + P12M", ends="T1 + P1M"),
    "rungs in order": with_rungs(a_rung("P0D"), a_rung("P5WD"), a_rung("P14D"), LAST),
    "what may be refused ends nothing": a_workflow(
        a_state("drafting", a_ladder(a_rung("P9D", fire="expire"), LAST)),
        a_final_state(),
        steps=(
            a_step("close", "drafting", "closed"),
            replace(EXPIRE, requires=(a_requirement(),)),
        ),
    ),
    "round in a week": going_round("P7D", "P0D"),
}


@pytest.mark.parametrize("good", GOOD)
def test_dates_and_ladders_in_order_are_taken(good: str) -> None:
    found = problems(a_programme(GOOD[good]), LETTERS)

    assert [str(each) for each in found if "silence" not in each.sentence] == []
