"""A moment needs no offset: the clocks of whoever is meant count, but for an hour shown twice."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.time.written_moments import Here, moment_in_words, read_moment

HERE = Here(date(2026, 11, 25), "Europe/Vienna")  # a Wednesday
HALF_PAST_TWO = datetime(2026, 11, 3, 13, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        *("2026-11-03T14:30+01:00", "2026-11-03 13:30Z", "2026-11-03T14:30", "2026-11-03 14:30"),
        *("3 Nov 2026 14:30", "Tue 3 Nov 2026, 14.30", "3.11.2026 at 2:30 pm", "3.11.2026 14h30"),
        *("2026-11-03 13:30 Europe/Lisbon", "2026-11-03 13:30 UTC", "2026-11-03 14:30:00"),
    ],
)
def test_the_same_moment_is_read_however_it_is_written(text: str) -> None:
    assert read_moment(text, HERE) == HALF_PAST_TWO


def test_a_moment_keeps_the_offset_of_its_clocks() -> None:
    found = read_moment("3 Nov 2026 14:30", HERE)

    assert found.isoformat(timespec="minutes") == "2026-11-03T14:30+01:00"
    assert moment_in_words(found, HERE.zone) == "Tuesday 3 November 2026, 14:30 in Europe/Vienna"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("27 Nov 2026 at 10", datetime(2026, 11, 27, 9, tzinfo=UTC)),
        ("tomorrow at 14h", datetime(2026, 11, 26, 13, tzinfo=UTC)),
        ("tomorrow 9:00", datetime(2026, 11, 26, 8, tzinfo=UTC)),
        ("Monday at 10am", datetime(2026, 11, 30, 9, tzinfo=UTC)),
        ("next Monday noon", datetime(2026, 11, 30, 11, tzinfo=UTC)),
        ("1 July 2027 12 am", datetime(2027, 6, 30, 22, tzinfo=UTC)),
    ],
)
def test_a_moment_is_counted_from_the_day_it_is_read(text: str, moment: datetime) -> None:
    assert read_moment(text, HERE) == moment


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2026-11-03", "has no time of day: write it like 2026-11-03 14:30"),
        ("tomorrow", "has no time of day"),
        ("soon", "is not a moment: write it like 2026-11-03 14:30"),
        ("14:30", "is not a moment"),
        ("03/04/2026 14:30", "could be Friday 3 April 2026 or Wednesday 4 March 2026"),
        ("15 Dec 2026 at 3", "could be 3:00 or 15:00: write which"),
        ("15 Dec 2026 at 25", "is no time of a clock: correct the hour"),
        ("2026-11-03 25:00", "is no time of a clock: correct hour and minute"),
        ("2026-11-03 13:00 pm", "is no time of a clock: correct the hour"),
        ("2027-03-28 02:30", "the clocks in Europe/Vienna jump over it: correct the hour"),
        (
            "2026-10-25 02:30",
            "show it twice: write 2026-10-25T02:30+02:00 or 2026-10-25T02:30+01:00",
        ),
        ("2026-11-03 14:30 Europe/Wien", "no time zone Europe/Wien: write such as Europe/Vienna"),
        ("2200-01-01 10:00", "is not between 1900 and 2199: correct the year"),
        ("2200-01-01T10:00Z", "is not between 1901 and 2198: correct the year"),
        ("2099-01-01 10:00", "is more than 30 years away: write a day from"),
    ],
)
def test_what_is_not_one_moment_is_refused_with_what_to_write(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=": ") as refused:
        read_moment(text, HERE)

    assert says in str(refused.value)


def test_where_nobody_knows_whose_clocks_count_an_offset_is_needed() -> None:
    assert read_moment("2026-11-03T14:30+01:00") == HALF_PAST_TWO

    with pytest.raises(ValueError, match="is not a moment: write it like 2027-04-01T09:00Z"):
        read_moment("2026-11-03 14:30")


@given(st.text(max_size=25) | st.text("0123456789 .:-Tatpmz/+", max_size=20))
def test_whatever_is_written_is_one_moment_or_one_sentence(text: str) -> None:
    try:
        found = read_moment(text, HERE)
    except ValueError as error:
        assert ": " in str(error)  # noqa: PT017 - either is good
    else:
        assert found.utcoffset() is not None
