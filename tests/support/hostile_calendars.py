"""Answers of calendars that try to last for ever, to get out, or to be two things at once (B15)."""

_FRAME = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x")
_EVENT = (
    "BEGIN:VEVENT",
    "UID:u@example.org",
    "DTSTAMP:20260302T090000Z",
    "ORGANIZER:mailto:o@example.org",
)
_NO = "ATTENDEE;PARTSTAT=DECLINED:mailto:a@example.org"
_LAST_SECOND = "DTEND:99991231T235959Z"
_BAD_ZONE = (
    "BEGIN:VTIMEZONE",
    "TZID:Nowhere",
    "BEGIN:STANDARD",
    "DTSTART:00010101T000000",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0100",
    "RRULE:FREQ=SECONDLY",
    "END:STANDARD",
    "END:VTIMEZONE",
)


def _lines(*lines: str) -> bytes:
    return "\r\n".join((*lines, "")).encode()


def _answer(*lines: str, method: str = "REPLY", attendee: str = _NO) -> bytes:
    """An answer that would be read, with these lines in its event."""
    event = (*_EVENT, attendee, *lines, "END:VEVENT")
    return _lines(*_FRAME, f"METHOD:{method}", *event, "END:VCALENDAR")


def _attended(attendee: str) -> bytes:
    return _answer(attendee=attendee)


def _beside(*lines: str) -> bytes:
    """The same answer behind something else in the calendar."""
    event = (*_EVENT, _NO, "DTSTART;TZID=Nowhere:20260101T000000", "END:VEVENT")
    return _lines(*_FRAME, "METHOD:REPLY", *lines, *event, "END:VCALENDAR")


def _proposal(*lines: str) -> bytes:
    return _answer(*lines, method="COUNTER")


CALENDARS = {
    "calendars in calendars": b"BEGIN:VCALENDAR\r\n" * 5_000,
    "closed calendars": b"BEGIN:VCALENDAR\r\n" * 1_500 + b"END:VCALENDAR\r\n" * 1_500,
    "events in events": _lines(
        *_FRAME, "METHOD:REPLY", *["BEGIN:VEVENT"] * 1_500, *["END:VEVENT"] * 1_500
    ),
    "many events": _beside(*("BEGIN:VEVENT", "END:VEVENT") * 500),
    "many lines": _answer(*["X-A:b"] * 1_000),
    "many readers": _answer(*["ATTENDEE:mailto:a@b.example"] * 500),
    "one long line": _answer("COMMENT:" + "x" * 90_000),
    "one folded line": _answer("COMMENT:x" + "\r\n x" * 20_000),
    "many names of a reader": _attended("ATTENDEE" + ";A=b" * 3_000 + ":mailto:a@example.org"),
    "quotes": _attended("ATTENDEE;CN=" + '"' * 50_000 + ":mailto:a@example.org"),
    "backslashes": _answer("COMMENT:" + "\\" * 90_000),
    "carets": _attended('ATTENDEE;CN="' + "^n" * 30_000 + '";PARTSTAT=DECLINED:mailto:a@b.c'),
    "colons": _answer("A:" * 30_000),
    "semicolons": _answer("X" + ";" * 30_000),
    "commas": _answer("CATEGORIES:" + "," * 5_000),
    "every second": _answer("RRULE:FREQ=SECONDLY", "DTSTART:00010101T000000Z"),
    "a rule of many seconds": _answer("RRULE:FREQ=SECONDLY;BYSECOND=" + "1," * 2_000 + "1"),
    "a zone of every second": _beside(*_BAD_ZONE),
    "a proposal in such a zone": _proposal("DTSTART;TZID=Nowhere:20260101T000000", *_BAD_ZONE),
    "many zones": _beside(*_BAD_ZONE * 50),
    "a zone of a thousand days": _beside(
        *_BAD_ZONE[:-3], *["RDATE:20260101T000000"] * 1_000, *_BAD_ZONE[-2:]
    ),
    "a zone that is a path": _proposal("DTSTART;TZID=../../../../etc/passwd:20260101T000000"),
    "a zone that is the root": _proposal("DTSTART;TZID=/:20260101T000000"),
    "a zone that is a folder": _proposal("DTSTART;TZID=Europe:20260101T000000"),
    "a zone with a long name": _proposal("DTSTART;TZID=" + "A" * 60_000 + ":20260101T000000"),
    "a zone with a zero": _proposal("DTSTART;TZID=Europe\0Paris:20260101T000000"),
    "a zone a year away": _beside(
        *(each.replace("+0100", "+999999") for each in _BAD_ZONE),
    ),
    "a number of 5,000 digits": _answer("SEQUENCE:" + "9" * 5_000),
    "a number below none": _answer("SEQUENCE:-1"),
    "zeros": _answer("COMMENT:a\0b"),
    "a meeting of ages": _proposal("DTSTART:20260101T000000Z", "DURATION:P99999999999W"),
    "an end before time": _proposal("DTSTART:99991231T235959Z", "DTEND:00010101T000000Z"),
    "a meeting until the last second": _proposal("DTSTART:20260626T070000Z", _LAST_SECOND),
    "a meeting in the last hours": _proposal("DTSTART:99991231T220000Z", _LAST_SECOND),
    "the first second": _proposal("DTSTART:00010101T000000Z", "DTEND:00010101T010000Z"),
    "the first day": _proposal("DTSTART;VALUE=DATE:00010101", "DTEND;VALUE=DATE:00010101"),
    "an hour that is not": _proposal("DTSTART:20260101T256199Z"),
    "two alphabets": _answer().decode().encode("utf-16"),
    "half a letter": _answer().replace(b"u@example", b"\xed\xa0\x80"),
    "a file in it": _answer("ATTACH;ENCODING=BASE64;VALUE=BINARY:" + "A" * 40_001),
    "a file elsewhere": _answer("ATTACH:file:///etc/passwd", "ATTACH:http://127.0.0.1/"),
    "markup": b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'aa'>]><icalendar>&a;</icalendar>",
    "brackets": b"[" * 90_000,
    "another line in an address": _attended(
        "ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@example.org%0d%0aBcc:thief@example.com"
    ),
    "two answers": _attended("ATTENDEE;PARTSTAT=ACCEPTED,DECLINED:mailto:a@example.org"),
    "an address of signs": _attended("ATTENDEE;PARTSTAT=ACCEPTED:mailto:" + "%41" * 10_000),
    "busy hours": _beside(
        "BEGIN:VFREEBUSY", "FREEBUSY:" + "20260101T000000Z/PT1H," * 500, "END:VFREEBUSY"
    ),
    "nowhere on earth": _answer("GEO:nan;inf"),
}
