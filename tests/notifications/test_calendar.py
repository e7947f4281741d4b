"""A meeting as calendar programs read it: the hour is right, and nobody else stands in it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notifications.addresses import Correspondent
from notifications.calendar import Method, written
from notifications.zone_rules import onsets
from tests.support.calendar_items import an_item, both, seen, seen_by_another

RULED = (
    *("Europe/Paris", "Europe/Vienna", "Europe/Athens", "Europe/Bucharest", "Europe/Lisbon"),
    *("Europe/Dublin", "Atlantic/Azores", "Australia/Lord_Howe", "America/New_York"),
)
UNCHANGING = ("Europe/Istanbul", "Asia/Kolkata", "Asia/Tehran")
WITHOUT_RULE = ("UTC", "Africa/Casablanca", "America/Santiago")  # by the moon; 2 to 8 September
DAYS = [date(2026, 1, 5), date(2026, 7, 1), date(2027, 3, 28), date(2027, 10, 31)]


@pytest.mark.parametrize("zone", [*RULED, *UNCHANGING, *WITHOUT_RULE])
@pytest.mark.parametrize("day", DAYS)
def test_both_readers_see_the_moment_that_was_meant(zone: str, day: date) -> None:
    begins = datetime(day.year, day.month, day.day, 12, 30, tzinfo=ZoneInfo(zone))

    found = both(an_item(zone=zone, begins=begins, ends=begins + timedelta(hours=2)))

    for each in found:
        assert isinstance(each.begins, datetime)
        assert isinstance(each.ends, datetime)
        assert each.begins.astimezone(UTC) == begins.astimezone(UTC)
        assert each.begins.utcoffset() in {begins.utcoffset(), timedelta()}
        assert each.ends - each.begins == timedelta(hours=2)


@pytest.mark.parametrize("zone", RULED)
@pytest.mark.parametrize("minutes", [-150, -70, 5, 70, 150])
def test_also_in_the_hours_around_a_change_of_the_clocks(zone: str, minutes: int) -> None:
    for each in onsets(zone, 2026):
        change = (each.begins - each.before).replace(tzinfo=UTC)
        begins = change + timedelta(minutes=minutes)
        item = an_item(zone=zone, begins=begins, ends=begins + timedelta(minutes=30))

        for found in both(item):
            assert isinstance(found.begins, datetime)
            assert found.begins.astimezone(UTC) == begins


@pytest.mark.parametrize("zone", RULED)
def test_the_clocks_of_a_zone_are_told_by_rules_and_by_no_list_of_days(zone: str) -> None:
    ics = written(an_item(zone=zone)).decode()

    assert ics.count("RRULE:FREQ=YEARLY;BYDAY=") == 2
    assert "RDATE" not in ics
    assert f"DTSTART;TZID={zone}:2026062" in ics


@pytest.mark.parametrize("zone", UNCHANGING)
def test_clocks_that_never_change_have_one_offset(zone: str) -> None:
    ics = written(an_item(zone=zone)).decode()

    assert (ics.count("BEGIN:STANDARD"), ics.count("BEGIN:DAYLIGHT")) == (1, 0)
    assert "RRULE" not in ics


@pytest.mark.parametrize("zone", WITHOUT_RULE)
def test_without_a_rule_that_can_be_told_the_moment_is_in_utc(zone: str) -> None:
    ics = written(an_item(zone=zone)).decode()

    assert onsets(zone, 2026) == ()
    assert "VTIMEZONE" not in ics
    assert "DTSTART:20260625T120000Z" in ics


def test_a_law_that_changes_in_those_years_is_no_rule() -> None:
    assert onsets("America/Sao_Paulo", 2018) == ()
    assert len(onsets("America/Sao_Paulo", 2026)) == 1


def test_the_hour_that_the_clocks_show_twice_is_told_in_utc() -> None:
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # 02:30 in Vienna, for the second time

    ics = written(an_item(begins=second, ends=second + timedelta(hours=1))).decode()

    assert "DTSTART:20261025T013000Z" in ics


def test_the_summer_of_dublin_is_its_summer() -> None:
    """By its law it is the winter that differs, which some calendars take for an hour less."""
    summer, winter = onsets("Europe/Dublin", 2026)

    assert (summer.is_summer, summer.begins.month, summer.weekday) == (True, 3, "-1SU")
    assert (winter.is_summer, winter.begins.month, winter.weekday) == (False, 10, "-1SU")


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/New_York"])
def test_two_whole_days_are_the_same_days_everywhere(zone: str) -> None:
    visit = an_item(zone=zone, begins=date(2026, 8, 27), ends=date(2026, 8, 28))

    ics = written(visit).decode()

    assert "DTSTART;VALUE=DATE:20260827" in ics
    assert "DTEND;VALUE=DATE:20260829" in ics  # the first day after it
    assert "VTIMEZONE" not in ics
    assert {(each.begins, each.ends) for each in both(visit)} == {
        (date(2026, 8, 27), date(2026, 8, 29))
    }


@pytest.mark.parametrize("method", list(Method))
def test_both_readers_see_the_same_meeting(method: Method) -> None:
    one, other = both(an_item(method=method, sequence=4))

    assert (one.method, one.uid, one.sequence) == (method, "wp6.token.7.onboarding", 4)
    assert (one.method, one.uid, one.sequence, one.title, one.attendees, one.organiser) == (
        *(other.method, other.uid, other.sequence, other.title, other.attendees),
        other.organiser,
    )
    assert one.attendees == ("mailto:coordinator@example.org",)
    assert one.organiser == "mailto:pairing@example.org"


def test_an_answer_is_asked_for_only_where_somebody_reads_it() -> None:
    assert b"RSVP=FALSE" in written(an_item())
    assert b"RSVP=TRUE" in written(an_item(wants_answer=True))
    assert b"STATUS:CANCELLED" in written(an_item(method=Method.CANCEL))


hostile = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from('\r\n,;:\\"\u202e\x00'))
)


@settings(max_examples=150, deadline=None)
@given(hostile, hostile, hostile)
def test_hostile_words_are_words_and_no_lines_of_their_own(
    title: str, place: str, description: str
) -> None:
    injected = f"{title}\r\nATTENDEE:mailto:other@example.org\r\nBEGIN:VALARM"

    item = an_item(title=injected, place=place, description=f"{description}{injected}")
    ics = written(item)

    lines = ics.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in ics.replace(b"\r\n", b"")
    assert not any(line.startswith((b"BEGIN:VALARM", b"ATTENDEE:")) for line in lines)
    assert "\u202e".encode() not in ics
    for each in (seen(ics), seen_by_another(ics)):
        assert each.attendees == ("mailto:coordinator@example.org",)
        assert "\n" not in each.title


def test_a_name_with_quotes_and_an_address_with_marks_stay_one_reader() -> None:
    odd = Correspondent('Team lead "B", Birchwater; ward 2', "a?cc=b&c@example.org")

    (one, other) = both(an_item(attendee=odd))

    assert one.attendees == other.attendees == ("mailto:a%3Fcc=b%26c@example.org",)


def test_the_same_item_is_the_same_bytes() -> None:
    assert written(an_item()) == written(an_item())
