"""Letters that were kept before their answers were: they offer what their definition can take."""

from pathlib import Path

import pytest

from runtime.queries.history import entries
from runtime.queries.other_versions import others, wanted
from tests.storage.rows import meddle
from tests.support.answering_orchards import (
    CHANGES,
    PAIR,
    WELL,
    WORDS,
    answering,
    asked,
    by_word,
    in_letter,
    offers,
    on_page,
)
from tests.support.grove import Grove
from tests.support.versions import Orchards, brought, holds


@pytest.fixture
def place(tmp_path: Path, database_url: str) -> Orchards:
    """An orchard whose folder has answers, with letters that were kept without any."""
    return answering(tmp_path, database_url)


def _kept(place: Orchards, *, of_before: bool = True) -> Grove:
    """The pair of an orchard without answers, as it lies in a database from before they counted."""
    with place.planted() as grove:
        if of_before:
            assert meddle(grove.runtime.database, "UPDATE catalogues SET answers = NULL") == 1
        return grove


def test_answers_of_the_folder_are_offered_and_done_by_the_rules_of_the_pair(
    place: Orchards,
) -> None:
    before = _kept(place)
    offers(place)

    with place.opened(before) as grove:
        grove.sends(4)

        assert in_letter(asked(grove)) == ["DONE", "HELP"]
        assert by_word(grove, asked(grove), "DONE") == "answered: All is picked"
        note = grove.dossier(PAIR).latest("note")
        assert note is not None
        assert dict(note.content) == WELL
        assert grove.dossier(PAIR).state == "harvested"
        assert holds(grove)


@pytest.mark.parametrize("name", ["step renamed", "record renamed", "field renamed"])
def test_an_answer_that_the_pair_cannot_take_is_not_offered_before_it_is_brought(
    place: Orchards, name: str
) -> None:
    before = _kept(place)
    CHANGES[name](place)

    with place.opened(before) as grove:
        grove.sends(4)
        letter = asked(grove)

        assert in_letter(letter) == ["HELP"]
        assert on_page(grove, letter) == ["help"]
        assert by_word(grove, letter, "DONE").startswith("passed on: no line of it is a word")
        grove.days_pass(1)
        brought(grove)
        assert by_word(grove, letter, "HELP") == "answered: I would like help"


def test_that_answers_were_not_kept_is_all_that_differs_between_two_versions(
    place: Orchards,
) -> None:
    before = _kept(place)
    offers(place)

    with place.opened(before) as grove:
        (found, *_) = others(grove.runtime, wanted(grove.runtime, ""))

    assert found.sentences == ("what its letters offer as answers is kept with one of them only",)


def test_words_of_answers_are_noted_when_they_are_mended_and_not_when_they_come_in(
    place: Orchards,
) -> None:
    before = _kept(place)
    before.days_pass(1)
    offers(place)
    with place.opened(before) as grove:
        assert _mended(grove) == []
    says = {**WORDS["answers"], "help": {"says": "I need help", "word": "HELP"}}
    offers(place, words={**WORDS, "answers": says})

    with place.opened(before) as grove:
        assert _mended(grove) == ["en/answers.yaml"]


def _mended(grove: Grove) -> list[str]:
    told = entries(grove.runtime, grove.pairs[PAIR], 0, 100)
    return [each.what for each in told if each.kind == "words_mended"]


def test_letters_that_offered_nothing_offer_nothing_until_their_pair_is_brought(
    place: Orchards,
) -> None:
    before = _kept(place, of_before=False)
    offers(place)

    with place.opened(before) as grove:
        grove.sends(4)

        assert in_letter(asked(grove)) == []
        assert b"/a/" not in asked(grove).frozen
