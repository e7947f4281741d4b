"""A reply answers where it is one offered word and nothing else; the rest is for a person."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.inbound.plain_words import plain
from notifications.inbound.reply_words import (
    Readable,
    Understood,
    Unsure,
    WordOffered,
    answer_in,
)

TODAY = date(2026, 11, 30)
OFFERED = (
    WordOffered("confirm", ("CONFIRM", "CONFIRMER", "أؤكد")),
    WordOffered("decline", ("DECLINE", "DÉCLINER")),
    WordOffered("all_well", ("ALL WELL", "TOUT VA BIEN")),
    WordOffered("agree", ("AGREE", "D\u2019ACCORD")),
    WordOffered("later", ("LATER", "PLUS TARD"), day="not_before"),
    WordOffered("days", ("DATES",), day="days", several=True),
)
KNOWN = Readable(OFFERED, ("en", "fr", "ar"), TODAY, "Coordinator Vienna")
WORDS = tuple(word for each in OFFERED for word in each.words)


def answers(*lines: str) -> str:
    """The answer that these lines give, and its value; else the doubt."""
    found = answer_in(lines, KNOWN)
    return " ".join((found.answer, *found.values.values())) if isinstance(found, Understood) else ""


def doubt(*lines: str) -> str:
    found = answer_in(lines, KNOWN)
    assert isinstance(found, Unsure)
    return found.why


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("CONFIRM", "confirm"),
        ("  confirm.  ", "confirm"),
        ("*Confirm!*", "confirm"),
        ("\u00ab\u00a0Confirmer\u00a0\u00bb", "confirm"),
        ("\u200eCON\u00adFIRM\u200b", "confirm"),
        ("\uff23\uff2fNFIRM", "confirm"),
        ("decliner", "decline"),
        ("De\u0301cliner\u00a0!", "decline"),
        ("all\u00a0well", "all_well"),
        ("Tout va bien.", "all_well"),
        ("d'accord", "agree"),
        ("D\u2019accord", "agree"),
        ("أؤكد", "confirm"),
    ],
)
def test_a_word_is_known_however_it_is_spelt_and_in_any_language(line: str, answer: str) -> None:
    assert answers(line) == answer


@pytest.mark.parametrize(
    "line",
    [
        "LATER 2027-01-08",
        "later: 8 January 2027",
        "Later - 8 Jan",
        "LATER, Friday 8 January",
        "LATER 8.1.2027",
        "PLUS TARD : le 8 janvier 2027",
        "plus tard vendredi 8 janv.",
        "LATER 8 janvier",
        "LATER ٨ يناير ٢٠٢٧",
    ],
)
def test_a_day_is_read_beside_its_word(line: str) -> None:
    assert answers(line) == "later 2027-01-08"


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("DATES 8 January", "2027-01-08"),
        ("Dates: 8 January, 11 janvier; 12.1.2027.", "2027-01-08, 2027-01-11, 2027-01-12"),
    ],
)
def test_several_days_stand_beside_a_word_that_takes_them(line: str, days: str) -> None:
    assert answers(line) == f"days {days}"


def test_the_first_of_a_month_is_written_so_in_french() -> None:
    assert answers("PLUS TARD 1er février") == "later 2027-02-01"


@pytest.mark.parametrize(
    "line",
    [
        "LATER",
        "LATER tomorrow",
        "LATER next Monday",
        "LATER 5/4/2027",
        "LATER Monday 8 January 2027",  # a Friday
        "LATER 3 November 2026",  # over
        "LATER 8 January or 9 January",
        "LATER 8 January if the budget is paid",
        "LATER 31 June",
        "PLUS TARD jui 8",
        "LATER 8 January, 9 January",
        "DATES 8 January, 9 January or so",
        "DATES",
    ],
)
def test_a_day_that_is_none_or_two_is_for_a_person(line: str) -> None:
    assert doubt(line)


@pytest.mark.parametrize(
    "lines",
    [
        ("CONFIRM?",),
        ("I confirm",),
        ("CONFIRM if the budget is paid",),
        ("CONFIRM", "if the budget is paid"),
        ("Dear Fern,", "CONFIRM"),
        ("CONFIRM", "Best regards"),
        ("NOT CONFIRM",),
        ("HELP",),
        ("",),
        (),
    ],
)
def test_words_beside_an_answer_are_for_a_person(lines: tuple[str, ...]) -> None:
    assert doubt(*lines)


def test_two_answers_are_none_and_the_doubt_names_both() -> None:
    assert doubt("CONFIRM", "decline") == (
        'more than one answer stands in it: "CONFIRM", "decline"'
    )
    assert doubt("CONFIRM", "CONFIRM")


@pytest.mark.parametrize(
    "below",
    [
        "Coordinator Vienna",
        "coordinator vienna.",
        "Sent from my iPhone",
        "Von meinem iPhone gesendet",
        "Gesendet von Outlook für iOS",
        "Enviado desde mi iPhone",
        "Inviato da iPhone",
        "Wysłane z iPhone\u2019a",
        "Verzonden vanaf mijn iPad",
        "Trimis de pe iPhone-ul meu",
        "Skickat från min Samsung Galaxy",
        "Envoyé depuis mon appareil Galaxy",
        "Envoyé de mon iPhone",
        "Get Outlook for iOS <https://aka.ms/o0ukef>",
    ],
)
def test_a_name_and_what_a_program_adds_are_no_words_of_the_writer(below: str) -> None:
    assert answers("CONFIRM", "", below) == "confirm"
    assert not answers(below, "CONFIRM")


@given(st.lists(st.text(max_size=40), max_size=5))
def test_nothing_is_answered_by_what_holds_no_offered_line(lines: list[str]) -> None:
    said = [plain(line) for text in lines for line in text.splitlines()]
    if not any(each.startswith(plain(word)) for word in WORDS for each in said):
        assert isinstance(answer_in(lines, KNOWN), Unsure)


@given(
    st.sampled_from(WORDS),
    st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1, max_size=30),
)
def test_any_word_more_is_for_a_person(word: str, more: str) -> None:
    assert isinstance(answer_in([word, more], KNOWN), Unsure)
    assert isinstance(answer_in([more, word], KNOWN), Unsure)


@given(st.text(max_size=200))
def test_any_line_is_read_in_some_way(line: str) -> None:
    for word in WORDS:
        answer_in([f"{word} {line}"], KNOWN)


CHOOSES = replace(KNOWN, offered=(*KNOWN.offered, WordOffered("choose", ("1, 2",), numbers="some")))


@pytest.mark.parametrize("line", ["2", "1, 3", "1;3", "\u0661\u060c \u0663", "2."])
def test_numbers_alone_choose_among_what_is_numbered(line: str) -> None:
    found = answer_in([line], CHOOSES)

    assert isinstance(found, Understood)
    assert (found.answer, set(found.values)) == ("choose", {"some"})
    assert set(found.values["some"]) <= set("123,;\u060c ")


@pytest.mark.parametrize("line", ["2?", "2 and a call", "the 2nd", "No 2", "1 3", "12345"])
def test_a_number_with_words_beside_it_is_for_a_person(line: str) -> None:
    assert isinstance(answer_in([line], CHOOSES), Unsure)
