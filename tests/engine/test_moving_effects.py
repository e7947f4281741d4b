"""The effects of a step: facts, letters, children, flags, one after the other."""

import pytest

from engine.checks.values import Present
from engine.model.definition import (
    Notify,
    OpenCase,
    RaiseFlag,
    SetFact,
    Tell,
)
from engine.model.dossier import CaseId, Parent
from engine.model.outcomes import Triggered
from engine.model.passing import ChildOpened, Told
from engine.model.reasons import Reason, reasons_of
from tests.support.dossiers import a_child, a_dossier, a_person
from tests.support.stepping import FLAGS, a_case
from tests.support.stories import (
    FACILITATOR,
    Story,
    a_requirement,
    a_state,
    a_step,
    a_workflow,
)


def test_a_case_starts_in_the_first_state_with_its_facts_and_letters() -> None:
    story = a_case(facts={"domain": "care"})

    assert (story.dossier.state, story.dossier.stay, story.dossier.version) == ("first", 1, 1)
    assert story.dossier.facts == {"kind": "pair", "domain": "care"}
    assert story.letters() == ["hello"]


def test_effects_are_applied_one_after_the_other_when_their_check_is_met() -> None:
    story = a_case(
        SetFact("answer", path="event.answer"),
        SetFact("known", "yes", when=Present("fact.answer")),
        SetFact("secret", "yes", when=Present("fact.nothing")),
    )

    story.step("go", answer="confirmed")

    assert story.dossier.facts["answer"] == "confirmed"
    assert story.dossier.facts["known"] == "yes"
    assert "secret" not in story.dossier.facts


def test_children_are_opened_with_facts_of_the_event_and_told() -> None:
    story = a_case(
        OpenCase("mentoring", {"kind": "first", "cause": "=event.note", "none": "=fact.none"}),
        OpenCase("check_in", under_parent=True),
        Tell("pause", "check_in"),
        Tell("stop", to_parent=True),
    )

    plan = story.goes(Triggered("go", FACILITATOR, "a barrier"))

    words = {
        "note": "a barrier",
        "by": "facilitator",
        "role": "facilitator",
        "decision": "Go",
        "state_then": "Second",
        "stands_in": "second",
    }
    assert plan.passed == (
        ChildOpened("mentoring", {"kind": "first", "cause": "a barrier"}),
        ChildOpened("check_in", {}, under_parent=True),
        Told("pause", "check_in", facts=words),
        Told("stop", to_parent=True, facts=words),
    )


def test_what_a_note_says_is_the_cause_of_a_flag_and_nobody_acts_for_somebody_else() -> None:
    story = a_case(RaiseFlag("F-01"), SetFact("by", path="event.by"))

    story.goes(Triggered("go", FACILITATOR, "no answer", {"by": "somebody else"}))

    assert story.dossier.facts["by"] == "facilitator"
    assert [child.facts["cause"] for child in story.dossier.children] == ["no answer"]


def test_a_flag_is_opened_once_and_worsened_when_raised_higher() -> None:
    child = a_child(9, "red_flag", flag="F-01", severity="info", cause="seen")
    story = a_case(
        RaiseFlag("F-01"), RaiseFlag("F-01", "red"), RaiseFlag("F-01"), children=(child,)
    )

    plan = story.step("go", cause="again")

    told = [each for each in plan.passed if isinstance(each, Told)]
    assert [(each.trigger, each.child, each.facts["severity"]) for each in told] == [
        ("worsen", CaseId(9), "amber"),
        ("worsen", CaseId(9), "red"),
    ]
    assert {each.facts["cause"] for each in told} == {"again"}
    assert [owed.letter for owed in plan.letters] == ["red"]


@pytest.mark.parametrize(
    ("severity", "trigger", "cause"),
    [("red", "add", "seen; again"), ("amber", "follow", "seen"), ("info", "follow", "seen")],
)
def test_a_flag_raised_again_and_not_higher_has_one_reason_more(
    severity: str, trigger: str, cause: str
) -> None:
    child = a_child(9, "red_flag", flag="F-01", severity="red", cause="seen")
    story = a_case(RaiseFlag("F-01", severity), children=(child,))

    (told,) = story.step("go", cause="again").passed

    assert isinstance(told, Told)
    assert (told.trigger, told.facts["severity"]) == (trigger, "red")
    assert told.facts["cause"] == cause
    assert reasons_of(told.facts) == (Reason("seen", "red"), Reason("again", severity))


def test_a_flag_raised_again_for_the_same_reason_is_told_nothing() -> None:
    child = a_child(9, "red_flag", flag="F-01", severity="red", cause="seen")
    story = a_case(RaiseFlag("F-01", "red"), children=(child,))

    plan = story.step("go", cause="seen")

    assert (plan.passed, plan.letters) == ((), ())


def test_a_flag_worsened_in_the_plan_that_opens_it_opens_worse() -> None:
    story = a_case(RaiseFlag("F-01"), RaiseFlag("F-15"), RaiseFlag("F-01", "red"))

    plan = story.step("go")

    assert [type(each) for each in plan.passed] == [ChildOpened, ChildOpened]
    assert story.flags() == [("F-01", "red"), ("F-15", "amber")]
    assert [child.facts["cause"] for child in story.dossier.children] == ["Silent", "Agenda late"]


def test_a_flag_closed_before_is_opened_anew() -> None:
    story = a_case(RaiseFlag("F-01"), children=(a_child(9, "red_flag", "2026-03-01", flag="F-01"),))

    assert isinstance(story.step("go").passed[0], ChildOpened)


def test_a_warning_lets_the_step_go_on_and_raises_its_flag() -> None:
    agenda = a_requirement("agenda", Present("fact.agenda"), warns=True, flag="F-15")
    quiet = a_requirement("slides", Present("fact.slides"), warns=True)
    workflow = a_workflow(
        a_state("first"),
        a_state("second"),
        steps=(
            a_step(
                "go",
                "first",
                "second",
                agenda,
                quiet,
                effects=(SetFact("cause", path="event.cause"),),
            ),
        ),
        flags=FLAGS,
    )
    story = Story(workflow)
    story.starts()

    plan = story.step("go")

    assert [each.detail for each in plan.warnings] == [
        "the agenda is not known yet",
        "the slides is not known yet",
    ]
    assert story.flags() == [("F-15", "amber")]
    assert story.dossier.facts["cause"] is None


LETTERS = [
    (("aspiring",), [("aspiring", 2)]),
    (("aspiring.team",), [("aspiring.team", 2), ("aspiring.team", 3)]),
    (("aspiring", "aspiring.team"), [("aspiring", 2), ("aspiring.team", 3)]),
    (("whose_turn",), [("aspiring", 2)]),
    (("lead", "lead", "wp3"), [("lead", None), ("wp3", None)]),
]


@pytest.mark.parametrize(("to", "owed"), LETTERS)
def test_each_person_gets_a_letter_once_and_the_next_one_when_the_main_one_is_gone(
    to: tuple[str, ...], owed: list[tuple[str, int | None]]
) -> None:
    people = (
        a_person(1, "aspiring", reachable=False),
        a_person(2, "aspiring", main=False),
        a_person(3, "aspiring", main=False),
        a_person(4, "lead", reachable=False),
    )
    workflow = a_workflow(a_state("first", entry=(Notify("hello", to),)))
    story = Story(workflow, a_dossier(people=people))

    plan = story.starts()

    assert [(letter.audience, letter.person) for letter in plan.letters] == owed


def test_a_child_writes_to_the_people_of_its_parent() -> None:
    parent = Parent(a_case().workflow, a_dossier())
    workflow = a_workflow(a_state("first", entry=(Notify("hello", ("lead",)),)))

    plan = Story(workflow, a_dossier(people=(), parties={}, parent=parent)).starts()

    assert [letter.person for letter in plan.letters] == [4]


def test_what_a_step_does_is_done_before_what_the_entry_of_the_next_state_does() -> None:
    told = Notify("told", ("aspiring",), Present("fact.answer"))
    workflow = a_workflow(
        a_state("first"),
        a_state("second", entry=(told, SetFact("answer", "of the entry"))),
        steps=(a_step("go", "first", "second", effects=(SetFact("answer", "of the step"),)),),
    )
    story = Story(workflow)
    story.starts()

    plan = story.step("go")

    assert [letter.letter for letter in plan.letters] == ["told"]
    assert story.dossier.facts["answer"] == "of the entry"
