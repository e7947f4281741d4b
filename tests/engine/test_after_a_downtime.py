"""After a downtime each person hears once, of what is gravest."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from engine.decide.fire import Downtime, fire
from engine.model.definition import FlagType, Notify, RaiseFlag, Workflow
from engine.model.family import Definitions, Family
from tests.support.dossiers import moment
from tests.support.stories import Story, a_ladder, a_rung, a_state, a_workflow

HOUR = timedelta(hours=1)
FLAG = replace(a_workflow(a_state("raised")), name="red_flag")


def _workflow(severity: str) -> Workflow:
    """On the fifth day a flag, of which the facilitator is told; on the ninth a plain question."""
    told = FlagType(
        "F-02", "Nobody answers", severity, effects=(Notify("raised", ("facilitator",)),)
    )
    return a_workflow(
        a_state(
            "first",
            a_ladder(a_rung("entry + P5D", flag=RaiseFlag("F-02")), name="flags"),
            a_ladder(a_rung("entry + P9D", "asked", "facilitator"), name="asks"),
        ),
        flags={"F-02": told},
    )


def _family(workflow: Workflow) -> Family:
    story = Story(workflow)
    story.starts()
    case = story.dossier
    known: Mapping[str, Workflow] = {case.digest: workflow, FLAG.digest: FLAG}
    return Family(
        root=case.id,
        definitions=Definitions(known, {"red_flag": FLAG}),
        cases={case.id: case},
        parents={},
        children={case.id: ()},
        letters={},
        people=case.people,
    )


@pytest.mark.parametrize("severity", ["red", "info"])
def test_the_gravest_letter_is_kept_and_the_later_one_gives_way(severity: str) -> None:
    family = _family(_workflow(severity))
    now = moment("2026-03-25")
    down = Downtime(family.cases[family.root].entered_at, now, HOUR)

    decision = fire(family, now, down)

    assert decision is not None
    by_end = {letter.state: letter.owed.letter for letter in decision.letters}
    assert by_end == {"owed": "raised", "superseded": "asked"}
