"""A ladder with the calendar of a centre goes by its clock and its holidays, never by the office's.

In 2026 Romania rests on Friday 10 and Monday 13 April; the office in Brussels works on both.
"""

from datetime import datetime

from engine.dates.view import View
from engine.letters.ladders import graced
from engine.model.definition import Rung
from engine.model.outcomes import Refreshed
from tests.support.dossiers import OPENED, a_dossier, moment
from tests.support.stories import Story, a_ladder, a_rung, a_state, a_workflow

ASK = a_rung("P0D", "ask")
LEAD = a_rung("P1D", "lead", "lead", above=True)
WEDNESDAY, THURSDAY = moment("2026-04-08"), moment("2026-04-09")


def _entered(at: datetime, *rungs: Rung) -> Story:
    ladder = a_ladder(*rungs, calendar="aspiring")
    dossier = a_dossier(entered_at=at, opened_at=at)
    story = Story(a_workflow(a_state("first", ladder)), dossier, now=at)
    story.starts()
    return story


def test_grace_counts_the_working_days_of_the_centre() -> None:
    story = _entered(OPENED, ASK, LEAD)
    (ladder,) = story.workflow.state("first").ladders
    view = View(story.workflow, story.dossier, THURSDAY)

    assert graced(view, ladder, THURSDAY) == moment("2026-04-16", "05:00")


def test_who_enters_late_is_escalated_after_three_working_days_of_the_centre() -> None:
    story = _entered(THURSDAY, LEAD)

    assert story.due() == {"asks/0/0": "2026-04-16"}


def test_the_day_a_stay_began_is_that_of_the_centre() -> None:
    # Half past midnight of Thursday in Bucharest, late on Wednesday at the office.
    story = _entered(moment("2026-04-08", "21:30"), a_rung("P1D", "ask"), LEAD)

    assert story.due() == {"asks/0/0": "2026-04-10", "asks/1/0": "2026-04-16"}


def test_a_rung_after_working_days_passes_over_the_holidays_of_the_centre() -> None:
    story = _entered(THURSDAY, a_rung("P2WD", "ask"))

    assert story.due() == {"asks/0/0": "2026-04-15"}


def test_a_repetition_passes_over_the_holidays_of_the_centre() -> None:
    story = _entered(THURSDAY, a_rung("P0D", "ask", every="P2WD"))

    story.fires()
    story.happens(Refreshed())

    assert list(story.due().values()) == ["2026-04-15"]


def test_asking_before_a_downtime_counts_in_working_days_of_the_centre() -> None:
    """Asked on Wednesday, down since Tuesday: two working days there, four at the office."""
    story = _entered(WEDNESDAY, ASK, a_rung("P20D", "lead", "lead", above=True))
    story.fires()

    story.now = moment("2026-05-11")
    story.fires(late_since=moment("2026-04-14"))

    assert story.letters() == ["ask"]
    assert len(story.due()) == 1
