"""A country is known by its code or its name, and Kosovo is one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.time.countries import country_code
from engine.time.working_days import Workdays, calendar_exists


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(("AT", "AT"), ("at", "AT"), ("AUT", "AT"), ("austria", "AT")),
        *(("EL", "GR"), ("el", "GR"), ("Greece", "GR"), ("UK", "GB"), ("Great Britain", "GB")),
        *(("XK", "XK"), ("Kosovo", "XK"), ("north  macedonia", "MK"), ("Czech Republic", "CZ")),
        *(("Bosnia and Herzegovina", "BA"), ("xa", "XA"), ("T\u00fcrkiye", "TR")),
    ],
)
def test_a_country_is_read_by_code_or_name(text: str, code: str) -> None:
    assert country_code(text) == code
    assert calendar_exists(code)


def test_kosovo_has_the_holidays_that_are_known_and_an_invented_place_has_none() -> None:
    independence = date(2026, 2, 17)  # a Tuesday

    assert not Workdays("XK").is_working_day(independence)
    assert Workdays("XA").is_working_day(independence)


@given(st.text(max_size=12))
def test_whatever_is_written_is_a_country_or_told_what_to_write(text: str) -> None:
    try:
        found = country_code(text)
    except ValueError as error:
        assert ": write its ISO" in str(error) or "did you mean" in str(error)  # noqa: PT017 - either
    else:
        assert calendar_exists(found)
