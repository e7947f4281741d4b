"""What a letter asks for is what its page or a reply takes."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from engine.letters.answers import PassOn
from notifications.previews import SAMPLE_READER, bare_preview, preview
from runtime.texts import texts_of
from tests.support.world import wp6
from workflows.registry import built_in

LETTERS, ANSWERS = wp6().letters, wp6().answers
TEMPLATES = texts_of(built_in("wp6"), LETTERS, spoken=wp6().spoken)
LANGUAGES = ("en", "fr")
CALLS = {"N-12.offer", "N-14.offer", "N-16.offer"}  # they offer a call, whose time a reply names
_BY_REPLY = re.compile(r"by reply|par retour|a scan|copie numérisée")

_SEVERAL = re.compile(r"two or three times|times that suit|horaires", re.IGNORECASE)


def _texts(language: str) -> Iterator[tuple[str, str]]:
    """Each stage with all facts, and with none that may be missing."""
    reader = replace(SAMPLE_READER, language=language)
    for stage in LETTERS.stages():
        yield stage.id, preview(stage, TEMPLATES, reader).rendered.text
        yield stage.id, bare_preview(stage, TEMPLATES, reader).rendered.text


def _asked(text: str) -> str:
    """The paragraph above the greeting."""
    above = re.split(r"\n(?:Dear|Bonjour) ", text)[0]
    return " ".join(above.strip().split("\n\n")[-1].split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_its_page_takes_is_not_asked_for_by_reply_alone(language: str) -> None:
    taken = {
        stage.id
        for stage in LETTERS.stages()
        if any(not isinstance(each.does, PassOn) for each in ANSWERS.of(stage.id))
        and stage.id not in CALLS
    }

    asked = [(name, _asked(text)) for name, text in _texts(language) if name in taken]

    assert {"N-03.ask", "N-11.ask", "N-12.ask", "N-16.ask"} <= {name for name, _ in asked}
    assert [(name, words) for name, words in asked if _BY_REPLY.search(words)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_a_page_fixes_one_time_the_letter_asks_for_one(language: str) -> None:
    fixing = {
        stage.id
        for stage in LETTERS.stages()
        if any(each.name == "session_at" for each in ANSWERS.of(stage.id))
    }

    several = {
        name
        for name, text in _texts(language)
        if name in fixing and _SEVERAL.search(" ".join(text.split()))
    }

    assert fixing >= {"N-14.barrier", "N-14.deviation", "N-14.nudge"}
    assert several == set()
