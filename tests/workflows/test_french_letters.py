"""The French letters of the programme: complete, typeset as French is, and kind to every name."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from engine.letters.catalogue import Stage
from engine.model.reasons import SEVERITIES
from notifications import languages
from notifications.previews import SAMPLE_READER, bare_preview, preview, preview_together
from notifications.render import Rendered
from runtime.texts import texts_of
from tests.support.world import wp6
from workflows.programme import built_in

FOLDER = built_in("wp6")
PROGRAMME = wp6()
TEMPLATES = texts_of(FOLDER, PROGRAMME.letters, spoken=PROGRAMME.spoken)
STAGES = list(PROGRAMME.letters.stages())
FILES = sorted((FOLDER / "words" / "fr").rglob("*.*"))
READER = replace(SAMPLE_READER, language="fr")
TERMS = PROGRAMME.spoken["fr"].terms

_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|`[^`]*`")
_CENTRES = (
    "coordinator_centre|aspiring_centre|coordinator_short|aspiring_short|visit_city|bad_centre"
)
# Articles differ from one name to the next: l'Institut Curie, IPO Porto.
_JOINED = re.compile(rf"\b(de|à|du|au|le|la|que|d\u2019|l\u2019|qu\u2019) ?\{{\{{ ?({_CENTRES})\b")
_PEOPLE = r"\w+_name|\w+_person|writer|stands_in_for|\w+\.instead_of|asked_instead|own|others|who"
# Before a vowel they are cut: d'Hélène.
_CUT = re.compile(rf"\b(de|que|d\u2019|qu\u2019) ?\{{+ ?({_PEOPLE})\b")
_CATALOGUE = Path(languages.__file__).parent / "locale" / "fr" / "LC_MESSAGES" / "letters.po"
_ENGLISH = re.compile(r"\b(the|and|you|your|is|are|of|with|please|what|which)\b", re.IGNORECASE)
_MOST_SUBJECT, _MOST_PREHEADER = 72, 110  # characters


def _said(stage: Stage) -> Rendered:
    return preview(stage, TEMPLATES, READER).rendered


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.id)
def test_a_letter_is_written_in_french_with_and_without_what_may_be_missing(stage: Stage) -> None:
    rendered, bare = _said(stage), bare_preview(stage, TEMPLATES, READER).rendered

    for each in (rendered, bare):
        assert "Pourquoi cette lettre : " in each.text.replace("\N{NO-BREAK SPACE}", " ")
        assert "Bonjour " in each.text
        assert "Why you get this" not in each.text
    for other in stage.goes_with:
        along = PROGRAMME.letters.stage(other)
        both = preview_together(along, stage, TEMPLATES, READER).rendered
        assert _said(stage).subject.upper() in both.text.replace("\n", " ")


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.id)
def test_subject_and_preheader_are_short(stage: Stage) -> None:
    rendered = _said(stage)

    assert len(rendered.subject) <= _MOST_SUBJECT
    assert len(rendered.preheader) <= _MOST_PREHEADER


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.id)
def test_a_letter_says_in_as_many_paragraphs_what_the_english_one_says(stage: Stage) -> None:
    french, english = _said(stage).text, preview(stage, TEMPLATES).rendered.text

    assert french.count("\n- ") >= english.count("\n- ")
    assert french.count("\n\n") == english.count("\n\n")


@pytest.mark.parametrize("file", FILES, ids=lambda file: "-".join(file.parts[-2:]))
def test_marks_of_two_parts_stand_behind_a_space_that_binds(file: Path) -> None:
    text = "\n".join(
        _JINJA.sub("x", line)
        for line in file.read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    )

    assert re.findall(r".* [:;?!»].*|.*« .*", text) == []
    assert re.findall(r".*[^\s  (/\"x:0-9][;?!].*", text) == []
    assert "'" not in text
    assert re.findall(r"«(?!\xa0)|(?<!\xa0)»", text) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: "-".join(file.parts[-2:]))
def test_no_article_is_joined_to_the_name_of_a_centre(file: Path) -> None:
    assert _JOINED.findall(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("file", [*FILES, _CATALOGUE], ids=lambda file: "-".join(file.parts[-2:]))
def test_no_word_that_a_vowel_cuts_stands_before_the_name_of_a_person(file: Path) -> None:
    assert _CUT.findall(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: "-".join(file.parts[-2:]))
def test_no_english_is_left(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    if file.suffix == ".yaml":
        lines = [line.partition(": ")[2] for line in lines if not line.startswith("#")]

    assert [line for line in lines if _ENGLISH.search(_JINJA.sub("", line))] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: "-".join(file.parts[-2:]))
def test_nobody_is_addressed_by_their_gender_and_nothing_is_shouted(file: Path) -> None:
    text = file.read_text(encoding="utf-8")

    assert re.findall(r"\w·\w|\(e\)|\bCher\b|\bChère\b|!", _JINJA.sub("", text)) == []


def test_every_title_that_the_programme_can_say_is_called_something_in_french() -> None:
    titles = {
        title
        for workflow in PROGRAMME.workflows.values()
        for title in (
            *(state.title for state in workflow.states.values()),
            *(step.title for step in workflow.transitions),
            *(record.title for record in workflow.records.values()),
            *(meeting.title for meeting in workflow.meetings.values()),
            *(flag.title for flag in workflow.flags.values()),
            *(ladder.title for state in workflow.states.values() for ladder in state.ladders),
            *(each.says for each in workflow.requirements()),
        )
    }

    assert titles - TERMS.keys() == set()
    assert len(titles) > len(SEVERITIES)


def test_a_record_that_was_corrected_names_its_fields_in_french() -> None:
    stage = PROGRAMME.letters.stage("N-24.corrected")
    facts = {
        name: PROGRAMME.letters.facts[name].sample() for name in TEMPLATES.used_facts(stage.id)
    }
    rows = [{"field": "objectives, 2, state", "before": "open", "after": "blocked"}]

    text = TEMPLATES.render(stage.id, {**facts, "corrected_fields": rows}, READER).text

    assert "- objectifs, 2, état : bloqué (nous avions écrit : ouvert)" in _plain(text)
    assert "« Dates de la première visite »" in _plain(text)


def test_a_length_of_time_that_a_setting_gives_is_said_in_french() -> None:
    stage = PROGRAMME.letters.stage("N-13.note")

    assert "vient dans 3 mois environ" in _plain(_said(stage).text)


def _plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
