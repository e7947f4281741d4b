"""A case of two states and an end, whose step has the effects a test gives it."""

from engine.checks.values import FactIs
from engine.model.definition import (
    FlagType,
    Notify,
    SetFact,
)
from tests.support.dossiers import a_dossier
from tests.support.stories import (
    Story,
    a_ladder,
    a_rung,
    a_state,
    a_step,
    a_workflow,
)

FLAGS = {
    "F-01": FlagType(
        "F-01",
        "Silent",
        "amber",
        effects=(Notify("red", ("lead",), FactIs("event.severity", one_of=("red",))),),
    ),
    "F-15": FlagType("F-15", "Agenda late", "amber"),
}


def a_case(*effects: object, **more: object) -> Story:
    entry = (SetFact("entered", "yes"),)
    workflow = a_workflow(
        a_state("first", a_ladder(a_rung("P5D", "nudge")), entry=(Notify("hello", ("aspiring",)),)),
        a_state("second", a_ladder(a_rung("P5D", "nudge")), entry=entry, holds_place=True),
        a_state("closed", final=True),
        steps=(
            a_step("go", "first", "second", effects=effects),
            a_step("back", "second", "first"),
            a_step("again", "first", "first"),
            a_step("close", "first second", "closed"),
        ),
        flags=FLAGS,
        facts={"kind": "pair"},
    )
    story = Story(workflow, a_dossier(**more))
    story.starts()
    return story
