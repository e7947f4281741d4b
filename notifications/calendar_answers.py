"""What calendar programs send back to an invitation (RFC 5546): surely read, or nothing."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from urllib.parse import unquote

from icalendar import Calendar, Component, Event, vCalAddress

from notifications.calendar import MAILTO
from notifications.calendar_words import clean

_DAY = timedelta(days=1)
_LONGEST_REPLY = 100_000  # bytes
_LONGEST_COMMENT = 1_000  # characters


class Saying(StrEnum):
    """What somebody's calendar says of a meeting."""

    YES = "ACCEPTED"
    NO = "DECLINED"
    MAYBE = "TENTATIVE"
    ANOTHER_TIME = "COUNTER"


@dataclass(frozen=True, slots=True)
class CalendarAnswer:
    """What came back about one item: from whom, and to which state of it.

    ``begins`` and ``ends`` are the time that is proposed instead, where one is: moments, or whole
    days, of which ``ends`` is the last. ``organiser`` is the address that the item named, which is
    only known to whoever got it. ``comment`` is what they added in words.
    """

    uid: str
    sequence: int | None
    attendee: str
    says: Saying
    organiser: str = ""
    begins: date | None = None
    ends: date | None = None
    comment: str = ""


def read_reply(ics: bytes, sender: str) -> CalendarAnswer | None:
    """What a calendar program answers (REPLY, COUNTER); None of anything else, or malformed.

    Of several who stand in it, as in an entry to which others were asked along, it is the answer
    of whoever sent it.
    """
    if len(ics) > _LONGEST_REPLY:
        return None
    try:
        return _read(Calendar.from_ical(ics.decode("utf-8")), sender)
    except _MALFORMED:
        return None


# Whatever a reader of such files raises over what strangers have written into them.
# Zones are looked for among files by their names, so a name may be one that no file can have.
_MALFORMED = (
    *(ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError),
    *(OSError, RecursionError),
)


def _read(calendar: Component, sender: str) -> CalendarAnswer | None:
    (event,) = (each for each in calendar.walk() if isinstance(each, Event))
    attendee = _answering(_several(event.get("attendee")), sender)
    method = str(calendar["method"]).strip().upper()
    is_proposal = method == Saying.ANOTHER_TIME
    if not is_proposal and method != "REPLY":
        return None
    says = Saying.ANOTHER_TIME if is_proposal else Saying(attendee.params["PARTSTAT"].upper())
    address = _mailed_to(attendee)
    if not address:
        return None
    sequence = event.get("sequence")
    begins, ends = _proposed(event) if is_proposal else (None, None)
    return CalendarAnswer(
        uid=str(event["uid"]),
        sequence=None if sequence is None else int(sequence),
        attendee=address,
        says=says,
        organiser=_mailed_to(event.get("organizer", "")),
        begins=begins,
        ends=ends,
        comment=clean("\n".join(map(str, _list(event.get("comment"))))).strip()[:_LONGEST_COMMENT],
    )


def _answering(attendees: list[vCalAddress], sender: str) -> vCalAddress:
    own = (each for each in attendees if _mailed_to(each).casefold() == sender.casefold())
    return next(own, attendees[0])


def _proposed(event: Event) -> tuple[date | None, date | None]:
    """From when to when; nothing where it has no zone, and so could be any hour."""
    begins, ends = event.start, event.end
    if not isinstance(begins, datetime) or not isinstance(ends, datetime):
        return begins, max(begins, ends - _DAY)
    if begins.utcoffset() is None or ends.utcoffset() is None:
        return None, None
    return begins.astimezone(UTC), ends.astimezone(UTC)


def _mailed_to(value: object) -> str:
    """The address of somebody in an item; empty where it is none of mail."""
    scheme, _, address = str(value).strip().partition(":")
    return unquote(address).strip() if scheme.lower() == MAILTO[:-1] else ""


def _several(found: object) -> list[vCalAddress]:
    return [each for each in _list(found) if isinstance(each, vCalAddress)]


def _list(found: object) -> list[object]:
    """A property that may stand there several times, once, or not at all."""
    return found if isinstance(found, list) else [found] if found is not None else []
