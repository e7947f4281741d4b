"""A flag that only the parent declares is raised there, with its cause."""

from engine.lint.lint import problems
from engine.model.definition import FlagType, OpenCase, RaiseFlag
from engine.model.outcomes import Triggered
from engine.model.passing import FlagPassedUp
from tests.support.dossiers import a_dossier
from tests.support.stories import FACILITATOR, Story, a_ladder, a_rung, a_state, a_step
from tests.support.stories import a_workflow as a_small_workflow
from tests.support.workflows import (
    LETTERS,
    a_programme,
    a_workflow,
    at,
    is_named,
    with_effects,
)


def _story(*effects: RaiseFlag) -> Story:
    """A workflow that declares no flag of its own."""
    ladder = a_ladder(
        a_rung("P1D", flag=RaiseFlag("F-03")),
        a_rung("P2D", flag=RaiseFlag("F-03", "red")),
        a_rung("P3D", "nudge"),
    )
    workflow = a_small_workflow(
        a_state("first", ladder),
        a_state("second"),
        steps=(a_step("go", "first", "second", effects=effects),),
    )
    story = Story(workflow, a_dossier())
    story.starts()
    return story


def test_a_flag_nobody_here_declares_is_passed_up_with_what_happened_as_its_cause() -> None:
    story = _story(RaiseFlag("F-03", "red"))

    plan = story.goes(Triggered("go", FACILITATOR, "nobody answered"))

    assert plan.passed == (FlagPassedUp("F-03", "red", "nobody answered"),)
    assert story.dossier.children == ()


def test_a_cause_that_is_written_or_led_to_comes_first() -> None:
    story = _story(RaiseFlag("F-03", cause="It is late."), RaiseFlag("F-04", cause="=event.note"))

    plan = story.goes(Triggered("go", FACILITATOR, "nobody answered"))

    assert plan.passed == (
        FlagPassedUp("F-03", None, "It is late."),
        FlagPassedUp("F-04", None, "nobody answered"),
    )


def test_flags_of_rungs_that_are_superseded_are_passed_up_too_the_worst_first() -> None:
    story = _story()

    plan = story.fires(late_since=story.sleeps(5))

    cause = "what asks for"
    assert plan.passed == (FlagPassedUp("F-03", "red", cause), FlagPassedUp("F-03", None, cause))


def test_a_definition_may_raise_what_a_parent_declares_and_nothing_else() -> None:
    child = with_effects(
        a_workflow(name="visiting"), RaiseFlag("F-01", place=at(5)), RaiseFlag("F-02", place=at(6))
    )
    flagged = a_workflow(
        flags={"F-01": FlagType("F-01", "Late", "amber", place=at(3))}, flag_workflow="flagging"
    )
    parent = with_effects(flagged, OpenCase("visiting"))

    found = problems(a_programme(parent, child, a_workflow(name="flagging")), LETTERS)

    assert any(is_named(each, 6, "no flag 'F-02'") for each in found)
    assert not any(is_named(each, 5, "") for each in found)


def test_the_path_of_a_cause_must_lead_somewhere() -> None:
    flags = {"F-01": FlagType("F-01", "Late", "amber", place=at(3))}
    workflow = with_effects(
        a_workflow(flags=flags, flag_workflow="flagging"),
        RaiseFlag("F-01", place=at(6), cause="=record.nothing.said"),
    )

    found = problems(a_programme(workflow, a_workflow(name="flagging")), LETTERS)

    assert any(is_named(each, 6, "no record 'nothing'") for each in found)
