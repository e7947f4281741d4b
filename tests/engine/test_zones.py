"""Zones: wall clocks to instants across every change of the clocks, against another library."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from whenever import Instant, PlainDateTime, SkippedTime, ZonedDateTime

from engine.time.zones import ZoneError, instant, local_day

ZONES = (
    "Europe/Vienna",
    "Europe/Lisbon",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "America/Santiago",
    "Pacific/Apia",
    "Europe/Dublin",
    "Asia/Tehran",
)


def _jumps(zone: str, first: int = 2011, last: int = 2030) -> list[datetime]:
    """The moments at which the clocks of a zone change, by the other library."""
    found, at = [], Instant.from_utc(first, 1, 1).to_tz(zone).next_transition()
    while at is not None and at.year <= last:
        found.append(at.to_instant().to_stdlib())
        at = at.next_transition()
    return found


def _by_the_other_library(day: date, at: time, zone: str) -> datetime:
    wall = PlainDateTime(day.year, day.month, day.day, at.hour, at.minute, at.second)
    try:
        return _zoned(wall, zone).to_instant().to_stdlib()
    except SkippedTime:
        late = wall.assume_tz(zone, disambiguation="later")
        jump = late.to_instant().add(nanoseconds=1).to_tz(zone).prev_transition()
        assert jump is not None
        return jump.to_instant().to_stdlib()


def _zoned(wall: PlainDateTime, zone: str) -> ZonedDateTime:
    try:
        return wall.assume_tz(zone, disambiguation="raise")
    except SkippedTime:
        raise
    except ValueError:  # shown twice
        return wall.assume_tz(zone, disambiguation="earlier")


@pytest.mark.parametrize("zone", ZONES)
def test_wall_times_around_every_change_of_the_clocks_equal_the_other_library(zone: str) -> None:
    jumps = _jumps(zone)
    around = [
        (
            jump.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
            + timedelta(minutes=minutes, seconds=s)
        )
        for jump in jumps
        for minutes in (*range(-150, 151, 10), -1500, 1500)
        for s in (-1, 0, 1)
    ]

    differing = [
        (wall, ours, theirs)
        for wall in around
        if (ours := instant(wall.date(), wall.time(), zone))
        != (theirs := _by_the_other_library(wall.date(), wall.time(), zone))
    ]

    assert len(jumps) >= 2
    assert differing == []


@pytest.mark.parametrize("zone", ZONES)
def test_every_morning_midnight_and_night_of_ten_years_equals_the_other_library(zone: str) -> None:
    days = [date(2020, 1, 1) + timedelta(days=offset) for offset in range(0, 3653, 3)]
    times = (time(0), time(2, 30), time(8), time(23, 59, 59))

    differing = [
        (day, at)
        for day in days
        for at in times
        if instant(day, at, zone) != _by_the_other_library(day, at, zone)
    ]

    assert differing == []


@pytest.mark.parametrize(
    ("zone", "wall", "expected"),
    [
        # jumped over: the first moment after, and not the same distance beyond
        ("Europe/Vienna", "2026-03-29T02:00:00", "2026-03-29T01:00:00"),
        ("Europe/Vienna", "2026-03-29T02:30:00", "2026-03-29T01:00:00"),
        ("Europe/Vienna", "2026-03-29T02:59:59.999999", "2026-03-29T01:00:00"),
        ("Europe/Vienna", "2026-03-29T03:00:00", "2026-03-29T01:00:00"),
        ("Europe/Vienna", "2026-03-29T01:59:59", "2026-03-29T00:59:59"),
        ("Europe/Lisbon", "2026-03-29T01:30:00", "2026-03-29T01:00:00"),
        ("Europe/Dublin", "2026-03-29T01:30:00", "2026-03-29T01:00:00"),
        ("Australia/Lord_Howe", "2026-10-04T02:15:00", "2026-10-03T15:30:00"),
        ("Africa/Casablanca", "2026-03-22T02:30:00", "2026-03-22T02:00:00"),
        ("America/Santiago", "2026-09-06T00:30:00", "2026-09-06T04:00:00"),
        ("Asia/Tehran", "2022-03-22T00:30:00", "2022-03-21T20:30:00"),
        ("Pacific/Apia", "2011-12-30T12:00:00", "2011-12-30T10:00:00"),
        # shown twice: the first
        ("Europe/Vienna", "2026-10-25T02:30:00", "2026-10-25T00:30:00"),
        ("Europe/Lisbon", "2026-10-25T01:30:00", "2026-10-25T00:30:00"),
        ("Europe/Dublin", "2026-10-25T01:30:00", "2026-10-25T00:30:00"),
        ("Australia/Lord_Howe", "2026-04-05T01:45:00", "2026-04-04T14:45:00"),
        ("Africa/Casablanca", "2026-02-15T02:30:00", "2026-02-15T01:30:00"),
        ("America/Santiago", "2026-04-04T23:30:00", "2026-04-05T02:30:00"),
        # plain
        ("Europe/Vienna", "2026-07-01T08:00:00", "2026-07-01T06:00:00"),
        ("UTC", "2026-07-01T08:00:00.000001", "2026-07-01T08:00:00.000001"),
    ],
)
def test_wall_times_that_clocks_skip_or_repeat_have_one_meaning(
    zone: str, wall: str, expected: str
) -> None:
    local = datetime.fromisoformat(wall)

    moment = instant(local.date(), local.time(), zone)

    assert moment == datetime.fromisoformat(expected).replace(tzinfo=UTC)
    assert moment.tzinfo is UTC


def test_a_fold_or_zone_in_the_wall_time_changes_nothing() -> None:
    day, at = date(2026, 10, 25), time(2, 30)

    moments = {
        instant(day, at, "Europe/Vienna"),
        instant(day, at.replace(fold=1), "Europe/Vienna"),
        instant(day, at.replace(tzinfo=UTC), "Europe/Vienna"),
    }

    assert moments == {datetime(2026, 10, 25, 0, 30, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Europe/Lisbon", date(2026, 5, 31)),
        ("Europe/Vienna", date(2026, 6, 1)),
        ("Pacific/Apia", date(2026, 6, 1)),
        ("America/Santiago", date(2026, 5, 31)),
    ],
)
def test_one_moment_is_another_day_in_another_zone(zone: str, day: date) -> None:
    moment = datetime(2026, 5, 31, 22, 30, tzinfo=UTC)

    assert local_day(moment, zone) == day


def test_a_moment_without_a_zone_has_no_local_day() -> None:
    naive = datetime(2026, 5, 31, 22, 30)  # noqa: DTZ001 - the mistake this test is about

    with pytest.raises(ZoneError, match="2026-05-31T22:30:00 has no zone; give it in UTC"):
        local_day(naive, "Europe/Vienna")


def test_moments_beyond_the_calendar_are_refused() -> None:
    asks: list[Callable[[], object]] = [
        lambda: instant(date.max, time(23, 59), "America/Santiago"),
        lambda: instant(date.min, time(0), "Pacific/Apia"),
        lambda: local_day(datetime.max.replace(tzinfo=UTC), "Pacific/Apia"),
    ]

    for ask in asks:
        with pytest.raises(ZoneError, match=r"leaves the years 1 to 9999 in (America|Pacific)/"):
            ask()


@pytest.mark.parametrize("machine", ["UTC", "Pacific/Apia", "America/Santiago", "Mars/Phobos"])
def test_the_zone_of_the_machine_changes_nothing(machine: str) -> None:
    script = (
        "from datetime import date, time, timedelta;"
        "from engine.time.zones import instant, local_day;"
        "days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)];"
        "print([(z, instant(d, time(2, 30), z).isoformat(),"
        " str(local_day(instant(d, time(0), z), z)))"
        " for z in ('Europe/Vienna', 'Australia/Lord_Howe') for d in days])"
    )

    def printed(zone_of_the_machine: str) -> str:
        ran = subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "TZ": zone_of_the_machine},
            capture_output=True,
            text=True,
            check=True,
        )
        return ran.stdout

    assert printed(machine) == printed("Europe/Vienna")
