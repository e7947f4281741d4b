"""How far a forecast looks: what is gone by and what is too far are refused in a sentence."""

from datetime import UTC, datetime

import pytest
import typer

from cli.shared.until import foretold_until, until_moment

NOW = datetime(2026, 12, 14, 9, tzinfo=UTC)


def test_nothing_said_means_a_fortnight_and_ten_years_are_the_most() -> None:
    assert foretold_until(None, NOW) == datetime(2026, 12, 28, 9, tzinfo=UTC)
    assert foretold_until("P10Y", NOW) == datetime(2036, 12, 14, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("2020-01-01", "2020-01-01 00:00 has gone by, it is 2026-12-14 09:00: name a day to come"),
        ("P100Y", "at most 10 years are foretold: name a day until 2036-12-14"),
        ("P14", "P14 is not a span to go by: write P14D, P3M, PT6H, or a moment such as"),
    ],
)
def test_a_day_gone_by_a_far_one_and_half_a_span_are_refused(typed: str, says: str) -> None:
    with pytest.raises(typer.BadParameter) as refused:
        foretold_until(typed, NOW)

    assert says in refused.value.message.replace('"', "").replace("'", "")


@pytest.mark.parametrize("typed", ["P14D", "P3M", "PT6H", "2027-01-31"])
def test_what_is_advised_is_accepted(typed: str) -> None:
    with pytest.raises(typer.BadParameter) as refused:
        until_moment("P14", NOW)

    assert typed in refused.value.message
    assert foretold_until(typed, NOW) > NOW
