"""Templates that try to get out, to last for ever, or to fail at the worst moment (B11)."""

import re
from datetime import date
from pathlib import Path

import pytest

from engine.letters.catalogue import LetterError
from notifications.checking import problems
from notifications.sheets import MOST_SOURCE
from notifications.wording import Reader
from tests.notifications import programmes
from tests.notifications.programmes import fact
from tests.support.hostile_texts import BOMBS, ESCAPES, HUGE, LINKS, MISTAKES

READER = Reader("Europe/Paris", date(2026, 12, 4))
NAME = fact("name", "text", "Lead")
DUE = fact("due", "date", "2026-12-14")
MANY = fact("many", "list_of_text", [str(count) for count in range(500)])
ITEMS = fact("items", "list_of_items", [{"text": "minutes"}])
FACTS = (NAME, DUE, MANY, ITEMS)

CASES = [
    *(("body", text) for text in (*ESCAPES, *BOMBS, *MISTAKES)),
    *(("subject", text) for text in (*ESCAPES, *BOMBS, *MISTAKES) if len(text) < 1000),
]


@pytest.mark.parametrize(("place", "text"), CASES, ids=lambda word: word[:60])
def test_a_hostile_text_is_refused_with_the_letter_it_stands_in(
    tmp_path: Path, place: str, text: str
) -> None:
    body, subject = (text, "A letter") if place == "body" else ("Hello.", text)
    letters = programmes.templates(tmp_path, body, *FACTS, subject=subject)
    facts = {one.name: one.sample() for one in FACTS}

    with pytest.raises(LetterError, match=r"N-01|ask\.txt") as refusal:
        letters.render("N-01.ask", facts, READER)

    assert len(str(refusal.value)) < 500
    assert _lines(tmp_path, problems(letters.catalogue, letters)) <= _of(place, text)


@pytest.mark.parametrize("text", [*LINKS, *HUGE], ids=map(str, range(len(LINKS + HUGE))))
def test_a_text_without_its_link_or_without_an_end_is_refused_at_its_line(
    tmp_path: Path, text: str
) -> None:
    letters = programmes.templates(tmp_path, text, *FACTS)

    assert _lines(tmp_path, problems(letters.catalogue, letters)) <= _of("body", text)


def _lines(folder: Path, found: list[str]) -> set[int]:
    """Where the problems are: each is of the letter's file, at a line of it."""
    place = re.compile(re.escape(str(folder / "en/letters/N-01/ask.txt")) + r":(\d+): ")
    lines = [place.match(each) for each in found]
    assert lines
    assert None not in lines, found
    return {int(line[1]) for line in lines if line is not None}


def _of(place: str, text: str) -> set[int]:
    """The lines that a text takes up in its file; one that is too long is no line's fault."""
    if len(text) > MOST_SOURCE:
        return {1}
    return set(range(4, 5 + text.count("\n"))) if place == "body" else {1}


def test_a_mistake_is_found_at_its_line(tmp_path: Path) -> None:
    letters = programmes.templates(tmp_path, "First\nSecond\n{{ name | shrt }}\n", NAME)

    with pytest.raises(LetterError, match=r"letter N-01\.ask, body, line 6: .*shrt"):
        letters.used_facts("N-01.ask")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("", r"ask\.txt:1"),
        ("Hello\n", r"ask\.txt:1"),
        ("Subject:\nPreheader: x\n\nx", r"ask\.txt:1"),
        ("Subject: x\n\nx", r"ask\.txt:2"),
        ("Subject: x\nPreheader: x\nx", r"ask\.txt:3"),
        (b"\xff\xfe", "UTF-8"),
        (None, "no text"),
    ],
)
def test_a_file_without_its_three_parts_is_named(
    tmp_path: Path, text: str | bytes | None, where: str
) -> None:
    letters = programmes.templates(tmp_path, "Hello.")
    path = tmp_path / "en" / "letters" / "N-01" / "ask.txt"
    if text is None:
        path.unlink()
    else:
        path.write_bytes(text.encode() if isinstance(text, str) else text)

    with pytest.raises(LetterError, match=where):
        letters.render("N-01.ask", {}, READER)
