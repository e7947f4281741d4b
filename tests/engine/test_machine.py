"""Which step a trigger opens, and every reason why it does not."""

from engine.checks.case import SignedBy
from engine.checks.values import Present
from engine.dates.view import View
from engine.decide.machine import Step, select
from engine.model.definition import RESUME
from engine.model.dossier import Visit, Waiver
from engine.model.outcomes import By, Unmet
from tests.support.dossiers import OPENED, a_dossier, a_version
from tests.support.stories import (
    ASPIRING,
    FACILITATOR,
    a_requirement,
    a_state,
    a_step,
    a_workflow,
)

ANSWER = a_requirement("answer", Present("fact.answer"), waiver=("lead",), rule=("S-04",))
DEED = a_requirement(
    "deed", SignedBy("deed", ("aspiring", "coordinator")), no_waiver="the deed is the deed"
)
AGENDA = a_requirement("agenda", Present("fact.agenda"), warns=True)
WORKFLOW = a_workflow(
    a_state("first"),
    a_state("second", acts=()),
    a_state("held", pauses=True),
    a_state("waits"),
    a_state("closed", final=True, acts=()),
    steps=(
        a_step("go", "first", "second", ANSWER, DEED, AGENDA, by=("facilitator", "lead")),
        a_step("go", "second", "closed"),
        a_step("resume", "held", RESUME),
        a_step("wake", "waits", "closed", by=("system",)),
    ),
)


def _selected(trigger: str, by: By = FACILITATOR, **changes: object) -> Step | tuple[Unmet, ...]:
    return select(View(WORKFLOW, a_dossier(**changes), OPENED), trigger, by)


def _lacking(trigger: str, by: By = FACILITATOR, **changes: object) -> tuple[Unmet, ...]:
    found = _selected(trigger, by, **changes)
    assert not isinstance(found, Step)
    return found


def test_an_open_step_comes_with_what_only_warns() -> None:
    deed = {"deed": (a_version(signed=("aspiring", "coordinator")),)}

    found = _selected("go", facts={"answer": "yes"}, records=deed)

    assert isinstance(found, Step)
    assert found.transition.target == "second"
    assert found.warned == (AGENDA,)


def test_a_refusal_lists_everything_at_once_with_whose_turn_remedy_and_waiver() -> None:
    deed = {"deed": (a_version(signed=("aspiring",)),)}

    unmet = _lacking("go", ASPIRING, records=deed)

    assert [(each.requirement, each.detail, each.owner) for each in unmet] == [
        ("role", "aspiring may not do it", "facilitator"),
        ("answer", "answer is missing", "aspiring"),
        ("deed", "not signed by coordinator", "coordinator"),
    ]
    assert [each.remedy for each in unmet] == [
        "Ask: facilitator or lead.",
        "Give answer.",
        "Give deed.",
    ]
    assert [(each.waiver, each.no_waiver, each.rule) for each in unmet[1:]] == [
        (("lead",), "", ("S-04",)),
        ((), "the deed is the deed", ()),
    ]


def test_a_waived_requirement_lacks_nothing() -> None:
    waiver = Waiver("answer", "lead", "lead", "they called", OPENED)

    unmet = _lacking("go", waivers={"answer": waiver})

    assert {each.requirement for each in unmet} == {"deed"}


def test_a_closed_trigger_says_that_it_is_closed_and_what_is_open() -> None:
    known, unknown = _lacking("resume"), _lacking("fly")

    assert [each.detail for each in known] == ["resume is not possible in first"]
    assert [each.detail for each in unknown] == ["no trigger fly"]
    assert known[0].remedy == "Choose one of: go."
    assert known[0].owner == "aspiring"


def test_where_nobody_can_go_on_the_remedy_says_why() -> None:
    ended, waits = _lacking("go", state="closed"), _lacking("go", state="waits")

    assert ended[0].remedy == "The case has ended."
    assert ended[0].owner == "facilitator"
    assert waits[0].remedy == "It goes on by itself: nothing to do."


def test_there_is_no_way_back_where_no_state_was_interrupted() -> None:
    stay = Visit(1, "first", OPENED, OPENED)

    unmet = _lacking("resume", state="held", visits=(Visit(1, "held", OPENED),))
    found = _selected("resume", state="held", visits=(stay, Visit(2, "held", OPENED)))

    assert [each.detail for each in unmet] == ["no state was interrupted"]
    assert isinstance(found, Step)
