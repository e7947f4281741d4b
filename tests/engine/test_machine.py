"""Which step a trigger opens, and every reason why it does not."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from transitions import Machine

from engine.checks.case import SignedBy
from engine.checks.values import Present
from engine.dates.view import View
from engine.decide.machine import Step, moves, select
from engine.model.definition import RESUME, STAY, Workflow
from engine.model.dossier import Stay, Waiver
from engine.model.outcomes import NOBODY_ELSE, By, Unmet
from tests.support.dossiers import OPENED, a_dossier, a_version
from tests.support.stories import (
    ASPIRING,
    FACILITATOR,
    LEAD,
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
        ("answer", "the answer is not known yet", "aspiring"),
        ("deed", "not signed by the coordinator side", "coordinator"),
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
    assert [each.detail for each in unknown] == ["no step fly"]
    assert known[0].remedy == "Choose one of: go."
    assert known[0].owner == "aspiring"


def test_a_slip_in_the_name_of_a_step_is_told_with_the_one_that_may_be_meant() -> None:
    (slip,) = _lacking("resum")

    assert slip.remedy.startswith("Did you mean resume? Choose one of: ")
    assert slip.owner != "aspiring"


def test_a_step_that_only_timers_take_is_nobodys() -> None:
    (unmet,) = _lacking("wake", state="waits")

    assert unmet.says == "Wake is decided by: nobody, it comes by itself."
    assert (unmet.owner, unmet.remedy) == (NOBODY_ELSE, "Nothing to do.")


def test_where_nobody_can_go_on_the_remedy_says_why() -> None:
    ended, waits = _lacking("go", state="closed"), _lacking("go", state="waits")

    assert ended[0].remedy == "The case has ended."
    assert ended[0].owner == NOBODY_ELSE
    assert waits[0].remedy == "It goes on by itself: nothing to do."


def test_there_is_no_way_back_where_no_state_was_interrupted() -> None:
    stay = Stay(1, "first", OPENED, OPENED)

    unmet = _lacking("resume", state="held", stays=(Stay(1, "held", OPENED),))
    found = _selected("resume", state="held", stays=(stay, Stay(2, "held", OPENED)))

    assert [each.detail for each in unmet] == ["no state was interrupted"]
    assert isinstance(found, Step)


ROOM = a_requirement("room", Present("fact.room"))
TIME = a_requirement("time", Present("fact.time"))


def _several() -> Workflow:
    """A step that is tried in three ways, the last of them without leaving the state."""
    return replace(
        WORKFLOW,
        transitions=(
            a_step("go", "first", "second", ROOM),
            a_step("go", "first", "closed", TIME, AGENDA, by=("lead",)),
            a_step("go", "first waits", STAY, ANSWER),
            *WORKFLOW.transitions[1:],
        ),
    )


@pytest.mark.parametrize(
    ("by", "met", "target"),
    [
        (FACILITATOR, "room time answer", "second"),
        (LEAD, "time answer", "closed"),
        (FACILITATOR, "time answer", "first"),
    ],
)
def test_the_first_of_several_moves_that_lacks_nothing_is_taken(
    by: By, met: str, target: str
) -> None:
    facts = dict.fromkeys(met.split(), "yes")

    found = select(View(_several(), a_dossier(facts=facts), OPENED), "go", by)

    assert isinstance(found, Step)
    assert (found.target, found.stays) == (target, target == "first")
    assert found.warned == ((AGENDA,) if target == "closed" else ())


def test_a_refusal_says_of_each_of_several_moves_what_it_lacks() -> None:
    unmet = select(View(_several(), a_dossier(), OPENED), "go", FACILITATOR)

    assert not isinstance(unmet, Step)
    assert [(each.leads_to, each.requirement) for each in unmet] == [
        ("second", "room"),
        ("closed", "role"),
        ("closed", "time"),
        ("first", "answer"),
    ]


def test_what_one_move_alone_lacks_needs_no_word_where_it_leads() -> None:
    assert {each.leads_to for each in _lacking("go")} == {""}


def test_a_step_back_leads_to_the_stay_that_was_interrupted() -> None:
    stay = Stay(1, "first", OPENED, OPENED)

    found = _selected("resume", state="held", stays=(stay, Stay(2, "held", OPENED)))

    assert isinstance(found, Step)
    assert (found.target, found.back_to) == ("first", stay)


def test_the_table_tells_the_moves_of_a_state_in_the_order_of_the_definition() -> None:
    there = a_workflow(
        a_state("first"),
        a_state("second"),
        steps=(
            a_step("late", "second", "first"),
            a_step("early", "first", "second"),
            a_step("late", "first", "second"),
        ),
    )

    assert [move.trigger for move in moves(there, "first")] == ["early", "late"]


def test_no_name_of_a_trigger_is_refused_but_that_of_the_place_of_the_token() -> None:
    names = ["exit", "save", "trigger", "to_second", "is_first", "return", "machine"]
    there = a_workflow(
        a_state("first"),
        a_state("second"),
        steps=tuple(a_step(name, "first", "second") for name in names),
    )

    for name in names:
        found = select(View(there, a_dossier(), OPENED), name, FACILITATOR)
        assert isinstance(found, Step)
        assert found.target == "second"
    with pytest.raises(ValueError, match="same as model attribute"):
        Machine(model=None, states=["first"], initial=None).add_transition("state", "first", None)


def test_one_table_serves_many_threads() -> None:
    workflow = _several()

    def walked(number: int) -> tuple[str, str]:
        facts = {"room": "yes"} if number % 2 else {"answer": "yes"}
        found = select(View(workflow, a_dossier(facts=facts), OPENED), "go", FACILITATOR)
        return ("second" if number % 2 else "first", getattr(found, "target", "refused"))

    with ThreadPoolExecutor(8) as pool:
        assert all(wanted == found for wanted, found in pool.map(walked, range(2_000)))
