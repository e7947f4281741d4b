"""A tired person reads a letter in ten seconds: how long its parts may be, in every language."""

import re

import pytest

from notifications.gallery import Exhibit
from notifications.previews import holding
from tests.notifications.programmes import exhibited
from tests.support.world import wp6

MERGED = holding(wp6().letters)  # as long as what goes in them
SUBJECT = {"en": 60, "fr": 72}  # characters, with the facts of the examples
WORDS = {"en": 200, "fr": 235}  # between the context and the notes
PREHEADER = range(15, 111)  # characters
LARGEST = 20_000  # bytes of a page


@pytest.fixture(params=exhibited(), ids=lambda each: each.name("text"))
def letter(request: pytest.FixtureRequest) -> Exhibit:
    found = request.param
    assert isinstance(found, Exhibit)
    return found


def test_a_subject_is_read_whole(letter: Exhibit) -> None:
    subject = letter.rendered.subject

    assert len(subject) <= SUBJECT[letter.language]
    assert not subject[0].islower()


def test_what_stands_beside_a_subject_is_another_sentence_of_its_length(letter: Exhibit) -> None:
    assert len(letter.rendered.preheader) in PREHEADER or letter.stage.id in MERGED
    assert letter.rendered.preheader != letter.rendered.subject


def test_the_body_is_short_and_calm(letter: Exhibit) -> None:
    body = letter.rendered.text.partition("\n\n")[2].partition("\n----")[0]

    if letter.stage.id not in MERGED:
        assert len(body.split()) <= WORDS[letter.language]
    assert "!" not in letter.rendered.text
    assert len(re.findall(r"^https?://", body, re.MULTILINE)) <= 1


def test_the_page_is_small(letter: Exhibit) -> None:
    assert len(letter.rendered.html.encode()) < LARGEST
