"""Why a case can not go on: every step from here with what it lacks."""

from engine.checks.values import Present
from engine.decide.explain import Open, still_open, ways
from engine.model.definition import RESUME, STAY
from engine.model.dossier import Stay, Timer
from tests.support.dossiers import OPENED, a_dossier
from tests.support.stories import (
    a_ladder,
    a_requirement,
    a_rung,
    a_state,
    a_step,
    a_view,
    a_workflow,
)

ANSWER = a_requirement("answer", Present("fact.answer"), waiver=("lead",))
AGENDA = a_requirement("agenda", Present("fact.agenda"), warns=True)
WORKFLOW = a_workflow(
    a_state(
        "first",
        a_ladder(a_rung("P0D", "ask"), unmet=Present("fact.answer")),
        a_ladder(a_rung("P0D", "note"), name="notes"),
    ),
    a_state("second"),
    steps=(
        a_step("go", "first", "second", ANSWER, AGENDA),
        a_step("stop", "first", "second", by=("lead", "system")),
        a_step("lapse", "first", "second", by=("system",)),
        a_step("back", "second", "first"),
    ),
)


def test_each_way_says_what_it_lacks_and_what_only_warns() -> None:
    go, stop = ways(a_view(a_dossier(), WORKFLOW))

    assert (go.trigger, go.title, go.target, go.by) == ("go", "Go", "second", ("facilitator",))
    assert [each.detail for each in go.unmet] == ["the answer is not known yet"]
    assert [each.waiver for each in go.unmet] == [("lead",)]
    assert [each.detail for each in go.warnings] == ["the agenda is not known yet"]
    assert not go.is_open
    assert stop.is_open


def test_each_of_several_moves_is_named_with_its_target_and_the_first_open_one_is_open() -> None:
    workflow = a_workflow(
        a_state("first"),
        a_state("second"),
        a_state("third"),
        steps=(
            a_step("go", "first", "second", ANSWER),
            a_step("go", "first", "third", by=("lead", "facilitator")),
            a_step("note", "first", STAY),
        ),
    )

    asked = ways(a_view(a_dossier(), workflow))
    answered = ways(a_view(a_dossier(facts={"answer": "yes"}), workflow))

    assert [(each.target, each.stays) for each in asked] == [
        ("second", False),
        ("third", False),
        ("first", True),
    ]
    assert [each.is_open for each in asked] == [False, True, True]
    assert [each.is_open for each in answered] == [True, True, True]
    assert not answered[1].comes_after, "the lead may take no other"


def test_a_move_below_an_open_one_is_not_taken() -> None:
    workflow = a_workflow(
        a_state("first"),
        a_state("second"),
        steps=(a_step("go", "first", "second", ANSWER), a_step("go", "first", "first")),
    )

    first, otherwise = ways(a_view(a_dossier(facts={"answer": "yes"}), workflow))

    assert first.is_open
    assert (otherwise.is_open, otherwise.comes_after, otherwise.unmet) == (False, True, ())


def test_a_step_back_is_shown_with_the_state_it_leads_to() -> None:
    workflow = a_workflow(
        a_state("first"), a_state("held", pauses=True), steps=(a_step("wake", "held", RESUME),)
    )
    stay = Stay(1, "first", OPENED, OPENED)
    paused = a_dossier(state="held", stays=(stay, Stay(2, "held", OPENED)))

    assert [each.target for each in ways(a_view(paused, workflow))] == ["first"]


def _fired(ladder: str) -> Timer:
    now = a_dossier().entered_at
    return Timer(ladder, "0", 0, now, now, "fired")


def test_what_is_asked_for_is_what_the_running_ladders_have_asked() -> None:
    timers = (_fired("asks"), _fired("notes"))
    asked = still_open(a_view(a_dossier(timers=timers), WORKFLOW))
    answered = still_open(a_view(a_dossier(timers=timers, facts={"answer": "yes"}), WORKFLOW))
    quiet = still_open(a_view(a_dossier(timers=timers[:1]), WORKFLOW))

    assert asked == (Open("asks", "what asks for"), Open("notes", "what notes for"))
    assert [each.ladder for each in answered] == ["notes"]
    assert [each.ladder for each in quiet] == ["asks"]
