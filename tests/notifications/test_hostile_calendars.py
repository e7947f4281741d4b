"""Hostile calendars (B15): whatever is in the file, it is read soon, as an answer or as nothing."""

import time

from notifications.calendar_answers import read_reply
from tests.support.hostile_calendars import CALENDARS

SECONDS = 5.0  # for one file, on a machine that is busy


def test_a_hostile_calendar_is_read_soon_and_is_one_answer_or_none() -> None:
    wrong = {name: why for name, ics in CALENDARS.items() if (why := _wrong(ics))}

    assert wrong == {}
    assert len(CALENDARS) > 40


def _wrong(ics: bytes) -> str:
    """What is wrong with the way in which a file is read; empty where nothing is."""
    begun = time.monotonic()
    try:
        read_reply(ics, "coordinator@example.org")
    except Exception as error:  # noqa: BLE001 - whatever it raises is what is looked for
        return repr(error)[:200]
    return "it takes too long" if time.monotonic() - begun > SECONDS else ""
