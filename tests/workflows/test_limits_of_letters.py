"""A tired person reads a letter in ten seconds: how long its parts may be, in every language."""

import re
from collections.abc import Callable

from notifications.gallery import Exhibit
from notifications.previews import holding
from tests.notifications.programmes import exhibited
from tests.support.world import wp6

MERGED = holding(wp6().letters)  # as long as what goes in them
SUBJECT = {"en": 60, "fr": 72}  # characters, with the facts of the examples
WORDS = {"en": 200, "fr": 235}  # between the context and the notes
PREHEADER = range(15, 111)  # characters
LARGEST = 20_000  # bytes of a page
STAGES = 100  # there are more letters than that in each language


def test_a_subject_is_read_whole() -> None:
    assert _those(lambda each: len(each.rendered.subject) > SUBJECT[each.language]) == []
    assert _those(lambda each: each.rendered.subject[0].islower()) == []


def test_what_stands_beside_a_subject_is_another_sentence_of_its_length() -> None:
    assert _those(lambda each: each.rendered.preheader == each.rendered.subject) == []
    assert _those(_has_a_preheader_of_another_length) == []


def _has_a_preheader_of_another_length(letter: Exhibit) -> bool:
    return len(letter.rendered.preheader) not in PREHEADER and letter.stage.id not in MERGED


def test_the_body_is_short_and_calm() -> None:
    assert _those(lambda each: "!" in each.rendered.text) == []
    assert _those(lambda each: len(re.findall(r"^https?://", _body(each), re.MULTILINE)) > 1) == []
    assert _those(_is_long) == []


def _is_long(letter: Exhibit) -> bool:
    return letter.stage.id not in MERGED and len(_body(letter).split()) > WORDS[letter.language]


def _body(letter: Exhibit) -> str:
    return letter.rendered.text.partition("\n\n")[2].partition("\n----")[0]


def test_the_page_is_small() -> None:
    assert _those(lambda each: len(each.rendered.html.encode()) >= LARGEST) == []


def _those(are: Callable[[Exhibit], bool]) -> list[str]:
    """The letters of which something is so, by the names of their texts."""
    letters = [*exhibited()]
    assert len(letters) > 2 * STAGES
    return [each.name("text") for each in letters if are(each)]
