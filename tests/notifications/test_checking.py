"""Catalogue and texts agree, and so do those that are shipped."""

from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from engine.letters.attention import Attention
from engine.letters.catalogue import Catalogue
from engine.time.slots import Slot
from notifications.blocks import COMMAND
from notifications.checking import problems
from notifications.previews import preview
from notifications.wrapping import WIDTH
from tests.notifications import programmes
from tests.notifications.programmes import fact

NAME = fact("name", "text", "Lead")


def test_a_good_programme_has_no_problems(tmp_path: Path) -> None:
    letters = programmes.templates(tmp_path, "Dear {{ name }}.", NAME)

    assert problems(letters.catalogue, letters) == []


def test_a_fact_that_no_letter_says_is_a_problem(tmp_path: Path) -> None:
    letters = programmes.templates(tmp_path, "Hello.", NAME)

    [problem] = problems(letters.catalogue, letters)

    assert "fact name is declared and no letter says it" in problem


def test_a_stage_without_a_text_is_a_problem(tmp_path: Path) -> None:
    letters = programmes.templates(tmp_path, "Hello.")
    (tmp_path / "en" / "letters" / "N-01" / "ask.txt").unlink()

    [problem] = problems(letters.catalogue, letters)

    assert "no text" in problem


@pytest.mark.parametrize(
    "stray",
    ["en/letters/N-01/ask_again.txt", "en/letters/N-02/ask.txt", "en/letters/ask.txt", "x/y.txt"],
)
def test_a_text_without_a_stage_is_a_problem(tmp_path: Path, stray: str) -> None:
    letters = programmes.templates(tmp_path, "Hello.")
    path = tmp_path / stray
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x", encoding="utf-8")

    [problem] = problems(letters.catalogue, letters)

    assert stray in problem


def test_an_example_that_does_not_fit_its_type_is_a_problem(tmp_path: Path) -> None:
    letters = programmes.templates(tmp_path, "{{ due | day }}", fact("due", "date", "soon"))

    assert ["fact due" in problem for problem in problems(letters.catalogue, letters)] == [True]


def test_a_text_that_forgets_an_empty_fact_is_a_problem(tmp_path: Path) -> None:
    letters = programmes.templates(tmp_path, "{{ name }}", replace(NAME, optional=True))

    assert ["empty" in problem for problem in problems(letters.catalogue, letters)] == [True]


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return programmes.shipped()


def test_the_shipped_letters_and_texts_agree(shipped: Catalogue) -> None:
    assert problems(shipped, programmes.shipped_texts()) == []


def test_every_shipped_letter_has_a_preview_that_can_be_read(shipped: Catalogue) -> None:
    texts = programmes.shipped_texts()
    shown = [preview(each, texts) for each in shipped.stages()]

    assert shown
    for one in shown:
        rendered = one.rendered
        words = (COMMAND.sub("", line).strip() for line in rendered.text.split("\n"))
        assert all(len(line) <= WIDTH or " " not in line for line in words), one.stage.id
        assert rendered.subject
        assert rendered.preheader
        assert "None" not in rendered.text.split()
        assert "{{" not in rendered.text


def test_a_letter_in_which_others_go_and_that_does_not_say_them_is_a_problem(
    tmp_path: Path,
) -> None:
    letters = programmes.templates(tmp_path, "Dear {{ name }}.", NAME)
    stage = next(letters.catalogue.stages())
    attention = {"lead": Attention(time(8), time(18), (Slot(time(8)),), stage.id)}
    letters.catalogue = replace(letters.catalogue, attention=attention)

    found = problems(letters.catalogue, letters)

    assert [each.partition(":1: ")[2] for each in found] == [
        f"letters go in this one, and it leaves out a fact of digest.{which}: say it"
        for which in ("news", "requests")
    ]
