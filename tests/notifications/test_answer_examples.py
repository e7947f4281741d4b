"""The days that stand as an example beside a reply word suit the meeting that is asked about."""

from dataclasses import replace
from datetime import date

import pytest

from engine.time.working_days import Workdays
from notifications.answer_words import Bounds, shown
from notifications.previews import SAMPLE_READER, preview
from tests.notifications.programmes import shipped, shipped_texts
from tests.support.world import wp6

DAYS = [each for each in wp6().answers.of("N-09.poll") if each.word == "DATES"]


@pytest.mark.parametrize(
    ("opens", "ends", "said"),
    [
        (None, None, "DATES 25 December, 1 January 2027"),
        (date(2027, 1, 11), date(2027, 2, 11), "DATES 11 January 2027, 18 January 2027"),
        (date(2027, 1, 11), date(2027, 1, 15), "DATES 11 January 2027"),
        (date(2026, 12, 1), date(2026, 12, 18), "DATES 25 December, 1 January 2027"),  # gone by
    ],
)
def test_days_lie_within_the_window_while_it_is_ahead(
    opens: date | None, ends: date | None, said: str
) -> None:
    (word,) = shown({}, DAYS, SAMPLE_READER, Bounds(opens=opens, ends=ends))

    assert word.word == said


def test_the_days_are_working_days_of_every_centre_that_comes() -> None:
    centres = (Workdays("AT"), Workdays("EE", closures=((date(2027, 1, 7), date(2027, 1, 8)),)))

    (word,) = shown({}, DAYS, SAMPLE_READER, Bounds(workdays=centres))

    assert word.word == "DATES 28 December, 4 January 2027"  # 25 to 27 December are days off
    (word,) = shown({}, DAYS, SAMPLE_READER, Bounds(opens=date(2027, 1, 6), workdays=centres))
    assert word.word == "DATES 11 January 2027, 18 January 2027"


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "DATES 11 January 2027, 18 January 2027"), ("fr", "DATES 11\xa0janvier 2027")],
)
def test_the_gallery_shows_them_within_the_window_that_the_letter_names(
    language: str, said: str
) -> None:
    reader = replace(SAMPLE_READER, language=language)

    seen = preview(shipped().stage("N-09.poll"), shipped_texts(), reader, wp6().answers)

    assert f"- {said}" in seen.rendered.text
