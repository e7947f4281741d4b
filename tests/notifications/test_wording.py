"""Dates, moments and lists as people read them, and lines that fit."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.letters.catalogue import LetterError
from notifications.wording import FILTERS, Reader, letters_sent
from notifications.wrapping import WIDTH, wrapped

READER = Reader("Europe/Vienna", date(2026, 12, 4))
LATE = datetime(2026, 12, 15, 23, 30, tzinfo=UTC)
AUGUST = (date(2026, 8, 27), date(2026, 8, 28))


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("day", date(2026, 12, 14), "Monday 14 December 2026"),
        ("day", LATE, "Wednesday 16 December 2026"),
        ("short", date(2026, 12, 14), "14 December"),
        ("short", date(2027, 1, 8), "8 January 2027"),
        ("short", LATE, "16 December"),
        ("by", date(2026, 12, 14), "by Monday 14 December 2026"),
        ("by", date(2026, 12, 4), "as soon as you can"),
        ("by", date(2026, 12, 3), "as soon as you can"),
        ("by_short", date(2027, 1, 8), "by 8 January 2027"),
        ("by_short", date(2026, 12, 4), "as soon as you can"),
        ("by_short", date(2026, 12, 3), "as soon as you can"),
        ("moment", LATE, "Wednesday 16 December 2026, 00:30 (Vienna time)"),
        ("brief", LATE, "16 December, 00:30"),
        ("month", date(2026, 8, 1), "August 2026"),
        ("span", AUGUST, "27 and 28 August 2026"),
        ("span", (date(2026, 8, 27), date(2026, 8, 27)), "27 August 2026"),
        ("span", (date(2026, 8, 27), date(2026, 8, 30)), "27 to 30 August 2026"),
        ("span", (date(2026, 8, 31), date(2026, 9, 1)), "31 August and 1 September 2026"),
        ("span", (date(2026, 8, 30), date(2026, 9, 2)), "30 August to 2 September 2026"),
        ("span", (date(2026, 12, 31), date(2027, 1, 1)), "31 December 2026 to 1 January 2027"),
        ("listed", (), "none"),
        ("listed", ("a",), "a"),
        ("listed", ("a", "b"), "a and b"),
        ("listed", ("a", "b", "c"), "a, b and c"),
        ("listed", ("a, b", "c", "d"), "a, b; c and d"),
        ("listed", (date(2026, 11, 30), date(2026, 12, 7)), "30 November and 7 December"),
        ("listed", (LATE,), "16 December, 00:30"),
        ("listed", (AUGUST, AUGUST), "27 and 28 August 2026 and 27 and 28 August 2026"),
        ("listed", (2, 2.5), "2 and 2.5"),
        ("written", "2026-12-14", "Monday 14 December 2026"),
        ("written", date(2026, 12, 14), "Monday 14 December 2026"),
        ("written", LATE, "Wednesday 16 December 2026, 00:30 (Vienna time)"),
        ("written", LATE.isoformat(), "Wednesday 16 December 2026, 00:30 (Vienna time)"),
        ("written", "of: 2026-12-14; at: House 4", "of: Monday 14 December 2026; at: House 4"),
        ("written", "2026-02-31, minutes-2026-12-14.pdf", "2026-02-31, minutes-2026-12-14.pdf"),
        ("written", "https://example.org/2026-12-14", "https://example.org/2026-12-14"),
        ("written", 2.5, "2.5"),
        ("country", "EE", "Estonia"),
        ("country", "XX", "invented country"),
        ("country", "Ruritania", "Ruritania"),
    ],
)
def test_a_value_reads_as_the_letter_book_says(name: str, value: object, text: str) -> None:
    assert FILTERS[name](value, READER) == text


@pytest.mark.parametrize("name", sorted(FILTERS.keys() - {"written", "country"}))
@pytest.mark.parametrize("value", [None, True, 7, {}, "soon", (True,), (None, None)], ids=repr)
def test_what_a_filter_cannot_write_it_refuses(name: str, value: object) -> None:
    with pytest.raises(LetterError, match=name):
        FILTERS[name](value, READER)


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("fr", ("lundi 14\u00a0décembre 2026", "8\u00a0janvier 2027", "août 2026")),
        ("cs", ("pondělí 14 prosince 2026", "8 ledna 2027", "srpen 2026")),
    ],
)
def test_days_and_months_have_the_names_of_the_readers_language(
    language: str, texts: tuple[str, ...]
) -> None:
    reader = Reader("Europe/Vienna", date(2026, 12, 4), language)

    written = (
        FILTERS["day"](date(2026, 12, 14), reader),
        FILTERS["short"](date(2027, 1, 8), reader),
        FILTERS["month"](date(2026, 8, 1), reader),
    )

    assert written == texts


def test_what_was_tried_is_said_by_number_and_last_day() -> None:
    days = [date(2026, 3, 3), date(2026, 2, 24)]

    assert letters_sent(days, READER) == ("2 letters, the last on 3 March 2026",)
    assert letters_sent(days[:1], READER) == ("1 letter, on 3 March 2026",)
    assert letters_sent([], READER) == ()


def test_utc_is_no_city() -> None:
    at_sea = Reader("UTC", date(2026, 12, 4))

    assert FILTERS["moment"](LATE, at_sea).endswith("23:30 (UTC)")


def test_a_list_entry_hangs_and_an_address_stands_alone() -> None:
    page = "https://pairing.example.org/a/" + "k" * 60
    text = f"- {'word ' * 20}\n1. Answer here: {page} (until Monday)\n"

    assert wrapped(text) == (
        f"- {'word ' * 14}".rstrip() + "\n  " + ("word " * 6).rstrip() + "\n"
        f"1. Answer here:\n   {page}\n   (until Monday)\n"
    )


def test_a_short_address_in_a_long_line_stands_alone_too() -> None:
    text = f"Answer here: https://example.org/a {'word ' * 12}and a little more"

    assert "\nhttps://example.org/a\n" in wrapped(text)


def test_short_lines_stay_as_they_are_and_gaps_close() -> None:
    text = "\n\nALL WELL          on course\n\n\n\nHELP   \n"

    assert wrapped(text) == "ALL WELL          on course\n\nHELP\n"


words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Zs", "Zl", "Zp"]), max_size=90
)


@given(st.lists(st.lists(words, max_size=12), max_size=6), st.sampled_from(["", "- ", "12. "]))
def test_folding_loses_no_word_and_breaks_none(lines: list[list[str]], marker: str) -> None:
    text = "\n".join(marker + " ".join(line) for line in lines)

    folded = wrapped(text)

    assert folded.split() == text.split()
    for line in folded.split("\n"):
        assert len(line) <= WIDTH or len(line.removeprefix(marker).split()) == 1
