"""A day is understood as people write it, or refused with the days it could mean."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.time.day_words import NeedsTodayError, day_in_words
from engine.time.written_days import read_day

TODAY = date(2026, 11, 25)  # a Wednesday
THIRD = date(2026, 11, 3)


@pytest.mark.parametrize(
    "text",
    [
        *("2026-11-03", "2026-11-3", "2026/11/03", "2026.11.3"),
        *("3.11.2026", "03.11.2026", "3. 11. 2026"),
        *("3 Nov 2026", "3 nov. 2026", "3. November 2026", "03 November, 2026", "3-Nov-2026"),
        *("3rd of November 2026", "Nov 3 2026", "November 3rd, 2026", "2026 Nov 3"),
        *("Tue 3 Nov 2026", "Tuesday, 3 November 2026", "tues. 3 november 2026"),
    ],
)
def test_the_same_day_is_read_however_it_is_written(text: str) -> None:
    assert read_day(text) == THIRD
    assert read_day(text, TODAY) == THIRD


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("13/11/2026", date(2026, 11, 13)),
        ("11/13/2026", date(2026, 11, 13)),
        ("3/3/2026", date(2026, 3, 3)),
        ("4.3.2026", date(2026, 3, 4)),
        ("29 Feb 2028", date(2028, 2, 29)),
    ],
)
def test_figures_that_can_mean_one_day_only_are_that_day(text: str, day: date) -> None:
    assert read_day(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", TODAY),
        ("Tomorrow", date(2026, 11, 26)),
        ("yesterday", date(2026, 11, 24)),
        ("the day after tomorrow", date(2026, 11, 27)),
        ("in 3 days", date(2026, 11, 28)),
        ("in a week", date(2026, 12, 2)),
        ("2 weeks ago", date(2026, 11, 11)),
        ("next Monday", date(2026, 11, 30)),
        ("Monday", date(2026, 11, 30)),
        ("on Friday", date(2026, 11, 27)),
        ("this fri", date(2026, 11, 27)),
        ("last Friday", date(2026, 11, 20)),
        ("next Wednesday", date(2026, 12, 2)),
        ("last Wednesday", date(2026, 11, 18)),
    ],
)
def test_a_day_is_counted_from_the_day_it_is_read(text: str, day: date) -> None:
    assert read_day(text, TODAY) == day

    with pytest.raises(NeedsTodayError, match="depends on the day it is read: write it like 2026"):
        read_day(text)


@pytest.mark.parametrize(
    ("text", "could"),
    [
        (
            "03/04/2026",
            "could be Friday 3 April 2026 or Wednesday 4 March 2026: write it like 3 April 2026",
        ),
        ("3-4-2026", "could be Friday 3 April 2026 or Wednesday 4 March 2026"),
        ("next Friday", "could be Friday 27 November 2026 or Friday 4 December 2026"),
        ("last Monday", "could be Monday 23 November 2026 or Monday 16 November 2026"),
        ("Wednesday", "could be Wednesday 25 November 2026 or Wednesday 2 December 2026"),
        ("3 Nov", "has no year: write 3 November 2026 or 3 November 2027"),
        ("29 Feb", "has no year: write 29 February 2024 or 29 February 2028"),
        ("3/11/26", "could be Tuesday 3 November 2026 or Wednesday 11 March 2026"),
        ("1-12-26", "could be Tuesday 1 December 2026 or Monday 12 January 2026"),
        ("26-12-01", "could be Wednesday 26 December 2001 or Tuesday 1 December 2026"),
        ("3.11.", "has no year: write 3 November 2026 or 3 November 2027"),
        ("3/11", "could be Tuesday 3 November 2026 or Wednesday 3 November 2027 or Wednesday 11"),
        ("Sun 3 Nov", "that day is Tuesday 3 November 2026 or Wednesday 3 November 2027"),
        ("3.11.70", "has no year of four figures: write it like 2026-11-03"),
        ("3.11.226", "has no year of four figures"),
        ("2026-11", "is not a date"),
        ("Monday 3 Nov 2026", "that day is Tuesday 3 November 2026: correct weekday or day"),
        ("3 novembre 2026", 'names no month: did you mean "November"?'),
        ("3 Xyz 2026", "names no month: write it in English"),
        ("31.4.2026", "is no day of the calendar: correct month and day"),
        ("29 Feb 2027", "is no day of the calendar: correct month and day"),
        ("2026-02-30", "is no day of the calendar: correct month and day"),
        ("2199-01-01", "more than 30 years away: write a day from 1996-11-25 to 2056-11-25"),
        ("3 Nov 1026", "is not between 1900 and 2199: correct the year"),
        ("in 9999 weeks", "is too far away"),
        ("soon", "is not a date: write it like 2026-11-03, 3 Nov 2026 or 3.11.2026"),
        ("next week", "is not a date"),
        ("2026-04-01T00:00", "holds a time as well: write it like"),
        ("\u0663.11.2026", "is not a date"),
        ("20261103", "is not a date"),
    ],
)
def test_what_is_not_one_day_is_refused_with_those_it_could_mean(text: str, could: str) -> None:
    with pytest.raises(ValueError, match=": ") as refused:
        read_day(text, TODAY)

    assert could in str(refused.value)


@pytest.mark.parametrize(
    ("text", "past", "to_come"),
    [
        ("1 Dec", date(2025, 12, 1), date(2026, 12, 1)),
        ("25 Nov", TODAY, date(2027, 11, 25)),
        ("29.2.", date(2024, 2, 29), date(2028, 2, 29)),
        ("24/11", date(2026, 11, 24), date(2027, 11, 24)),
        ("Tuesday", date(2026, 11, 24), date(2026, 12, 1)),
        ("on Fri", date(2026, 11, 20), date(2026, 11, 27)),
        ("1-Dec-26", date(2026, 12, 1), date(2026, 12, 1)),
        ("3.11.26", THIRD, THIRD),
        ("Tue 1 Dec", date(2026, 12, 1), date(2026, 12, 1)),
    ],
)
def test_what_is_known_of_a_day_tells_its_year_and_its_week(
    text: str, past: date, to_come: date
) -> None:
    assert read_day(text, TODAY, "past") == past
    assert read_day(text, TODAY, "to come") == to_come

    with pytest.raises(NeedsTodayError):
        read_day(text)


def test_a_weekday_that_it_is_today_may_be_the_last_one_or_this_one() -> None:
    assert read_day("Wednesday", TODAY, "to come") == date(2026, 12, 2)

    with pytest.raises(ValueError, match="could be Wednesday 25 November 2026 or Wednesday 18"):
        read_day("Wednesday", TODAY, "past")


@given(st.dates(date(1996, 12, 1), date(2056, 11, 1)))
def test_a_day_told_in_words_is_read_as_the_same_day(day: date) -> None:
    assert read_day(day_in_words(day), TODAY) == day


WORDS = st.text("0123456789 ./-,TZnextmondayov", max_size=14)


@given(st.text(max_size=20) | WORDS, st.dates(date(1950, 1, 1), date(2150, 1, 1)))
def test_whatever_is_written_is_one_day_or_one_sentence(text: str, today: date) -> None:
    try:
        found = read_day(text, today)
    except ValueError as error:
        assert ": " in str(error)  # noqa: PT017 - either is good
        assert len(str(error)) < 250  # noqa: PT017 - as above
    else:
        assert abs(found.year - today.year) <= 30
