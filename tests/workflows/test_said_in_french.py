"""What the programme says by itself, in no text of a letter: a French reader reads it in French."""

import re

import pytest

from notifications.languages import LANGUAGES, language_of
from notifications.previews import SAMPLE_READER, samples
from notifications.terms import TROUBLES
from notifications.wording import Reader
from runtime.texts import texts_of
from storage.programme import incidents
from tests.architecture.tree import ROOMS, ROOT, modules
from tests.support.world import wp6
from workflows.registry import built_in

LETTERS = wp6().letters
TEXTS = texts_of(built_in("wp6"), LETTERS, spoken=wp6().spoken)
FRENCH = Reader(SAMPLE_READER.zone, SAMPLE_READER.sent_on, "fr")
_TROUBLE = re.compile(r'Trouble\(\s*"(\w+)"')


def written(stage: str, **facts: object) -> str:
    known = samples(TEXTS, LETTERS.stage(stage), LETTERS.stage(stage).to[0])
    return " ".join(TEXTS.render(stage, known | facts, FRENCH).text.split())


@pytest.mark.parametrize(
    ("stage", "fact", "kept", "said"),
    [
        ("N-13.note", "note_summary", "All is well.", "Tout va bien."),
        (
            "N-16.response",
            "response_text",
            "I agree with the report as it is.",
            "approuve le rapport tel quel.",
        ),
    ],
)
def test_what_an_answer_files_by_itself_is_said_in_french(
    stage: str, fact: str, kept: str, said: str
) -> None:
    text = written(stage, **{fact: kept})

    assert said in text
    assert kept not in text


def test_what_failed_is_told_in_the_language_of_whoever_reads_the_overview() -> None:
    rows = [
        {"number": number, "what": said, "since": SAMPLE_READER.sent_on}
        for number, said in enumerate(TROUBLES.values(), 1)
    ]

    text = written("N-22.overview", incidents=rows)

    assert [said for said in TROUBLES.values() if said in text] == []
    assert "une lettre n\N{RIGHT SINGLE QUOTATION MARK}a pas pu être écrite" in text


@pytest.mark.parametrize("language", [each for each in LANGUAGES if each != "en"])
def test_each_kind_of_trouble_has_words_in_each_language(language: str) -> None:
    sources = "".join((ROOT / each).read_text() for room in ROOMS for each in modules(room))
    named = {kind for name, kind in vars(incidents).items() if re.fullmatch("[A-Z]+", name)}
    kinds = {*_TROUBLE.findall(sources), *(each for each in named if isinstance(each, str))}

    assert kinds == TROUBLES.keys()
    assert [each for each in TROUBLES.values() if language_of(language).word(each) == each] == []


def test_a_day_within_the_reason_that_a_letter_waits_is_written_as_people_write_it() -> None:
    why = "withheld: not before 2026-12-09: the ward moves"
    rows = [{"who": "Team lead", "why": why, "until": None, "count": 1}]

    assert "9 décembre 2026" in written("N-22.overview", withheld=rows)
