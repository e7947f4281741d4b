"""What letters say was asked: only what left counts, and on its day."""

from dataclasses import replace
from datetime import date

import pytest

from engine.dates.view import View
from engine.letters.open_item import ask_of
from tests.support.dossiers import moment
from tests.support.reminders import a_reminder
from tests.support.stories import a_ladder, a_rung

LADDER = a_ladder(a_rung("P0D", "ask"), a_rung("P9D", "phone"))


@pytest.mark.parametrize(
    ("outcome", "asked"),
    [
        ("accepted", (date(2026, 3, 2),)),
        *((each, ()) for each in ("refused", "withheld", "withdrawn", "superseded")),
        *((each, ()) for each in ("needs_human", "waiting", "owed")),
    ],
)
def test_nobody_is_said_to_have_been_asked_by_a_letter_that_did_not_leave(
    outcome: str, asked: tuple[date, ...]
) -> None:
    story = a_reminder(LADDER)
    story.fires()
    sent = tuple(replace(each, outcome=outcome) for each in story.dossier.asked)
    story.dossier = replace(story.dossier, asked=sent)

    story.now = moment("2026-03-12")
    found = ask_of(View(story.workflow, story.dossier, story.now), LADDER.name)

    assert found.tried == asked
    assert found.dates == asked


def test_what_is_said_to_be_done_already_counts_no_letter_to_the_office() -> None:
    told = a_rung("P9D", "phone", "facilitator")
    story = a_reminder(a_ladder(a_rung("P0D", "ask"), told))
    story.fires()
    story.now = moment("2026-03-12")
    story.fires()

    story.now = moment("2026-03-13")
    found = ask_of(View(story.workflow, story.dossier, story.now), LADDER.name)

    assert story.letters() == ["ask", "phone"]
    assert found.tried == (date(2026, 3, 2),)
