"""Meetings as calendar programs take them (RFC 5545, RFC 5546)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from urllib.parse import quote
from zoneinfo import ZoneInfo

from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
    vDuration,
)

from notifications.addresses import Correspondent
from notifications.calendar_words import clean, line
from notifications.zone_rules import Onset, onsets

_MAKER = "-//Pairing Programme//Pairing Engine//EN"
_DAY = timedelta(days=1)
_REFRESHED = timedelta(hours=12)
MAILTO = "mailto:"
_PLAIN = "@!$'*+-._~="  # of an address, beside letters and digits


class Method(StrEnum):
    """What an item is for: to be there, or not to come any more."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class Item:
    """A meeting as it is told to one reader; nobody else's address stands in it.

    ``begins`` and ``ends`` are moments, or whole days, of which ``ends`` is the last. ``sequence``
    rises with every change of the meeting that ``uid`` names for ever. Only if ``wants_answer`` is
    the reader's calendar asked to send a yes or no to the organiser.
    """

    method: Method
    uid: str
    sequence: int
    stamped_at: datetime
    title: str
    begins: date
    ends: date
    zone: str  # of the reader's clocks
    organiser: Correspondent
    attendee: Correspondent
    place: str = ""
    description: str = ""
    wants_answer: bool = False


def written(item: Item) -> bytes:
    """The item as a file: the same bytes for the same item, lines end with CRLF."""
    calendar = _calendar()
    calendar.add("method", item.method.value)
    rules = _rules(item)
    if rules:
        calendar.add_component(_timezone(item.zone, rules))
    calendar.add_component(_event(item, has_zone=bool(rules)))
    return bytes(calendar.to_ical())


@dataclass(frozen=True, slots=True)
class Days:
    """Some whole days of a subscription, the last one too: a window, or the day something is due.

    Nobody is busy in them, and nobody is invited.
    """

    uid: str
    title: str
    first: date
    last: date


def subscribed(name: str, days: Iterable[Days], stamped_at: datetime) -> bytes:
    """A calendar that programs fetch again and again, twice a day if they follow its hints."""
    calendar = _calendar()
    calendar.add("method", "PUBLISH")
    for key in ("name", "x-wr-calname"):  # RFC 7986, and what Outlook and Apple read
        calendar.add(key, line(name))
    calendar.add("refresh-interval", _REFRESHED, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(_REFRESHED))
    for each in days:
        event = Event()
        event.add("uid", each.uid)
        event.add("dtstamp", stamped_at.astimezone(UTC))
        event.add("summary", line(each.title))
        event.add("dtstart", each.first)
        event.add("dtend", each.last + _DAY)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    return calendar


def _event(item: Item, *, has_zone: bool) -> Event:
    event = Event()
    event.add("uid", item.uid)
    event.add("sequence", item.sequence)
    event.add("dtstamp", item.stamped_at.astimezone(UTC))
    event.add("summary", line(item.title))
    event.add("dtstart", _told(item.begins, item.zone, has_zone=has_zone))
    # A whole day ends where the next one begins.
    end = item.ends if isinstance(item.ends, datetime) else item.ends + _DAY
    event.add("dtend", _told(end, item.zone, has_zone=has_zone))
    if item.place:
        event.add("location", line(item.place))
    if item.description:
        event.add("description", clean(item.description))
    event.add("organizer", _address(item.organiser), encode=False)
    attendee = _address(item.attendee)
    attendee.params["ROLE"] = "REQ-PARTICIPANT"
    attendee.params["PARTSTAT"] = "NEEDS-ACTION"
    attendee.params["RSVP"] = "TRUE" if item.wants_answer else "FALSE"
    event.add("attendee", attendee, encode=False)
    event.add("status", "CANCELLED" if item.method is Method.CANCEL else "CONFIRMED")
    event.add("transp", "OPAQUE")
    return event


def _told(at: date, zone: str, *, has_zone: bool) -> date:
    if not isinstance(at, datetime):
        return at
    return at.astimezone(ZoneInfo(zone) if has_zone else UTC)


def _rules(item: Item) -> tuple[Onset, ...]:
    """The rules of its zone; none for whole days, and none where its hour is shown twice."""
    bounds = [at for at in (item.begins, item.ends) if isinstance(at, datetime)]
    if not bounds or any(at.astimezone(ZoneInfo(item.zone)).fold for at in bounds):
        return ()
    return onsets(item.zone, min(bounds).astimezone(UTC).year)


def _timezone(zone: str, rules: tuple[Onset, ...]) -> Timezone:
    found = Timezone()
    found.add("tzid", zone)
    for each in rules:
        part = TimezoneDaylight() if each.is_summer else TimezoneStandard()
        part.add("dtstart", each.begins)
        part.add("tzoffsetfrom", each.before)
        part.add("tzoffsetto", each.after)
        part.add("tzname", each.name)
        if each.weekday:
            rule = {"freq": "YEARLY", "bymonth": each.begins.month, "byday": each.weekday}
            part.add("rrule", rule)
        found.add_component(part)
    return found


def _address(who: Correspondent) -> vCalAddress:
    found = vCalAddress(f"{MAILTO}{quote(who.address, safe=_PLAIN)}")
    if name := line(who.name).replace('"', "'"):
        found.params["CN"] = name
    return found
