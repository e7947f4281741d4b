"""What a letter says that asks for the day of a meeting: days to choose from, or days to name."""

import re
from dataclasses import replace
from datetime import date

import pytest

from notifications.previews import SAMPLE_READER, samples
from notifications.render import Rendered
from runtime.texts import texts_of
from tests.support.world import wp6
from workflows.registry import built_in

LETTERS = wp6().letters
TEXTS = texts_of(built_in("wp6"), LETTERS, spoken=wp6().spoken)
POLLS = [each for each in LETTERS.stages() if each.name in {"poll", "poll_nudge"}]
TO_NAME = re.compile(r"(name|vous demande) (two or three|deux ou trois)")
TWO_DAYS = re.compile("half a day|full day|demi-journée|journée entière")
A_DAY = date(2027, 1, 14)
FOURTEENTH = r"14\s(?:January|janvier)\s2027"
OFFERED = [{"when": "2027-01-14", "until": "2027-01-15"}, {"when": "2027-01-21", "until": ""}]


def said(stage: str, language: str, **facts: object) -> str:
    return shown(stage, language, **facts).text


def shown(stage: str, language: str, **facts: object) -> Rendered:
    known = samples(TEXTS, LETTERS.stage(stage), "coordinator")
    known |= {"ahead": [], **facts}  # the timeline below a letter names its days once more
    reader = replace(SAMPLE_READER, language=language)
    return TEXTS.render(stage, known, reader)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("stage", [each.id for each in POLLS])
def test_options_are_numbered_once_and_nobody_is_asked_to_name_others_beside_them(
    stage: str, language: str
) -> None:
    offers = said(stage, language, on_offer=OFFERED, visit_proposed_on=None)
    asks = said(stage, language, on_offer=None, visit_proposed_on=None)

    assert re.findall(r"^(.*\d\.) (?:Thursday|jeudi)\b", offers, re.MULTILINE) == ["1.", "2."]
    opening, named = offers.split("\n\n")[1], asks.split("\n\n")[1]
    assert TO_NAME.search(" ".join(named.split()))
    assert not TO_NAME.search(" ".join(opening.split()))


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("stage", ["N-09.poll", "N-09.poll_nudge"])
def test_days_that_are_proposed_are_asked_about_and_no_others(stage: str, language: str) -> None:
    text = said(stage, language, on_offer=None, visit_proposed_on=A_DAY, visit_ends_on=A_DAY)

    assert not TO_NAME.search(" ".join(text.split("\n\n")[1].split()))
    assert len(re.findall(FOURTEENTH, text)) == 1


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("stage", ["N-09.poll", "N-09.poll_nudge"])
def test_a_subject_asks_for_dates_or_whether_those_proposed_suit(stage: str, language: str) -> None:
    proposed, offered, open_ = (
        shown(stage, language, on_offer=on_offer, visit_proposed_on=day).subject
        for on_offer, day in ((None, A_DAY), (OFFERED, A_DAY), (None, None))
    )

    assert re.search(r"suit\?|conviennent-elles\s\?", proposed)
    assert not re.search("your dates|vos dates", proposed, re.IGNORECASE)
    assert offered == open_
    assert re.search("your dates|vos dates", open_, re.IGNORECASE)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_visit_of_one_day_begins_and_ends_on_no_other(language: str) -> None:
    one: dict[str, object] = {"visit_starts": A_DAY, "visit_ends": A_DAY}
    one |= {"visit_begins_on": A_DAY, "visit_ends_on": A_DAY, "visit_ended": None}

    for stage in ("N-09.invitation", "N-09.agenda_sent"):
        text = said(stage, language, **one)
        assert not TWO_DAYS.search(text), text
        assert len(re.findall(FOURTEENTH, text)) == 1
    asked = said("N-09.agenda_ask", language, **one)
    assert len(re.findall(FOURTEENTH, " ".join(asked.split()))) == 1


def test_days_that_a_side_has_named_are_written_with_their_weekday_in_every_language() -> None:
    named = [{"who": "Vienna", "words": "2027-01-14, 2027-01-21"}]

    english, french = (said("N-22.fix", code, times_named=named) for code in ("en", "fr"))

    assert "- Vienna: Thursday 14 January 2027, Thursday 21 January 2027" in english
    assert "- Vienna\xa0: jeudi 14\xa0janvier 2027, jeudi 21\xa0janvier 2027" in french
