"""Days that were when they were given, plans of other states, and how a silence comes about."""

from dataclasses import replace
from datetime import date

from engine.checks.values import FactIs
from engine.lint.silence import silences
from engine.lint.witnesses import Witness
from engine.model.definition import Effect, OpenCase, SetFact
from tests.support.silent import CLOSE, GO, days
from tests.support.workflows import (
    a_final_state,
    a_ladder,
    a_programme,
    a_record,
    a_rung,
    a_state,
    a_step,
    a_window,
    a_workflow,
    an_anchor,
    silent_rung,
)


def planned(**changed: object) -> int | None:
    """The silence of the first state, whose ladder hangs on the plan of the second."""
    drafting = a_state("drafting", a_ladder(a_rung("A + P20D", every="P10D")))
    reviewing = a_state("reviewing", window=a_window("B + P1M"))
    workflow = a_workflow(
        drafting,
        replace(reviewing, **changed),  # type: ignore[arg-type]  # fields by name
        a_final_state(),
        steps=(GO, CLOSE),
        anchors={
            "A": an_anchor("A", ("forecast", "reviewing")),
            "B": an_anchor("B", ("entered", "drafting")),
        },
    )
    return days(replace(workflow, initial="reviewing", transitions=(*workflow.transitions, BACK)))[
        "pairing.drafting"
    ]


BACK = a_step("back", "reviewing", "drafting")


def test_what_hangs_on_the_plan_of_another_state_hangs_on_what_that_plan_hangs_on() -> None:
    assert planned() == 31 + 20 + 1
    assert planned(agreed="B") is None
    assert planned(window=a_window("entry + P1M")) is None


def opened_by(*effects: Effect, fact: str = "since", **changed: object) -> int | None:
    """The silence of a child whose ladder hangs on a fact that it is given."""
    anchors = {"A": an_anchor("A", ("parent", "B"), ("fact", fact), latest=True)}
    child = a_workflow(
        a_state("drafting", a_ladder(a_rung("A + P20D", every="P10D"))),
        a_final_state(),
        name="visiting",
        anchors=anchors,
    )
    records = {"plan": a_record("plan", effects=effects)}
    parent = a_workflow(
        a_state("drafting"),
        a_state("reviewing"),
        a_final_state(),
        steps=(GO, CLOSE),
        records=records,
        anchors={"B": an_anchor("B", ("entered", "reviewing"))},
    )
    return days(parent, replace(child, **changed))["visiting.drafting"]  # type: ignore[arg-type]  # by name


IN_REVIEW = FactIs("case.state", one_of=("reviewing",))
ELSEWHERE = FactIs("case.state", not_in=("reviewing",))
WANTED = FactIs("fact.wanted", one_of=("yes",))
GIVEN = OpenCase("visiting", {"since": "=case.entered_on"}, when=IN_REVIEW)


def test_a_day_that_was_when_it_was_given_is_past() -> None:
    assert opened_by(GIVEN) == 21
    assert opened_by(replace(GIVEN, facts={"since": "=record.plan.filed_on"})) is None
    assert opened_by(GIVEN, facts={"since": ""}) is None


def test_a_record_opens_a_case_in_the_states_that_it_is_held_to() -> None:
    set_first = SetFact("wanted", "yes")
    set_back = SetFact("wanted", "no", when=ELSEWHERE)
    opened = replace(GIVEN, when=WANTED)

    assert opened_by(set_first, set_back, opened) == 21
    assert opened_by(set_first, opened) is None
    assert opened_by(opened) is None
    assert opened_by(set_first, replace(set_back, when=IN_REVIEW), opened) is None
    assert opened_by(replace(GIVEN, when=None)) is None


def test_a_witness_says_from_which_day_on_who_rests_and_what_is_there() -> None:
    shown = Witness(date(2027, 7, 1), given=("one", "two"))
    single = Witness(date(2029, 11, 1), "late", ("note",))

    assert str(shown) == (
        "entered on 2027-07-01, all closed for two weeks from the entry; "
        "there at once is what one and two wait for; nobody acts"
    )
    assert "from late; there at once is what note waits for; nobody acts" in str(single)


def test_where_timers_lead_on_the_witness_rests_from_the_state_they_lead_to() -> None:
    fires = a_step("go", "drafting", "reviewing", by=("system",))
    workflow = a_workflow(
        a_state("drafting", a_ladder(silent_rung("P10D", fire="go"))),
        a_state("reviewing", a_ladder(a_rung("P7D", every="P30D"))),
        a_final_state(),
        steps=(fires, CLOSE),
    )

    found = {each.state: each.witness for each in silences(a_programme(workflow))}

    assert found["drafting"] == Witness(date(2029, 11, 1), "reviewing")
