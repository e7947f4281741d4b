"""A reply word means one thing, its letter shows it where it counts, and no text writes it."""

import shutil
from pathlib import Path

import pytest

from notifications.answer_checks import wrong_words
from runtime.definitions import findings
from runtime.texts import texts_of
from workflows.programmes import load_programme
from workflows.registry import built_in


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(built_in("wp6"), tmp_path / "wp6"))


def _change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _wrong(folder: Path) -> list[str]:
    found = findings(load_programme(folder), folder)
    return [each.removeprefix(f"{folder}/") for each in found if "[" not in each]


def test_the_words_of_the_programme_are_all_right(folder: Path) -> None:
    assert _wrong(folder) == []


@pytest.mark.parametrize("word", ["DÉCLINER", "décliner", "Decline"])
def test_a_word_of_two_answers_is_refused_in_whichever_language(folder: Path, word: str) -> None:
    _change(folder, "words/fr/answers.yaml", "word: CONFIRMER", f"word: {word}")

    found = _wrong(folder)

    said = "DECLINE and the word of confirm are the same: give one of them another word"
    assert any(each.startswith("answers.yaml:") and f"in N-03.ask {said}" in each for each in found)


def test_words_that_no_letter_shows_are_refused(folder: Path) -> None:
    frame = folder / "words/en/letters/frame.txt"
    text = frame.read_text(encoding="utf-8")
    above, _, shown = text.partition("{% if answer_words %}")
    frame.write_text(f"{above}{shown[shown.index('----') :]}", encoding="utf-8")
    programme = load_programme(folder)

    texts = texts_of(folder, programme.letters, spoken=programme.spoken)
    found = list(wrong_words(programme.answers, texts))

    said = "N-16.ask takes the word AGREE, and no letter shows it: say a fact from letter.words in"
    assert any(said in each for each in found)


@pytest.mark.parametrize(("language", "word"), [("en", "CONFIRM"), ("fr", "DÉCLINER")])
def test_a_text_writes_no_word_by_itself(folder: Path, language: str, word: str) -> None:
    file = f"words/{language}/letters/N-04/nudge.txt"
    path = folder / file
    path.write_text(f"{path.read_text(encoding='utf-8')}\n({word})\n", encoding="utf-8")
    line = len(path.read_text(encoding="utf-8").splitlines())

    said = f"the text writes {word}, a word that its letter shows where it counts: take it away"
    assert _wrong(folder) == [f"{file}:{line}: {said}"]
