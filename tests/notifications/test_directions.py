"""In a letter from right to left, names in Latin letters turn nothing that stands beside them."""

import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from notifications.directions import closed, isolated, rows_apart, with_commands
from notifications.inbound.opening import visible
from notifications.inbound.quotations import words_of_ours, written_below
from notifications.message import compose
from notifications.render import Rendered, Templates
from notifications.wording import FILTERS, Reader
from notifications.wrapping import WIDTH
from runtime.texts import texts_of
from tests.notifications.test_message import ENVELOPE, read
from tests.support.orchard import ORCHARD
from workflows.registry import load_programme

OPENS, CLOSES = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
NAME, PHONE = "Dr. Fern North (MUV)", "+43 1 555 0100"
READER = Reader("UTC", date(2026, 3, 2), "ar")
ASK = """Subject: مذكرة {{ reference }}.
Preheader: من {{ facilitator_name }}.
Told: {{ facilitator_name }}.
Reason: لأنك تزرع بستانًا.

{{ recipient_name }}، نرجو كتابة مذكرة {{ reference }} مع {{ facilitator_name }}.

الأمر: `pairing pair why {{ reference }}`.

- {{ reference }}: {{ facilitator_name }}.
- {{ recipient_name }}: {{ facilitator_name }}.
"""


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    """The orchard in Arabic, where its letter says more names."""
    folder = tmp_path_factory.mktemp("arabic") / "orchard"
    shutil.copytree(ORCHARD, folder)
    place = Path(shutil.copytree(ORCHARD.with_name("orchard_in_arabic"), folder / "words" / "ar"))
    (place / "letters" / "N-2" / "ask.txt").write_text(ASK, encoding="utf-8")
    english = folder / "words" / "en" / "letters" / "N-2" / "ask.txt"
    head, _, body = ASK.partition("\n\n")
    english.write_text(f"{head}\n\n{body}", encoding="utf-8")
    programme = load_programme(folder)
    return texts_of(folder, programme.letters, spoken=programme.spoken)


def _written(texts: Templates, language: str = "ar", **changed: str) -> Rendered:
    used = texts.used_facts("N-2.ask", language)
    facts = {name: each.sample() for name, each in texts.catalogue.facts.items() if name in used}
    known = {"reference": "VB-07", "facilitator_name": NAME, "recipient_name": "Anna Novak, PhD"}
    facts |= {**known, **changed}
    return texts.render("N-2.ask", facts, replace(READER, language=language))


@pytest.mark.parametrize("value", [NAME, "VB-07", PHONE, "a@example.org", "2026 - 12", "Ł"])
def test_what_is_written_from_left_to_right_is_isolated(value: str) -> None:
    assert isolated(value) == f"{OPENS}{value}{CLOSES}"


@pytest.mark.parametrize(
    "value",
    ["", "7", "مذكرة", "مذكرة Novak", "https://x.org/a", "One\ntwo", f"{OPENS}a{CLOSES}."],
)
def test_what_is_not_or_is_no_part_of_a_sentence_stands_as_it_is(value: str) -> None:
    assert isolated(value) == value


def test_each_entry_of_a_list_is_isolated_by_itself() -> None:
    assert FILTERS["listed"](("Bo Li", "A"), READER) == f"{OPENS}Bo Li{CLOSES} و{OPENS}A{CLOSES}"


def test_each_name_is_isolated_in_each_part_of_a_letter(texts: Templates) -> None:
    letter = _written(texts)

    assert letter.subject == f"مذكرة {OPENS}VB-07{CLOSES}."
    assert letter.preheader == f"من {OPENS}{NAME}{CLOSES}."
    assert f"من أُبلغ أيضًا: {OPENS}{NAME}{CLOSES}.\n" in letter.text
    assert f"<bdi>{NAME}</bdi>." in letter.html
    assert letter.html.count("<bdi>") == letter.html.count("</bdi>") > 5
    shown = re.sub(r"<[^>]*>", "", letter.html.partition("<body")[2])
    assert not {OPENS, CLOSES} & set(shown)


def test_a_letter_from_left_to_right_has_no_such_mark(texts: Templates) -> None:
    letter = _written(texts, "en")

    assert NAME in letter.text
    assert not re.search(f"[{OPENS}{CLOSES}]|<bdi>", letter.text + letter.subject + letter.html)


def test_an_isolate_ends_with_its_row_and_goes_on_in_the_next(texts: Templates) -> None:
    letter = _written(texts, recipient_name="Anna Maria Novak " * 8 + "PhD")

    rows = letter.text.splitlines()
    assert all(closed(row) == row for row in rows)
    assert len([row for row in rows if row.startswith(OPENS)]) >= 3
    assert max(len(re.sub(f"[{OPENS}{CLOSES}]", "", row)) for row in rows) <= WIDTH


def test_a_row_that_hangs_is_opened_behind_its_blanks() -> None:
    assert list(rows_apart([f"- {OPENS}a", f"  b{CLOSES} c"])) == [
        f"- {OPENS}a{CLOSES}",
        f"  {OPENS}b{CLOSES} c",
    ]


def test_a_command_is_copied_with_nothing_unseen_in_it(texts: Templates) -> None:
    letter = _written(texts)

    assert f"{OPENS}`pairing pair why VB-07`{CLOSES}." in letter.text
    assert "<code>pairing pair why VB-07</code>" in letter.html


def test_what_is_no_command_keeps_its_backticks_outside() -> None:
    assert with_commands("`a`") == "`a`"
    assert with_commands(f"`{OPENS}a{CLOSES}`") == "`a`"


def test_a_colon_in_a_name_begins_no_label(texts: Templates) -> None:
    letter = _written(texts, recipient_name="Re: Anna Novak")

    assert letter.html.count("<bdi>Re: Anna Novak</bdi>") == 2  # in a sentence, and in the list


def test_marks_of_somebody_else_turn_nothing(texts: Templates) -> None:
    letter = _written(texts, facilitator_name=f"{CLOSES}Fern{OPENS}\u2067 North")

    assert f"{OPENS}Fern\N{REPLACEMENT CHARACTER} North{CLOSES}" in letter.text


def test_words_that_another_letter_takes_over_keep_their_isolates(texts: Templates) -> None:
    sentence = f"مذكرة {OPENS}VB-07{CLOSES}."

    letter = _written(texts, facilitator_name=sentence)

    assert f"مع {sentence}." in letter.text


def test_a_reply_that_quotes_it_holds_no_words_of_the_writer(texts: Templates) -> None:
    letter = _written(texts)
    frozen = compose(ENVELOPE, letter).frozen
    quoted = "\n".join(f"> {line}" for line in letter.text.splitlines())

    for below in (quoted, letter.text):
        text = visible(f"نعم\n\n-----Original Message-----\n{below}\nBut ask Bo.")
        assert written_below(text, words_of_ours(frozen)) == ["But ask Bo."]


def test_the_subject_reads_back_as_it_was_written(texts: Templates) -> None:
    letter = _written(texts)

    assert read(compose(ENVELOPE, letter))["Subject"] == letter.subject
