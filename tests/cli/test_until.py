"""How far to go, as it is typed: a span or a moment; for anything else it is said what to write."""

from datetime import UTC, datetime

import pytest
import typer

from cli.shared.until import until_moment

NOW = datetime(2026, 12, 14, 9, tzinfo=UTC)
FORMS = "write P14D, P3M, PT6H, or a moment such as 2027-01-31"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("P14", f'"P14" is not a span to go by: {FORMS}'),
        ("PT6X", f'"PT6X" is not a span to go by: {FORMS}'),
        ("P200Y", "'P200Y' is out of bounds: a span is at most a hundred years, P1200M; write"),
        ("PT999999H", '"PT999999H" is out of bounds: write a span of days or years'),
    ],
)
def test_half_a_span_and_one_out_of_bounds_are_told_apart(typed: str, says: str) -> None:
    with pytest.raises(typer.BadParameter) as refused:
        until_moment(typed, NOW)

    assert says in refused.value.message


@pytest.mark.parametrize("typed", ["P14D", "P3M", "PT6H", "2027-01-31"])
def test_what_is_advised_is_accepted(typed: str) -> None:
    assert typed in FORMS
    assert until_moment(typed, NOW) > NOW
