"""What the texts of letters hang on: names and open items, whatever the language."""

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from engine.letters.catalogue import Stage
from notifications.previews import SAMPLE_READER, preview
from runtime.texts import texts_of
from tests.support.world import wp6
from workflows.registry import built_in

TEXTS = sorted((built_in("wp6") / "words").glob("*/letters/*/*.txt"))
LETTERS = wp6().letters
TEMPLATES = texts_of(built_in("wp6"), LETTERS, spoken=wp6().spoken)
_COMPARED = re.compile(r"""[=!]=\s*(?:'([^']*)'|"([^"]*)")""")
# What somebody else is asked for, as the texts tell it.
_ASKED = re.compile(r"\b(?:is|are) asked for\b|\breceives a short hosting list")
_OPEN = "ask.open."
_WRONG = [
    {"subject": subject, "sent": "2027-01-14", "part": True} for subject in ("Visit", "Agenda")
]


@pytest.mark.parametrize(
    "text", TEXTS, ids=lambda path: "-".join([path.parts[-4], path.parent.name, path.stem])
)
def test_nothing_in_a_text_hangs_on_a_title(text: Path) -> None:
    workflows = wp6().workflows.values()
    states = (state for each in workflows for state in each.states.values())
    meetings = (meeting for each in workflows for meeting in each.meetings.values())
    steps = (step for each in workflows for step in each.transitions)
    titles = {named.title for group in (states, meetings, steps) for named in group}

    compared = {a or b for a, b in _COMPARED.findall(text.read_text(encoding="utf-8"))}

    assert compared & titles == set(), "compare a name: a title is another in another language"


@pytest.mark.parametrize("stage", tuple(LETTERS.stages()), ids=lambda stage: stage.id)
def test_nobody_is_said_to_be_asked_for_what_is_not_open(stage: Stage) -> None:
    settled = {name for name, fact in LETTERS.facts.items() if fact.source.startswith(_OPEN)}
    known = TEMPLATES.used_facts(stage.id)
    facts = {name: LETTERS.facts[name].sample() for name in known - settled}

    text = TEMPLATES.render(stage.id, facts, SAMPLE_READER).text

    assert _ASKED.findall(" ".join(text.split())) == [], f"ask first, by a fact from {_OPEN}…"


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("stage", ["N-24.corrected", "N-24.taken_back"])
def test_each_letter_that_was_wrong_stands_on_a_line_of_its_own(stage: str, language: str) -> None:
    facts = {name: LETTERS.facts[name].sample() for name in TEMPLATES.used_facts(stage)}
    reader = replace(SAMPLE_READER, language=language)

    text = TEMPLATES.render(stage, {**facts, "wrong_letters": _WRONG}, reader).text

    lines = [line for line in text.split("\n") if line.startswith("- ")]
    for letter in _WRONG:
        assert len([line for line in lines if str(letter["subject"]) in line]) == 1


@pytest.mark.parametrize(
    ("language", "why"),
    [("en", "and cannot be switched off"), ("fr", "et ne peut être désactivée")],
)
def test_each_letter_says_why_it_cannot_be_switched_off(language: str, why: str) -> None:
    reader = replace(SAMPLE_READER, language=language)
    shown = {each.id: preview(each, TEMPLATES, reader).rendered for each in LETTERS.stages()}

    silent = [
        name
        for name, rendered in shown.items()
        if {_times(why, rendered.text), _times(why, unescape(rendered.html))} != {1}
    ]

    assert silent == []


def _times(words: str, text: str) -> int:
    return " ".join(text.split()).count(words)


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ["1. Your days (VB-07); East asks", "2. The agenda, by 18 December"]),
        ("fr", ["1. Your days (VB-07)\N{NO-BREAK SPACE}; East le demande"]),
    ],
)
def test_several_requests_stand_in_a_line_each_above_the_greeting(
    language: str, lines: list[str]
) -> None:
    stage, reader = LETTERS.stage("N-23.digest"), replace(SAMPLE_READER, language=language)

    text = preview(stage, TEMPLATES, reader).rendered.text

    above = re.split(r"\n(?:Dear|Bonjour) ", text)[0].splitlines()
    assert [each for each in above if each in lines] == lines
