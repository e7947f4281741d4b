"""What people write is read alike wherever they write it, or refused with what would be right."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.literals import choice, day, fact, moment, number, shown
from engine.model.fields import Field
from engine.time.written_moments import Here

HERE = Here(date(2026, 11, 25), "Europe/Vienna")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("no", False), ("Yes", True), ("TRUE", True), ("false", False)),
        *(("120", 120), ("-3", -3), ("0", 0)),
        *(
            ("007", "007"),
            ("1.5", "1.5"),
            ("soon", "soon"),
            ("norway", "norway"),
            ("9" * 19, "9" * 19),
        ),
    ],
)
def test_a_fact_without_a_type_is_what_it_looks_like(text: str, value: object) -> None:
    found = fact(text)

    assert (found, type(found)) == (value, type(value))


def test_a_moment_carries_its_offset() -> None:
    assert moment("2027-04-01T11:00+02:00") == datetime(2027, 4, 1, 9, tzinfo=UTC)
    assert moment("2027-04-01T09:00Z").utcoffset() == timedelta()


@pytest.mark.parametrize("text", ["", "2027-04-01T09:00", "2027-04-01", "noon"])
def test_what_is_no_moment_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a moment: write it like 2027-04-01T09:00Z"):
        moment(text)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("date", "2027-04-01", "2027-04-01"),
        ("yes_no", "No", False),
        ("whole", "12", 12),
        ("version", "2", 2),
        ("date", "1 Apr 2027", "2027-04-01"),
        ("date", "tomorrow", "2026-11-26"),
        ("moment", "2027-04-01 11:00", "2027-04-01T11:00+02:00"),
        ("moment", "2027-04-01T09:00Z", "2027-04-01T09:00+00:00"),
        ("choice", "Pilot", "pilot"),
        ("choice", "designated candidate", "designated_candidate"),
        ("number", "2.50", 2.5),
        ("number", "2,5", 2.5),
        ("list", "one, two", ["one, two"]),
        ("text", "12", "12"),
        ("person", "no", "no"),
    ],
)
def test_a_field_reads_what_was_written_by_its_kind(kind: str, text: str, value: object) -> None:
    words = ("pilot", "designated_candidate") if kind == "choice" else ()
    assert Field("field", kind, choices=words).read(text, HERE) == value


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("piolt", '"piolt" is none of its words: did you mean "pilot"? write one of pilot, other'),
        ("Cooking", '"Cooking" is none of its words: write one of other, pilot'),
    ],
)
def test_a_word_that_is_no_choice_is_told_the_words_there_are(text: str, says: str) -> None:
    with pytest.raises(ValueError, match="is none") as refused:
        choice(text, ("other", "pilot"))

    assert str(refused.value) == says


@given(st.text())
def test_whatever_is_written_is_read_or_refused_in_one_short_sentence(text: str) -> None:
    for read in (day, moment, number):
        try:
            read(text)
        except ValueError as error:
            assert ": write" in str(error) or ": correct" in str(error)  # noqa: PT017 - either is good
    assert shown(text).isprintable()
    assert len(shown(text)) <= 65
