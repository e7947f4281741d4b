"""A moment that somebody wrote is read within the years of the programme, or not at all."""

from datetime import UTC, datetime

import pytest

from engine.time.moments import moment_of


def test_a_moment_is_read_in_utc_from_the_first_year_to_the_last() -> None:
    read = [moment_of("2026-04-14T14:00+02:00"), moment_of("2150-12-31T23:59:59-12:00")]

    assert read == [
        datetime(2026, 4, 14, 12, tzinfo=UTC),
        datetime(2151, 1, 1, 11, 59, 59, tzinfo=UTC),
    ]


@pytest.mark.parametrize(
    "written",
    [
        *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "1969-12-31T23:59Z"),
        *("2026-04-14", "2026-04-14T14:00", "Tuesday", "", None, 20260414),
    ],
)
def test_what_no_clock_could_show_or_has_no_offset_is_no_moment(written: object) -> None:
    assert moment_of(written) is None
