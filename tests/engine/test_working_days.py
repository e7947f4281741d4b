"""Working days: weekends, public holidays of several countries, closures, and their limits."""

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import ProjectError
from engine.time.working_days import CalendarError, Workdays, calendar_exists

WEEKENDS = Workdays.plain()
ANY_DAY = st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 12, 31))
PLACES = st.sampled_from(
    (WEEKENDS, Workdays("AT"), Workdays("GR"), Workdays("DE", "BY"), Workdays("SA"))
)
quickly = settings(derandomize=True, deadline=None, max_examples=100)

# Weekdays off in 2026 as (month, day), from the public gazettes: weekends are left out.
HOLIDAYS_OF_2026 = {
    ("AT", None): "1-1 1-6 4-6 5-1 5-14 5-25 6-4 10-26 12-8 12-25",
    ("PT", None): "1-1 4-3 5-1 6-4 6-10 10-5 12-1 12-8 12-25",
    ("NO", None): "1-1 4-2 4-3 4-6 5-1 5-14 5-25 12-25",
    ("RO", None): "1-1 1-2 1-6 1-7 4-10 4-13 5-1 6-1 11-30 12-1 12-25",
    ("GR", None): "1-1 1-6 2-23 3-25 4-10 4-13 5-1 6-1 10-28 12-25",
    ("DE", None): "1-1 4-3 4-6 5-1 5-14 5-25 12-25",
    ("DE", "BY"): "1-1 1-6 4-3 4-6 5-1 5-14 5-25 6-4 12-25",
    ("DE", "SN"): "1-1 4-3 4-6 5-1 5-14 5-25 11-18 12-25",
    ("GB", "ENG"): "1-1 4-3 4-6 5-4 5-25 8-31 12-25 12-28",
    ("DE", "BE"): "1-1 4-3 4-6 5-1 5-14 5-25 12-25",
}


def _days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=offset) for offset in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize(("place", "listed"), HOLIDAYS_OF_2026.items(), ids=str)
def test_a_year_of_a_country_has_exactly_its_public_holidays(
    place: tuple[str, str | None], listed: str
) -> None:
    workdays = Workdays(*place)

    off = [
        f"{day.month}-{day.day}"
        for day in _days_of(2026)
        if day.weekday() < 5 and not workdays.is_working_day(day)
    ]

    assert " ".join(off) == listed


@pytest.mark.parametrize(
    ("country", "good_friday"),
    [
        ("RO", date(2024, 5, 3)),
        ("RO", date(2025, 4, 18)),
        ("RO", date(2027, 4, 30)),
        ("GR", date(2024, 5, 3)),
        ("GR", date(2027, 4, 30)),
        ("CY", date(2027, 4, 30)),
        ("BG", date(2027, 4, 30)),
        ("PT", date(2027, 3, 26)),
        ("NO", date(2027, 3, 26)),
    ],
)
def test_good_friday_follows_the_church_of_the_country(country: str, good_friday: date) -> None:
    workdays = Workdays(country)

    assert not workdays.is_working_day(good_friday)
    assert workdays.is_working_day(good_friday - timedelta(days=9))


@pytest.mark.parametrize(
    ("workdays", "day", "n", "expected"),
    [
        (WEEKENDS, date(2026, 5, 1), 1, date(2026, 5, 4)),
        (WEEKENDS, date(2026, 5, 2), 1, date(2026, 5, 4)),
        (WEEKENDS, date(2026, 5, 2), 0, date(2026, 5, 2)),
        (WEEKENDS, date(2026, 5, 4), -1, date(2026, 5, 1)),
        (WEEKENDS, date(2026, 5, 3), -1, date(2026, 5, 1)),
        (Workdays("AT"), date(2026, 4, 30), 1, date(2026, 5, 4)),
        (Workdays("AT"), date(2026, 5, 11), 10, date(2026, 5, 27)),
        (Workdays("PT"), date(2026, 5, 11), 10, date(2026, 5, 25)),
        (Workdays("NO"), date(2026, 4, 1), 1, date(2026, 4, 7)),
        (Workdays("RO"), date(2026, 4, 9), 1, date(2026, 4, 14)),
        (Workdays("GR"), date(2026, 4, 9), 1, date(2026, 4, 14)),
        (Workdays("DE", "SN"), date(2026, 11, 17), 1, date(2026, 11, 19)),
        (Workdays("DE", "Bayern"), date(2026, 6, 3), 1, date(2026, 6, 5)),
        (Workdays("AT"), date(2025, 12, 24), 4, date(2026, 1, 2)),
        (Workdays("SA"), date(2026, 6, 4), 1, date(2026, 6, 7)),
    ],
)
def test_the_nth_working_day_is_found(
    workdays: Workdays, day: date, n: int, expected: date
) -> None:
    assert workdays.add(day, n) == expected


@quickly
@given(PLACES, ANY_DAY, st.integers(-60, 60))
def test_counting_back_what_was_added_gives_the_same_number(
    workdays: Workdays, day: date, n: int
) -> None:
    there = workdays.add(day, n)

    assert workdays.between(day, there) == n
    assert n == 0 or workdays.is_working_day(there)


@quickly
@given(ANY_DAY, st.integers(0, 2_000))
def test_weekdays_between_two_days_equal_the_closed_formula(day: date, length: int) -> None:
    end = day + timedelta(days=length)

    def weekdays_until(ordinal: int) -> int:
        weeks, rest = divmod(ordinal, 7)  # day 1 of the calendar is a Monday
        return 5 * weeks + min(rest, 5)

    expected = weekdays_until(end.toordinal()) - weekdays_until(day.toordinal())
    assert WEEKENDS.between(day, end) == expected


def test_a_day_off_rolls_forward_and_a_working_day_stays() -> None:
    workdays = Workdays("AT")

    assert workdays.on_or_after(date(2026, 4, 30)) == date(2026, 4, 30)
    assert workdays.on_or_after(date(2026, 5, 1)) == date(2026, 5, 4)


def test_closures_of_a_centre_are_days_off_from_the_first_to_the_last() -> None:
    summer = (date(2026, 8, 3), date(2026, 8, 14))
    workdays = Workdays("PT", closures=(summer, (date(2026, 9, 1), date(2026, 9, 1))))

    assert workdays.add(date(2026, 7, 31), 1) == date(2026, 8, 17)
    assert workdays.add(date(2026, 8, 31), 1) == date(2026, 9, 2)
    assert workdays.add(date(2026, 8, 17), -1) == date(2026, 7, 31)


def test_a_closure_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(CalendarError, match="2026-08-14 to 2026-08-03 ends before it begins"):
        Workdays("PT", closures=((date(2026, 8, 14), date(2026, 8, 3)),))


@pytest.mark.parametrize("country", ["QZ", "", "at", "AUSTRIA", "holidays", "HolidayBase", "A\0"])
def test_an_unknown_country_is_named_with_the_remedy(country: str) -> None:
    workdays = Workdays(country)

    with pytest.raises(CalendarError) as refusal:
        workdays.is_working_day(date(2026, 5, 4))

    assert ascii(country) in str(refusal.value)
    assert "count weekends only" in str(refusal.value)
    assert not calendar_exists(country)


@pytest.mark.parametrize(
    ("country", "region", "remedy"),
    [
        ("DE", "ZZ", "one of: BB, BE, BW"),
        ("DE", "by", "one of: BB, BE, BW"),
        ("DE", "", "one of: BB, BE, BW"),
        ("RO", "B", "none is known"),
    ],
)
def test_an_unknown_region_is_named_with_the_remedy(country: str, region: str, remedy: str) -> None:
    with pytest.raises(CalendarError, match=f"no region {region!r} in .* {country}; .*{remedy}"):
        Workdays(country, region).add(date(2026, 5, 4), 1)

    assert not calendar_exists(country, region)
    assert calendar_exists(country)


def test_a_hostile_country_is_cut_short_in_the_message() -> None:
    with pytest.raises(ProjectError) as refusal:
        Workdays("X\n" * 500_000).is_working_day(date(2026, 5, 4))

    assert len(str(refusal.value)) < 250
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("workdays", "place"),
    [
        (Workdays.plain(closures=((date(2025, 1, 1), date(2027, 12, 31)),)), "weekends only"),
        (Workdays("DE", "BY", closures=((date.min, date.max),)), "DE BY"),
    ],
)
def test_a_place_that_never_works_is_refused_and_not_searched_for_ever(
    workdays: Workdays, place: str
) -> None:
    for ask in (workdays.on_or_after, lambda day: workdays.add(day, 1)):
        with pytest.raises(CalendarError, match=f"no working day within 400 days .*{place}"):
            ask(date(2026, 1, 1))
    with pytest.raises(CalendarError, match="no working day within 400 days"):
        workdays.add(date(2026, 12, 31), -1)


def test_a_closure_of_four_hundred_days_less_one_is_still_passed() -> None:
    sunday = date(2026, 1, 4)
    first, last = sunday + timedelta(days=1), sunday + timedelta(days=399)
    workdays = Workdays.plain(closures=((first, last),))

    found = workdays.add(sunday, 1)

    assert found == date(2027, 2, 8)


def test_the_ends_of_the_calendar_are_refused() -> None:
    with pytest.raises(CalendarError, match="after 9999-12-31 leave the years"):
        WEEKENDS.add(date(9999, 12, 30), 5)
    with pytest.raises(CalendarError, match="before 0001-01-01 leave the years"):
        WEEKENDS.add(date(1, 1, 3), -5)


def test_more_than_a_hundred_years_are_not_counted() -> None:
    with pytest.raises(CalendarError, match="1000000000 working days are too many"):
        WEEKENDS.add(date(2026, 1, 1), 10**9)
    with pytest.raises(CalendarError, match="more than a hundred years apart"):
        WEEKENDS.between(date.min, date.max)


def test_holidays_are_not_loaded_before_they_are_asked_for() -> None:
    script = (
        "import sys; from datetime import date; from engine.time.working_days import Workdays;"
        "Workdays.plain().add(date(2026, 1, 1), 10); Workdays('AT');"
        "print('holidays' in sys.modules)"
    )

    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert ran.stdout.strip() == "False"
