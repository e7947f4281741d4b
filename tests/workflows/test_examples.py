"""Examples of letters are believable: of their day, of their pair, and in their language."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from engine.letters.catalogue import EACH
from notifications.checking import problems
from notifications.previews import SAMPLE_READER
from tests.notifications.programmes import exhibited, shipped, shipped_texts
from workflows.programmes import load_programme
from workflows.registry import built_in
from workflows.yaml.problems import DefinitionProblemsError

ENGLISH = re.compile(r"\b(?:the|and|with|by|is|for|to|of|was|will|has|which|our|their)\b")
KEPT = re.compile(r"`[^`]*`|https?://\S+|Medical\s+University\s+of\s+Vienna")  # commands, names
LETTERS = shipped()


def test_nothing_of_a_french_letter_is_in_english() -> None:
    french = {each.name("txt"): each.rendered for each in exhibited() if each.language == "fr"}

    english = {
        name: found
        for name, each in french.items()
        if (found := ENGLISH.findall(KEPT.sub("", f"{each.subject} {each.preheader} {each.text}")))
    }

    assert len(french) > 100
    assert english == {}


@pytest.mark.parametrize("letter", ["N-01", "N-02", "N-03", "N-04", "N-26"])
def test_a_letter_from_before_the_match_knows_no_month_of_the_pair(letter: str) -> None:
    texts = [each.rendered.text for each in exhibited() if each.stage.letter == letter]

    assert texts
    assert [text for text in texts if "18." in text and "month" in text.partition("----")[2]] == []


def test_the_coordinator_is_called_about_what_the_coordinator_was_asked() -> None:
    subjects = {each.stage.id: each.rendered.subject for each in exhibited()}
    called = {f"N-{number}.phone" for number in ("04", "14", "16", "17")}

    assert {name for name in called if "Coordinator Vienna" not in subjects[name]} == set()


@pytest.mark.parametrize("name", ["asked_dates", "open_since", "signed_on", "context_since"])
def test_what_was_done_before_a_letter_lies_before_it(name: str) -> None:
    known = LETTERS.facts[name].sample()
    shown = [LETTERS.examples_of(stage, "en").get(name, known) for stage in LETTERS.stages()]

    days = [day for each in shown for day in (each if isinstance(each, tuple) else (each,))]

    assert [day for day in days if day > SAMPLE_READER.sent_on] == []


def test_the_nearer_example_counts_and_the_language_of_two_as_near() -> None:
    ask, nudge = LETTERS.stage("N-03.ask"), LETTERS.stage("N-04.nudge")

    assert (
        LETTERS.examples_of(ask, "en")["similarity_reason"]
        != (LETTERS.examples_of(ask, "fr")["similarity_reason"])
    )
    assert "similarity_reason" not in LETTERS.examples_of(nudge, "fr")
    assert LETTERS.examples_of(ask, "fr")["context_month"] is None
    assert EACH in LETTERS.examples["fr"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("en: {N-99: {renewed: null}}", "there is no letter N-99"),
        ("en: {N-03.aks: {renewed: null}}", "there is no letter N-03.aks"),
        ("en: {each: {renwed: null}}", "there is no fact renwed"),
    ],
)
def test_an_example_of_what_there_is_not_is_refused(
    tmp_path: Path, written: str, said: str
) -> None:
    folder = Path(shutil.copytree(built_in("wp6"), tmp_path / "wp6"))
    (folder / "examples.yaml").write_text(f"examples:\n  {written}\n", encoding="utf-8")

    with pytest.raises(DefinitionProblemsError) as refused:
        load_programme(folder)

    assert any("examples.yaml:2:" in each and said in each for each in refused.value.sentences)


def test_examples_in_a_language_that_no_letter_has_are_found_by_the_check() -> None:
    letters = replace(LETTERS, examples={**LETTERS.examples, "xx": {}})

    found = problems(letters, shipped_texts())

    assert [each for each in found if "not in xx" in each] == found != []
