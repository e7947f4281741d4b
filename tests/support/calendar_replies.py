"""What calendars send back to an invitation, as Outlook, Google and Apple write it."""

from tests.support.calendar_items import Seen

_REPLY = """BEGIN:VCALENDAR
PRODID:{maker}
VERSION:2.0
METHOD:{method}
BEGIN:VEVENT
UID:{uid}
{sequence}DTSTAMP:20260512T080000Z
DTSTART:{begins}
ORGANIZER:{organiser}
ATTENDEE;CN=Somebody;PARTSTAT={says}:mailto:{address}
SUMMARY:Somebody answered
END:VEVENT
END:VCALENDAR
"""
MAKERS = {
    "outlook": "Microsoft Exchange Server 2010",
    "google": "-//Google Inc//Google Calendar 70.9054//EN",
    "apple": "-//Apple Inc.//macOS 15.0//EN",
}


def reply(entry: Seen, address: str, says: str = "ACCEPTED", **changes: str) -> bytes:
    """An answer to an entry as it stands in somebody's calendar; any part may be another."""
    parts = {
        "maker": MAKERS["outlook"],
        "method": "REPLY",
        "uid": entry.uid,
        "sequence": f"SEQUENCE:{entry.sequence}\n",
        "begins": "20260625T080000Z",
        "says": says,
        "address": address,
        "organiser": entry.organiser,
        **changes,
    }
    return _REPLY.format(**parts).replace("\n", "\r\n").encode()


def by_mail(ics: bytes, sender: str, to: str = "pairing@example.org") -> bytes:
    """The mail in which a calendar sends an answer."""
    head = f"From: {sender}\r\nTo: {to}\r\nSubject: Answered\r\n"
    kind = "Content-Type: text/calendar; method=REPLY; charset=utf-8\r\n\r\n"
    return f"{head}{kind}".encode("ascii") + ics
