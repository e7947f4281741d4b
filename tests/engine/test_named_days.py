"""The day that a letter names: the last at work before its ladder speaks again, and kept by it."""

from dataclasses import replace
from datetime import date

import pytest

from engine.dates.view import View
from engine.letters.open_item import ask_of
from engine.model.outcomes import TimersDue
from engine.time.windows import Anchor, Source
from tests.support.dossiers import a_dossier
from tests.support.reminders import ASK, LEAD, a_reminder
from tests.support.stories import Story, a_ladder, a_rung, a_state, a_workflow


def test_a_letter_names_the_last_working_day_before_the_ladder_speaks_again() -> None:
    story = a_reminder(a_ladder(a_rung("P0D", "ask"), a_rung("P7D", "nudge"), LEAD))

    story.fires()  # Monday, 2 March; the nudge leaves on the 9th

    assert story.plans[-1].letters[0].due_on == date(2026, 3, 6)


def test_nobody_hears_again_before_the_day_that_was_named_though_the_date_it_hangs_on_came() -> (
    None
):
    rungs = (a_rung("meeting - P21D", "ask"), a_rung("meeting - P7D", "nudge"))
    anchors = {"meeting": Anchor("meeting", (Source("fact", "meets_on"),))}
    workflow = a_workflow(a_state("first", a_ladder(*rungs)), anchors=anchors)
    story = Story(workflow, a_dossier(facts={"meets_on": "2026-03-23"}))
    story.starts()
    story.fires()
    named = story.plans[-1].letters[0].due_on

    story.dossier = replace(story.dossier, facts={"meets_on": "2026-03-14"})
    story.happens(TimersDue(()))

    assert named == date(2026, 3, 13)
    assert story.due() == {"asks/1/0": "2026-03-14"}


def test_a_step_that_a_rung_takes_keeps_its_day() -> None:
    rungs = (ASK, a_rung("P2D", fire="go"))
    story = a_reminder(a_ladder(*rungs))

    story.fires()

    assert story.due() == {"asks/1/0": "2026-03-04"}


def test_a_letter_before_a_weekend_leaves_its_reader_the_next_day_at_work() -> None:
    story = a_reminder(a_ladder(a_rung("P4D", "ask"), a_rung("P7D", "nudge")))

    story.days_pass(4)  # to Friday, 6 March; the nudge would leave on Monday

    assert story.plans[-1].letters[0].due_on == date(2026, 3, 9)
    assert story.due() == {"asks/1/0": "2026-03-10"}


@pytest.mark.parametrize(
    ("meets_on", "rungs", "named"),
    [
        ("2026-03-02", ("ask",), "2026-03-02"),
        ("2026-03-03", ("ask",), "2026-03-03"),
        ("2026-03-03", ("ask", "nudge", "phone"), "2026-03-03"),
    ],
)
def test_what_a_meeting_is_asked_for_is_asked_for_no_later_than_the_meeting(
    meets_on: str, rungs: tuple[str, ...], named: str
) -> None:
    days = {"ask": "meeting - P21D", "nudge": "meeting - P7D", "phone": "meeting - P3WD"}
    anchors = {"meeting": Anchor("meeting", (Source("fact", "meets_on"),))}
    ladder = a_ladder(*(a_rung(days[each], each) for each in rungs))
    workflow = a_workflow(a_state("first", ladder), anchors=anchors)
    story = Story(workflow, a_dossier(facts={"meets_on": meets_on}))

    story.starts()  # on Monday, 2 March: too late for every rung
    story.fires()

    found = ask_of(View(story.workflow, story.dossier, story.now), ladder.name)
    assert (story.plans[-1].letters[0].due_on or found.due_on).isoformat() == named
    assert found.due_on.isoformat() == named
