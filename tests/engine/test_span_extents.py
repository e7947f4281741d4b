"""How many days a span can take at least and at most, whatever day it starts from."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.time.spans import Span, longest_days, parse_span, shift, shortest_days
from engine.time.working_days import Workdays

WEEKENDS = Workdays.plain()
ANY_DAY = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))
CALENDAR_SPANS = st.builds(
    lambda sign, months, days: Span(sign * months, sign * days),
    st.sampled_from((1, -1)),
    st.integers(0, 600),
    st.integers(0, 9_000),
)
quickly = settings(derandomize=True, deadline=None, max_examples=150)


@quickly
@given(ANY_DAY, CALENDAR_SPANS)
def test_no_shift_leaves_the_announced_extent(day: date, span: Span) -> None:
    moved = (shift(day, span, WEEKENDS) - day).days

    assert shortest_days(span) <= moved <= longest_days(span)


@pytest.mark.parametrize(
    ("text", "fewest", "most"),
    [
        ("P1M", 28, 31),
        ("-P1M", -31, -28),
        ("P2M", 59, 62),
        ("P12M", 365, 366),
        ("P48M", 1460, 1461),
        ("P1M15D", 43, 46),
        ("P14D", 14, 14),
        ("P0D", 0, 0),
    ],
)
def test_the_extent_of_months_is_reached_by_some_day(text: str, fewest: int, most: int) -> None:
    span = parse_span(text)
    starts = (date(1890, 1, 1) + timedelta(days=offset) for offset in range(15 * 366))
    moved = [(shift(day, span, WEEKENDS) - day).days for day in starts]

    extent = (shortest_days(span), longest_days(span))

    assert extent == (fewest, most)
    assert (min(moved), max(moved)) == extent


@pytest.mark.parametrize("count", [1, 4, 5, 6, 10, 23, -1, -5, -6, -10])
def test_the_extent_of_working_days_is_reached_when_nothing_is_closed(count: int) -> None:
    span = Span(working_days=count)
    week = [date(2026, 6, 1) + timedelta(days=offset) for offset in range(7)]
    moved = [(shift(day, span, WEEKENDS) - day).days for day in week]

    farthest = max(moved) if count > 0 else min(moved)

    assert farthest == (longest_days if count > 0 else shortest_days)(span, slack=0)
    assert (shortest_days if count > 0 else longest_days)(span, slack=0) == count


@quickly
@given(ANY_DAY, st.integers(1, 30), st.integers(0, 25), st.integers(1, 10))
def test_working_days_stay_within_their_slack(
    day: date, count: int, start: int, closed: int
) -> None:
    first = day + timedelta(days=start)
    last = WEEKENDS.add(first, closed - 1)
    workdays = Workdays.plain(closures=((first, last),))
    span = Span(working_days=count)

    moved = (shift(day, span, workdays) - day).days

    assert shortest_days(span) <= moved <= longest_days(span, slack=10)


def test_ten_working_days_over_ten_closed_weekdays_take_exactly_the_bound() -> None:
    friday = date(2026, 7, 31)
    workdays = Workdays.plain(closures=((date(2026, 8, 3), date(2026, 8, 14)),))

    moved = (workdays.add(friday, 10) - friday).days

    assert moved == longest_days(parse_span("P10WD")) == 28
