"""How far to go, as it is typed: a span or a moment; for anything else it is said what to write."""

from datetime import UTC, datetime

import pytest
import typer

from cli.shared.until import FORTNIGHT, Until, until

NOW = datetime(2026, 12, 14, 9, tzinfo=UTC)
FORMS = "write P14D, P3M, PT6H, or a moment such as 2027-01-31"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", f'"" is not a span to go by: {FORMS}'),
        ("abc", f'"abc" is not a span to go by: {FORMS}'),
        ("P14", f'"P14" is not a span to go by: {FORMS}'),
        ("PT6X", f'"PT6X" is not a span to go by: {FORMS}'),
        ("P200Y", "'P200Y' is out of bounds: a span is at most a hundred years, P1200M; write"),
        ("PT999999H", '"999999" is too large: write 876000 or less'),
        ("2026-13-01", "2026-13-01 is no day of the calendar: correct month and day"),
    ],
)
def test_what_is_neither_and_what_is_out_of_bounds_is_told(typed: str, says: str) -> None:
    with pytest.raises(typer.BadParameter) as refused:
        until(typed)

    assert says in refused.value.message


@pytest.mark.parametrize("typed", ["P14D", "P3M", "PT6H", "2027-01-31"])
def test_what_is_advised_is_accepted(typed: str) -> None:
    assert typed in FORMS
    assert until(typed).after(NOW, "Europe/Vienna") > NOW


def _end(typed: str | Until) -> datetime:
    return until(typed).after(NOW, "Europe/Vienna")


def test_a_span_is_counted_from_now_and_a_moment_is_what_it_is() -> None:
    assert _end("P1M") == datetime(2027, 1, 14, 9, tzinfo=UTC)
    assert _end("PT90M") == datetime(2026, 12, 14, 10, 30, tzinfo=UTC)
    assert _end("2027-01-31T10:00Z") == datetime(2027, 1, 31, 10, tzinfo=UTC)
    assert _end(FORTNIGHT) == _end("P14D")


@pytest.mark.parametrize(
    ("typed", "day"),
    [("2027-01-31", 31), ("31 Jan 2027", 31), ("31.1.2027 0:00", 31), ("31 Jan 2027 at 12am", 31)],
)
def test_a_day_begins_when_it_begins_at_the_office(typed: str, day: int) -> None:
    assert _end(typed) == datetime(2027, 1, day - 1, 23, tzinfo=UTC)


def test_a_day_that_is_near_is_counted_from_today() -> None:
    assert _end("tomorrow") == datetime(2026, 12, 14, 23, tzinfo=UTC)
    assert _end("next Monday 9:00") == datetime(2026, 12, 21, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("2200-01-01", "2200-01-01 is not between 1900 and 2199"),
        ("2200-01-01T09:00Z", '"2200-01-01T09:00Z" is not between 1901 and 2198'),
        ("2150-01-01", "is more than 30 years away: write a day from 1996-12-14 to 2056-12-14"),
    ],
)
def test_a_moment_too_far_away_is_told_the_range_that_is_read(typed: str, says: str) -> None:
    with pytest.raises(typer.BadParameter) as refused:
        _end(typed)

    assert says in refused.value.message
