"""A ladder with the calendar of a centre goes by its clock and its holidays, never by the office's.

In 2026 Romania rests on Friday 10 and Monday 13 April; the office in Brussels works on both.
"""

from datetime import date, datetime, time

import pytest

from engine.dates.view import View
from engine.letters.grace import graced
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


@pytest.mark.parametrize(
    ("back_at", "speaks_on"),
    [
        (("2026-03-06", "15:59"), "2026-03-11"),  # Friday, a minute before six in Bucharest
        (("2026-03-06", "16:00"), "2026-03-12"),
        (("2026-03-07", "10:00"), "2026-03-12"),  # Saturday
        (("2026-03-09", "04:00"), "2026-03-12"),  # Monday, before the working hours
        (("2026-04-09", "17:00"), "2026-04-17"),  # Thursday before Orthodox Easter
    ],
)
def test_a_return_after_hours_or_on_a_day_off_is_no_day_of_grace(
    back_at: tuple[str, str], speaks_on: str
) -> None:
    story = _entered(OPENED, ASK, LEAD)
    (ladder,) = story.workflow.state("first").ladders
    view, now = View(story.workflow, story.dossier, moment(*back_at)), moment(*back_at)

    assert graced(view, ladder, now, closes=time(18)).date() == date.fromisoformat(speaks_on)


def test_where_letters_come_at_every_hour_the_evening_of_the_return_is_a_day_of_grace() -> None:
    story = _entered(OPENED, ASK, LEAD)
    (ladder,) = story.workflow.state("first").ladders
    friday = moment("2026-03-06", "19:00")

    speaks_at = graced(View(story.workflow, story.dossier, friday), ladder, friday)

    assert speaks_at.date() == date(2026, 3, 11)


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
