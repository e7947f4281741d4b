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
{comment}SUMMARY:Somebody answered
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
    comment = f"COMMENT:{changes.pop('comment')}\n" if "comment" in changes else ""
    parts = {
        "comment": comment,
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


# As Outlook and Google write it: another time, in a zone of Windows with its rules, or in UTC.
_PROPOSALS = {
    "outlook": """BEGIN:VCALENDAR
METHOD:COUNTER
PRODID:Microsoft Exchange Server 2010
VERSION:2.0
BEGIN:VTIMEZONE
TZID:W. Europe Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=TENTATIVE;CN=Somebody:mailto:{address}
ORGANIZER;CN=Pairing Programme:{organiser}
COMMENT;LANGUAGE=en-US:I am in theatre until nine.\\n
UID:{uid}
SUMMARY;LANGUAGE=en-US:New Time Proposed: Online onboarding
DTSTART{begins}
DTEND{ends}
CLASS:PUBLIC
PRIORITY:5
DTSTAMP:20260512T080000Z
TRANSP:OPAQUE
STATUS:TENTATIVE
SEQUENCE:{sequence}
X-MICROSOFT-CDO-APPT-SEQUENCE:{sequence}
X-MS-OLK-ORIGINALSTART;TZID=W. Europe Standard Time:20260625T100000
X-MS-OLK-ORIGINALEND;TZID=W. Europe Standard Time:20260625T120000
END:VEVENT
END:VCALENDAR
""",
    "google": """BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:COUNTER
BEGIN:VEVENT
DTSTART{begins}
DTEND{ends}
DTSTAMP:20260512T080000Z
ORGANIZER;CN=Pairing Programme:{organiser}
UID:{uid}
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=TENTATIVE;CN=Somebody;
 X-NUM-GUESTS=0:mailto:{address}
COMMENT:I am in theatre until nine.
CREATED:20260511T080000Z
LAST-MODIFIED:20260512T080000Z
SEQUENCE:{sequence}
STATUS:CONFIRMED
SUMMARY:Online onboarding
TRANSP:OPAQUE
END:VEVENT
END:VCALENDAR
""",
}
_WINDOWS = ";TZID=W. Europe Standard Time:20260626T"
_TIMES = {
    "outlook": {"begins": f"{_WINDOWS}090000", "ends": f"{_WINDOWS}110000"},
    "google": {"begins": ":20260626T070000Z", "ends": ":20260626T090000Z"},
}


def proposal(entry: Seen, address: str, maker: str, **changes: str) -> bytes:
    """Another time that a calendar proposes for an entry: the next day at nine."""
    parts = {"uid": entry.uid, "sequence": str(entry.sequence), "organiser": entry.organiser}
    parts |= {"address": address, **_TIMES[maker], **changes}
    return _PROPOSALS[maker].format(**parts).replace("\n", "\r\n").encode()


def by_mail(ics: bytes, sender: str, to: str = "pairing@example.org") -> bytes:
    """The mail in which a calendar sends an answer."""
    head = f"From: {sender}\r\nTo: {to}\r\nSubject: Answered\r\n"
    kind = "Content-Type: text/calendar; method=REPLY; charset=utf-8\r\n\r\n"
    return f"{head}{kind}".encode("ascii") + ics
