"""A receipt says what was answered as its reader says it, on their clocks."""

from dataclasses import replace

import pytest

from notifications.previews import SAMPLE_READER, samples
from runtime.texts import texts_of
from tests.support.world import wp6
from workflows.registry import built_in

LETTERS = wp6().letters
TEXTS = texts_of(built_in("wp6"), LETTERS, spoken=wp6().spoken)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "- Thursday 16 April 2026, 15:00 (Tallinn time)"),
        ("fr", "- jeudi 16 avril 2026 à 15 h 00 (heure de Tallinn)"),
    ],
)
def test_a_time_that_was_chosen_is_said_on_the_clocks_of_its_reader(
    language: str, said: str
) -> None:
    stage = LETTERS.stage("N-26.receipt")
    chosen = {"recorded": ("These of your options suit us", "2026-04-16T14:00+02:00")}
    facts = samples(TEXTS, stage, "coordinator") | chosen
    reader = replace(SAMPLE_READER, zone="Europe/Tallinn", language=language)

    body = TEXTS.words(stage.id, facts, reader)["body"]

    assert said in body.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
    assert "2026-04" not in body
