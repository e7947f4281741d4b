"""A case with ladders of the usual rungs: asked, nudged, phoned, escalated, lapsed."""

from engine.model.definition import FlagType, Ladder, Notify, RaiseFlag, Transition
from tests.support.dossiers import a_dossier
from tests.support.stories import (
    Story,
    a_rung,
    a_state,
    a_step,
    a_workflow,
)

FLAGS = {
    "F-01": FlagType("F-01", "Silent", "amber"),
    "F-02": FlagType("F-02", "Late", "info", effects=(Notify("flagged", ("facilitator",)),)),
}
ASK = a_rung("P0D", "ask")
NUDGE = a_rung("P5D", "nudge")
AMBER = a_rung("P14D", "phone", "facilitator", flag=RaiseFlag("F-01"))
RED = a_rung("P20D", flag=RaiseFlag("F-01", "red"))
LEAD = a_rung("P30D", "lead", "lead", above=True)
LAPSES = a_rung("P10D", "lapsed", fire="lapse")


def a_reminder(*ladders: Ladder, steps: tuple[Transition, ...] = (), **more: object) -> Story:
    workflow = a_workflow(
        a_state("first", *ladders),
        a_state("second", entry=(Notify("welcome", ("whose_turn",)),), acts=("coordinator",)),
        steps=(a_step("lapse", "first", "second", by=("system",)), *steps),
        flags=FLAGS,
    )
    story = Story(workflow, a_dossier(**more))
    story.starts()
    return story
