"""Spans: what definitions may write, and that calendar months never drift."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whenever import Date

from engine.time.spans import Span, SpanError, add_months, parse_span, shift
from engine.time.working_days import CalendarError, Workdays

WEEKENDS = Workdays.plain()
ANY_DAY = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))
CALENDAR_SPANS = st.builds(
    lambda sign, months, days: Span(sign * months, sign * days),
    st.sampled_from((1, -1)),
    st.integers(0, 600),
    st.integers(0, 9_000),
)
WORKING_SPANS = st.builds(Span, working_days=st.integers(-300, 300))
quickly = settings(derandomize=True, deadline=None, max_examples=150)


@pytest.mark.parametrize(
    ("text", "span", "written", "words"),
    [
        ("P3M", Span(months=3), "P3M", "3 months"),
        ("P1M", Span(months=1), "P1M", "1 month"),
        ("P1Y", Span(months=12), "P12M", "12 months"),
        ("P1Y6M", Span(months=18), "P18M", "18 months"),
        ("P14D", Span(days=14), "P14D", "14 days"),
        ("P2W", Span(days=14), "P14D", "14 days"),
        ("P1D", Span(days=1), "P1D", "1 day"),
        ("P1M15D", Span(months=1, days=15), "P1M15D", "1 month and 15 days"),
        ("P0M15D", Span(days=15), "P15D", "15 days"),
        ("P1Y1M1W1D", Span(months=13, days=8), "P13M8D", "13 months and 8 days"),
        ("-P30D", Span(days=-30), "-P30D", "30 days before"),
        ("-P1M1D", Span(months=-1, days=-1), "-P1M1D", "1 month and 1 day before"),
        ("+P30D", Span(days=30), "P30D", "30 days"),
        ("P10WD", Span(working_days=10), "P10WD", "10 working days"),
        ("P1WD", Span(working_days=1), "P1WD", "1 working day"),
        ("-P3WD", Span(working_days=-3), "-P3WD", "3 working days before"),
        ("P0D", Span(), "P0D", "0 days"),
        ("-P0D", Span(), "P0D", "0 days"),
        ("P100Y", Span(months=1200), "P1200M", "1200 months"),
        ("P36525D", Span(days=36_525), "P36525D", "36525 days"),
        ("P26089WD", Span(working_days=26_089), "P26089WD", "26089 working days"),
    ],
)
def test_a_span_is_read_written_back_and_said_in_words(
    text: str, span: Span, written: str, words: str
) -> None:
    read = parse_span(text)

    assert read == span
    assert str(read) == written
    assert read.in_words() == words


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("", "write such as P3M"),
        ("P", "write P0D"),
        ("P0M", "write P0D"),
        ("P0Y0M0D", "write P0D"),
        ("P0WD", "write P0D"),
        ("3M", "write such as P3M"),
        ("p3m", "write such as P3M"),
        (" P3M", "write such as P3M"),
        ("P3M\n", "write such as P3M"),
        ("P-3M", "write such as P3M"),
        ("--P3M", "write such as P3M"),
        ("P3D1M", "write such as P3M"),
        ("P٣M", "write such as P3M"),
        ("P3M\x00", "write such as P3M"),
        ("14 days", "write such as P3M"),
        ("PT1H", "write whole days"),
        ("P1DT12H", "write whole days"),
        ("P1.5M", "write whole numbers"),
        ("P1,5D", "write whole numbers"),
        ("P1M10WD", "working days stand alone"),
        ("P10WD1D", "working days stand alone"),
        ("P1201M", "at most a hundred years"),
        ("P101Y", "at most a hundred years"),
        ("P100Y1D", "at most a hundred years"),
        ("-P36526D", "at most a hundred years"),
        ("P26090WD", "at most a hundred years"),
        ("P99999999999999999999D", "at most a hundred years"),
        ("P" + "9" * 1_000_000 + "D", "too long"),
    ],
)
def test_text_that_is_no_span_is_refused_with_the_remedy(text: str, remedy: str) -> None:
    with pytest.raises(SpanError, match=remedy) as refusal:
        parse_span(text)

    sentence = str(refusal.value)
    assert "\n" not in sentence
    assert len(sentence) < 160
    assert sentence.startswith(ascii(text[:30])[:-1])


@pytest.mark.parametrize(
    ("months", "days", "working_days", "remedy"),
    [
        (1, -1, 0, "use one sign"),
        (-1, 0, 1, "use one sign"),
        (1, 0, 1, "stand alone"),
        (0, -1, -1, "stand alone"),
        (10**400, 0, 0, "a hundred years"),
    ],
)
def test_a_span_that_means_nothing_cannot_be_built(
    months: int, days: int, working_days: int, remedy: str
) -> None:
    with pytest.raises(SpanError, match=remedy):
        Span(months, days, working_days)


@quickly
@given(st.one_of(CALENDAR_SPANS, WORKING_SPANS))
def test_every_span_survives_being_written_and_read(span: Span) -> None:
    assert parse_span(str(span)) == span


def test_months_from_every_day_of_four_years_equal_those_of_another_calendar() -> None:
    first = date(2024, 1, 1)
    days = [first + timedelta(days=offset) for offset in range(4 * 365 + 1)]

    differing = [
        (day, months)
        for day in days
        for months in range(41)
        if add_months(day, months)
        != Date(day.year, day.month, day.day).add(months=months).to_stdlib()
    ]

    assert len(days) == 1461
    assert days[-1] == date(2027, 12, 31)
    assert differing == []


@quickly
@given(ANY_DAY, st.integers(-1200, 1200))
def test_months_forward_and_back_equal_those_of_another_calendar(day: date, months: int) -> None:
    theirs = Date(day.year, day.month, day.day).add(months=months).to_stdlib()

    assert add_months(day, months) == theirs


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 2, date(2024, 3, 31)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 8, 31), 18, date(2027, 2, 28)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(9999, 11, 30), 1, date(9999, 12, 30)),
    ],
)
def test_months_are_counted_from_the_anchor_and_clipped(
    day: date, months: int, expected: date
) -> None:
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("day", "text", "expected"),
    [
        (date(2026, 1, 31), "P1M", date(2026, 2, 28)),
        (date(2026, 1, 31), "P1M15D", date(2026, 3, 15)),
        (date(2026, 3, 31), "-P1M1D", date(2026, 2, 27)),
        (date(2026, 5, 1), "P2W", date(2026, 5, 15)),
        (date(2026, 5, 1), "-P30D", date(2026, 4, 1)),
        (date(2026, 5, 2), "P0D", date(2026, 5, 2)),
        (date(2026, 5, 1), "P10WD", date(2026, 5, 15)),
        (date(2026, 5, 2), "-P1WD", date(2026, 5, 1)),
    ],
)
def test_a_day_is_shifted_by_months_then_days_or_by_working_days(
    day: date, text: str, expected: date
) -> None:
    assert shift(day, parse_span(text), WEEKENDS) == expected


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(9999, 12, 1), "P1M"),
        (date(9999, 12, 1), "P31D"),
        (date(9999, 12, 31), "P1WD"),
        (date(1, 1, 31), "-P1M"),
        (date(1, 1, 31), "-P31D"),
        (date(1, 1, 1), "-P1WD"),
    ],
)
def test_a_shift_out_of_the_calendar_is_refused(day: date, text: str) -> None:
    with pytest.raises(CalendarError, match=f"{day}.* leave the years 1 to 9999"):
        shift(day, parse_span(text), WEEKENDS)
