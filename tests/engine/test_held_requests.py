"""What reminds of a request that the office holds back waits, but never beyond the day on which the
matter is late (0061).
"""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from engine.dates.view import View
from engine.decide.flags import cause_of
from engine.letters.held_requests import waits_with
from engine.model.dossier import ReminderSent
from engine.model.family import Held, Letter
from engine.model.outcomes import LetterOwed
from engine.time.zones import local_day
from tests.support.dossiers import moment
from tests.support.reminders import ASK, LEAD, NUDGE, a_reminder
from tests.support.stories import Story, a_ladder

ASKS = a_ladder(ASK, NUDGE, LEAD)
DAY = timedelta(days=1)


@pytest.fixture
def story() -> Story:
    """Somebody was owed the request of a ladder on the day on which the case began."""
    made = a_reminder(ASKS)
    made.fires()
    return made


def _held(story: Story, **changed: object) -> ReminderSent:
    """The request, owed still."""
    first = next(each for each in story.dossier.asked if each.ladder == ASKS.name)
    return replace(first, outcome="owed", number=1, **changed)  # type: ignore[arg-type]  # by name


def _view(story: Story, request: ReminderSent, days: int) -> View:
    dossier = replace(story.dossier, asked=(request,))
    return View(story.workflow, dossier, story.now + days * DAY)


def _nudge(story: Story, request: ReminderSent) -> Letter:
    owed = LetterOwed("nudge", "facilitator", request.reader, ASKS.name)
    dossier = story.dossier
    return Letter(2, dossier.id, dossier.stay, owed, story.now + 5 * DAY, request.person)


def _until(story: Story, request: ReminderSent, days: int) -> Held | None:
    return waits_with(_view(story, request, days), _nudge(story, request))


def _late(story: Story) -> datetime:
    """The moment at which the day on which the lead is told is over where the office is."""
    on = local_day(story.now, story.dossier.office.zone) + 31 * DAY
    return moment(on.isoformat(), "00:00")


def test_what_reminds_of_it_waits_until_the_day_on_which_it_is_late_is_over(story: Story) -> None:
    request = _held(story, is_held=True)

    waits, after = _until(story, request, 6), _until(story, request, 40)

    assert waits is not None
    assert waits.until is not None
    assert abs(waits.until - _late(story)) < DAY
    assert after is None


def test_a_day_of_the_office_beyond_that_holds_no_reminder_longer(story: Story) -> None:
    early, beyond = story.now + 9 * DAY, story.now + 90 * DAY

    first = _until(story, _held(story, not_before=early), 6)
    later = _until(story, _held(story, not_before=beyond), 6)

    assert first is not None
    assert first.until == early
    assert later is not None
    assert later.until is not None
    assert abs(later.until - _late(story)) < DAY


def test_what_was_asked_and_is_held_by_nobody_keeps_no_reminder(story: Story) -> None:
    request = replace(_held(story), outcome="accepted")

    assert _until(story, request, 6) is None


def test_a_flag_says_whose_letter_the_office_holds_back_and_until_which_day(story: Story) -> None:
    until = story.now + 9 * DAY
    held, dated = _held(story, is_held=True), _held(story, not_before=until)
    day = local_day(until, story.dossier.office.zone)
    said = f"the letter to {held.person} is held back by the office"

    assert said in cause_of(_view(story, held, 6), ASKS).split("; ")
    assert f"{said} until {day}" in cause_of(_view(story, dated, 6), ASKS).split("; ")
    assert said not in cause_of(_view(story, dated, 10), ASKS)
