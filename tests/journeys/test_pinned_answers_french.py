"""A word of a further language that the programme has no more counts for a pair that keeps it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from runtime.use_cases.directory import change_person
from tests.support.answering_orchards import (
    PAIR,
    answer_dropped,
    answering,
    asked,
    by_word,
    offers,
)
from tests.support.grove import Grove
from tests.support.growers import LEAD, key_of
from tests.support.versions import Document, Orchards
from tests.support.word_replies import words_in

FRENCH: Document = {
    "answers": {
        "done": {"says": "Tout est cueilli", "word": "FINI"},
        "help": {"says": "Il me faut une aide", "word": "AIDE"},
    },
    "values": {"words": "Ce qui aiderait"},
}
ASK = """Subject: Une note de votre part
Preheader: Attendue le {{ due_on | short }}.
Told: personne.
Reason: vous cultivez un verger.

{{ recipient_name }}, {{ reference }}, {{ facilitator_name }}.
"""


@pytest.fixture
def place(tmp_path: Path) -> Orchards:
    """An orchard whose letter to the growers is written in French as well."""
    found = answering(tmp_path)
    offers(found)
    words = found.folder / "words"
    french = words / "fr" / "letters"
    (french / "N-2").mkdir(parents=True)
    (french / "N-2" / "ask.txt").write_text(ASK, encoding="utf-8")
    frame = (words / "en" / "letters" / "frame.txt").read_text(encoding="utf-8")
    (french / "frame.txt").write_text(frame, encoding="utf-8")
    _says(found, FRENCH)
    return found


def _says(place: Orchards, words: Document) -> None:
    path = place.folder / "words" / "fr" / "answers.yaml"
    path.write_text(json.dumps(words), encoding="utf-8")


def _reads_french(grove: Grove) -> None:
    key = key_of(PAIR, "aspiring")
    change_person(grove.runtime, key, lambda known: replace(known, language="fr"), LEAD)


def test_a_french_word_that_is_gone_is_shown_and_understood(place: Orchards) -> None:
    with place.planted() as before:
        _reads_french(before)
    answer_dropped(place)
    _says(place, {**FRENCH, "answers": {"help": FRENCH["answers"]["help"]}})

    with place.opened(before) as grove:
        grove.sends(4)

        assert words_in(asked(grove)) == ["FINI", "AIDE"]
        assert by_word(grove, asked(grove), "fini") == "answered: All is picked"
        assert grove.dossier(PAIR).state == "harvested"
