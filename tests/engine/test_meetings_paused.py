"""A pause over the day of a meeting: what hangs on that day waits for another one."""

import pytest

from engine.checks.meetings import DayFixed
from engine.checks.values import Present
from engine.model.definition import RESUME
from engine.model.outcomes import Filed
from engine.time.windows import Anchor, Source
from tests.support.dossiers import a_dossier
from tests.support.meetings import DAYS, RECORDS, SIDES, VISIT
from tests.support.stories import (
    FACILITATOR,
    Story,
    a_ladder,
    a_rung,
    a_state,
    a_step,
    a_view,
    a_workflow,
)

SLIDES = a_ladder(
    a_rung("visit_on - P30D", "ask"),
    a_rung("visit_on - P10D", "offer"),
    a_rung("visit_on - P3D", "phone"),
    name="slides",
    unmet=Present("record.minutes"),
)
FIX = a_ladder(a_rung("P10D", "fix"), name="fix", unmet=DayFixed("visit", 5))


def _resumed(*, before: int, after: int) -> Story:
    """A visit of 14 and 15 April, filed on 2 March; so many days until the pause, and in it."""
    workflow = a_workflow(
        a_state("first", SLIDES, FIX),
        a_state("held", pauses=True),
        steps=(a_step("pause", "first", "held"), a_step("resume", "held", RESUME)),
        records=RECORDS,
        meetings={"visit": VISIT},
        anchors={"visit_on": Anchor("visit_on", (Source("agreed", "visit.begins"),))},
    )
    story = Story(workflow, a_dossier())
    story.starts()
    story.goes(Filed("dates", dict(DAYS), FACILITATOR))
    story.days_pass(before)
    story.step("pause")
    story.days_pass(after)
    story.step("resume")
    story.fires()
    return story


@pytest.mark.parametrize(("before", "asked"), [(5, 0), (20, 1)])
def test_what_hangs_on_a_day_that_a_pause_took_waits_for_another(before: int, asked: int) -> None:
    story = _resumed(before=before, after=60)
    view = a_view(story.dossier, story.workflow)
    said = (view.value("meeting.visit.begins"), view.value("anchor.visit_on"))

    assert story.letters().count("ask") == asked
    assert said == (None, None)
    assert {"offer", "phone"}.isdisjoint(story.letters())
    assert story.due() == {}  # first the sides name times: those of before were for the day gone by

    times = {f"times_of_{side}": "In June" for side in SIDES}
    story.goes(Filed("dates", {**DAYS, **times}, FACILITATOR))

    assert story.due() == {"fix/0/1500": f"2026-05-{11 + before:02}"}


def test_the_next_day_asks_whoever_was_not_asked_before_the_pause() -> None:
    story = _resumed(before=5, after=60)

    story.goes(Filed("dates", {**DAYS, "starts_on": "2026-07-20", "ends_on": ""}, FACILITATOR))

    assert story.due()["slides/0/0"] == "2026-06-20"


@pytest.mark.parametrize(("before", "said"), [(5, ["ask"]), (20, ["ask", "offer"])])
def test_a_day_that_the_pause_left_ahead_begins_with_what_was_not_said_yet(
    before: int, said: list[str]
) -> None:
    story = _resumed(before=before, after=42 - before)  # on 13 April, the day before

    assert [each for each in story.letters() if not each.startswith("L-")] == said
