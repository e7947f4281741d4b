"""Calendar items as two readers see them that have nothing in common but the standard."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import icalendar
import vobject
import vobject.icalendar

from notifications.addresses import Correspondent
from notifications.calendar import Item, Method, written

PROGRAMME = Correspondent("Pairing Programme", "pairing@example.org")
READER = Correspondent("Coordinator Vienna", "coordinator@example.org")


def an_item(**changes: object) -> Item:
    """A meeting of an hour on an afternoon in June, with these changes."""
    usual: dict[str, object] = {
        "method": Method.REQUEST,
        "uid": "wp6.token.7.onboarding",
        "sequence": 1,
        "stamped_at": datetime(2026, 5, 11, 9, tzinfo=UTC),
        "title": "Online onboarding",
        "begins": datetime(2026, 6, 25, 12, tzinfo=UTC),
        "ends": datetime(2026, 6, 25, 13, tzinfo=UTC),
        "zone": "Europe/Vienna",
        "organiser": PROGRAMME,
        "attendee": READER,
    }
    return Item(**{**usual, **changes})  # type: ignore[arg-type]  # fields by name


@dataclass(frozen=True)
class Seen:
    """What a reader sees of an item."""

    method: str
    uid: str
    sequence: int
    begins: date
    ends: date
    title: str
    attendees: tuple[str, ...]
    organiser: str


def seen(ics: bytes) -> Seen:
    """The item as the package reads it that writes it."""
    calendar = icalendar.Calendar.from_ical(ics)
    (event,) = calendar.walk("VEVENT")
    found = event["attendee"]
    several = found if isinstance(found, list) else [found]
    return Seen(
        str(calendar["method"]),
        str(event["uid"]),
        int(str(event["sequence"])),
        event.decoded("dtstart"),
        event.decoded("dtend"),
        str(event["summary"]),
        tuple(map(str, several)),
        str(event["organizer"]),
    )


def seen_by_another(ics: bytes) -> Seen:
    """The item as vobject reads it: moments by the zone that stands in the file, by its rules."""
    known = vars(vobject.icalendar)["__tzidMap"]  # else it goes by the first zone of a name it saw
    for zone in [*known]:
        if zone != "UTC":
            del known[zone]
    calendar = vobject.readOne(ics.decode("utf-8"))
    event = calendar.vevent
    return Seen(
        str(calendar.method.value),
        str(event.uid.value),
        int(event.sequence.value),
        event.dtstart.value,
        event.dtend.value,
        str(event.summary.value),
        tuple(str(each.value) for each in event.attendee_list),
        str(event.organizer.value),
    )


def both(item: Item) -> tuple[Seen, Seen]:
    ics = written(item)
    return seen(ics), seen_by_another(ics)
