"""How far to go, as it is typed: a span or a moment; for anything else it is said what to write."""

from datetime import UTC, datetime

import pytest
import typer

from cli.shared.until import FORTNIGHT, until

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
    assert until(typed).after(NOW) > NOW


def test_a_span_is_counted_from_now_and_a_moment_is_what_it_is() -> None:
    assert until("P1M").after(NOW) == datetime(2027, 1, 14, 9, tzinfo=UTC)
    assert until("PT90M").after(NOW) == datetime(2026, 12, 14, 10, 30, tzinfo=UTC)
    assert until("2027-01-31").after(NOW) == datetime(2027, 1, 31, tzinfo=UTC)
    assert until(FORTNIGHT).after(NOW) == until("P14D").after(NOW)
