"""A letter comes in the working hours of its reader: at once, or with the others at a slot."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.letters.attention import Attention
from engine.time.slots import Slot
from engine.time.working_days import Workdays
from engine.time.zones import local_time
from notifications.slots import Hours

THURSDAY = Slot(time(13), 3)
DAILY = Slot(time(8))
SHUT = ((date(2026, 12, 24), date(2027, 1, 6)),)


def hours(*slots: Slot, zone: str = "Europe/Vienna", workdays: Workdays | None = None) -> Hours:
    attention = Attention(time(8), time(18), slots, "N-23.digest")
    return Hours(attention, zone, workdays or Workdays("AT"))


def at(text: str, zone: str = "+01:00") -> datetime:
    return datetime.fromisoformat(f"{text}{zone}").astimezone(UTC)


@pytest.mark.parametrize(
    ("owed", "goes"),
    [
        ("2026-12-03T10:17", "2026-12-03T10:17"),  # Thursday, at work
        ("2026-12-03T03:00", "2026-12-03T08:00"),  # at night
        ("2026-12-04T18:00", "2026-12-07T08:00"),  # Friday, when the doors close
        ("2026-12-05T10:00", "2026-12-07T08:00"),  # Saturday
        ("2026-12-08T10:00", "2026-12-09T08:00"),  # a holiday in Austria
        ("2027-01-06T10:00", "2027-01-07T08:00"),  # Epiphany
    ],
)
def test_what_is_urgent_goes_in_the_next_working_minute(owed: str, goes: str) -> None:
    assert hours(THURSDAY).goes_at("at_once", at(owed), None) == at(goes)


@pytest.mark.parametrize(
    ("owed", "goes"),
    [
        ("2026-11-27T10:00", "2026-12-03T13:00"),
        ("2026-12-03T13:00", "2026-12-03T13:00"),  # just in time
        ("2026-12-03T13:00:20", "2026-12-03T13:00:20"),  # a beat found at 13:00 what was due
        ("2026-12-03T13:02:01", "2026-12-10T13:00"),
        ("2026-12-23T10:00", "2027-01-07T13:00"),  # the slots of two weeks fall into a closure
    ],
)
def test_what_can_wait_goes_at_the_next_slot(owed: str, goes: str) -> None:
    closed = Workdays("AT", closures=SHUT)

    assert hours(THURSDAY, workdays=closed).goes_at("next_slot", at(owed), None) == at(goes)


@pytest.mark.parametrize(
    ("due_on", "goes"),
    [
        (date(2026, 12, 7), "2026-12-03T13:00"),  # Friday and Monday are left
        (date(2026, 12, 4), "2026-11-30T13:00"),  # the slot would leave Friday alone
        (date(2026, 12, 9), "2026-12-03T13:00"),
    ],
)
def test_what_is_asked_for_by_a_day_leaves_two_working_days(due_on: date, goes: str) -> None:
    latest = hours().latest_for(due_on, "next_slot")

    assert hours(THURSDAY).goes_at("next_slot", at("2026-11-27T10:00"), latest) == at(goes)


def test_the_first_of_several_slots_counts() -> None:
    both = hours(Slot(time(8), 1), Slot(time(8), 3))

    assert both.goes_at("next_slot", at("2026-12-02T09:00"), None) == at("2026-12-03T08:00")
    assert both.goes_at("next_slot", at("2026-12-03T09:00"), None) == at("2026-12-09T08:00")


def test_what_is_for_a_digest_only_waits_for_the_first_slot_of_the_next_week() -> None:
    assert hours(DAILY).goes_at("digest_only", at("2026-12-01T09:00"), None) == at(
        "2026-12-07T08:00"
    )


def test_a_daily_slot_comes_on_working_days_only() -> None:
    assert hours(DAILY).goes_at("next_slot", at("2026-12-04T09:00"), None) == at("2026-12-07T08:00")


def test_what_would_wait_past_the_next_letter_of_its_matter_goes_on_the_next_working_day() -> None:
    owed, slot = at("2026-12-04T10:00"), at("2026-12-10T13:00")
    person = hours(THURSDAY)

    assert person.goes_at("next_slot", owed, slot - timedelta(days=1)) == at("2026-12-07T13:00")
    assert person.goes_at("next_slot", owed, slot + timedelta(minutes=1)) == slot


def test_on_the_next_working_day_it_comes_with_what_comes_then_unless_that_is_too_late() -> None:
    owed, midnight = at("2026-12-09T10:00"), at("2026-12-10T00:00")
    person = hours(THURSDAY)

    assert person.goes_at("next_slot", owed, midnight) == at("2026-12-10T13:00")
    assert person.goes_at("next_slot", owed, at("2026-12-10T09:00")) == at("2026-12-10T08:00")


BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: BEGIN + timedelta(minutes=minutes))
ZONES = ("Europe/Lisbon", "Europe/Athens", "America/Santiago", "Australia/Lord_Howe")


@settings(max_examples=150)
@given(
    owed=MOMENTS,
    zone=st.sampled_from(ZONES),
    country=st.sampled_from(("AT", "GR", "PT", "EE")),
    urgency=st.sampled_from(("at_once", "next_slot", "digest_only")),
    patience=st.none() | st.integers(0, 20),
)
def test_nothing_comes_early_at_night_or_on_a_day_off(
    owed: datetime, zone: str, country: str, urgency: str, patience: int | None
) -> None:
    person = hours(THURSDAY, DAILY, zone=zone, workdays=Workdays(country))
    latest = None if patience is None else owed + timedelta(days=patience)

    goes = person.goes_at(urgency, owed, latest)

    local = local_time(goes, zone)
    assert goes >= owed
    assert person.workdays.is_working_day(local.date())
    assert time(8) <= local.time() < time(18)
    assert person.goes_at("at_once", owed, None) <= goes


@pytest.mark.parametrize(
    ("owed", "latest", "goes"),
    [
        ("2026-12-01T09:00", None, "2026-12-07T08:00"),
        ("2026-12-07T08:00", None, "2026-12-07T08:00"),  # on the very Monday
        ("2026-12-07T09:00", None, "2026-12-14T08:00"),
        ("2026-12-02T08:00", "2026-12-07T08:00", "2026-12-07T08:00"),  # with what comes next
        ("2026-12-01T08:00", "2026-12-04T08:00", "2026-12-02T08:00"),  # that is before it
    ],
)
def test_whoever_has_an_overview_finds_what_is_for_a_digest_in_the_next_one(
    owed: str, latest: str | None, goes: str
) -> None:
    person = replace(hours(DAILY), overview=Slot(time(8), 0))
    until = at(latest) if latest is not None else None

    assert person.goes_at("digest_only", at(owed), until) == at(goes)


@pytest.mark.parametrize(
    ("owed", "latest", "goes"),
    [
        ("2026-12-02T08:00", None, "2026-12-02T08:00"),  # on a Wednesday
        ("2026-12-03T08:00", None, "2026-12-07T08:00"),
        ("2026-12-05T09:00", None, "2026-12-07T08:00"),
        ("2026-12-07T08:01", None, "2026-12-07T08:01"),  # a beat found on Monday what was due
        ("2026-12-07T09:00", None, "2026-12-09T08:00"),  # Tuesday is a holiday
        ("2026-12-03T08:00", "2026-12-07T08:00", "2026-12-03T08:00"),  # what follows comes then
        ("2026-12-04T09:00", "2026-12-07T10:00", "2026-12-07T08:00"),
    ],
)
def test_whoever_has_an_overview_within_two_working_days_finds_in_it_what_can_wait(
    owed: str, latest: str | None, goes: str
) -> None:
    person = replace(hours(DAILY), overview=Slot(time(8), 0))
    until = at(latest) if latest is not None else None

    assert person.goes_at("next_slot", at(owed), until) == at(goes)
    assert person.goes_at("at_once", at("2026-12-03T09:00"), until) == at("2026-12-03T09:00")


@pytest.mark.parametrize("urgency", ["next_slot", "digest_only"])
def test_in_a_pause_all_that_can_wait_comes_on_the_first_working_day_after_it(urgency: str) -> None:
    person = replace(hours(THURSDAY), calm_until=date(2026, 12, 5))  # a Saturday

    assert person.goes_at(urgency, at("2026-11-30T09:00"), None) == at("2026-12-07T13:00")
    assert person.goes_at("at_once", at("2026-11-30T09:00"), None) == at("2026-11-30T09:00")
    assert person.goes_at(urgency, at("2026-12-08T09:00"), None) > at("2026-12-08T09:00")


def test_no_overview_comes_in_a_pause() -> None:
    monday = Slot(time(8), 0)
    person = replace(hours(DAILY), calm_until=date(2026, 12, 9))

    assert person.in_week_of(monday, at("2026-12-02T09:00")) is None
    assert person.in_week_of(monday, at("2026-12-07T00:00")) == at("2026-12-10T08:00")
    assert person.in_week_of(monday, at("2026-12-14T00:00")) == at("2026-12-14T08:00")


@pytest.mark.parametrize(
    ("now", "goes"),
    [
        ("2026-12-04T09:00", "2026-12-04T13:00"),  # Friday, before the hour of the slots
        ("2026-12-04T15:00", "2026-12-04T15:00"),  # it is over
        ("2026-12-04T19:00", "2026-12-07T13:00"),
        ("2026-12-05T10:00", "2026-12-07T13:00"),  # Saturday
        ("2026-12-03T13:00:05", "2026-12-03T13:00:05"),  # a beat found what was due
    ],
)
def test_what_was_missed_comes_with_what_a_slot_brings_that_day(now: str, goes: str) -> None:
    assert hours(THURSDAY).goes_late(at(now), None) == at(goes)


def test_what_was_missed_comes_not_after_the_next_letter_of_its_matter() -> None:
    friday = at("2026-12-04T09:00")

    assert hours(THURSDAY).goes_late(friday, at("2026-12-04T10:00")) == friday
    assert hours(THURSDAY).goes_late(friday, at("2026-12-04T08:00")) == friday
    assert hours(THURSDAY).goes_late(friday, at("2026-12-04T15:00")) == at("2026-12-04T13:00")
