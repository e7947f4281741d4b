"""Why a case can not go on: every step from here with what it lacks."""

from engine.checks.values import Present
from engine.decide.explain import Open, still_open, ways
from engine.model.dossier import Timer
from tests.support.dossiers import a_dossier
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
    assert [each.detail for each in go.unmet] == ["answer is missing"]
    assert [each.waiver for each in go.unmet] == [("lead",)]
    assert [each.detail for each in go.warnings] == ["agenda is missing"]
    assert not go.is_open
    assert stop.is_open


def _fired(ladder: str) -> Timer:
    now = a_dossier().entered_at
    return Timer(ladder, 0, 0, now, now, "fired")


def test_what_is_asked_for_is_what_the_running_ladders_have_asked() -> None:
    timers = (_fired("asks"), _fired("notes"))
    asked = still_open(a_view(a_dossier(timers=timers), WORKFLOW))
    answered = still_open(a_view(a_dossier(timers=timers, facts={"answer": "yes"}), WORKFLOW))
    quiet = still_open(a_view(a_dossier(timers=timers[:1]), WORKFLOW))

    assert asked == (Open("asks", "what asks for"), Open("notes", "what notes for"))
    assert [each.ladder for each in answered] == ["notes"]
    assert [each.ladder for each in quiet] == ["asks"]
