"""What calendars send back is read for what it is; whatever is not clear is nothing."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notifications.calendar import written
from notifications.calendar_answers import CalendarAnswer, Saying, read_reply
from tests.support.calendar_items import an_item

REPLY = """BEGIN:VCALENDAR
PRODID:-//Some calendar//EN
VERSION:2.0
METHOD:REPLY
BEGIN:VEVENT
UID:wp6.token.7.onboarding
SEQUENCE:2
DTSTAMP:20260512T080000Z
DTSTART:20260625T120000Z
ORGANIZER:mailto:pairing@example.org
ATTENDEE;CN=Coordinator;PARTSTAT=ACCEPTED:mailto:Coordinator@example.org
SUMMARY:Accepted: Online onboarding
END:VEVENT
END:VCALENDAR
"""


READER = "coordinator@example.org"


def _read(text: str, sender: str = READER) -> CalendarAnswer | None:
    return read_reply(text.replace("\n", "\r\n").encode(), sender)


@pytest.mark.parametrize("says", ["ACCEPTED", "DECLINED", "TENTATIVE"])
def test_an_answer_names_its_meeting_its_state_and_its_reader(says: str) -> None:
    found = _read(REPLY.replace("ACCEPTED", says))

    address = "Coordinator@example.org"
    meeting, organiser = "wp6.token.7.onboarding", "pairing@example.org"
    assert found == CalendarAnswer(meeting, 2, address, Saying(says), organiser)


def test_another_time_is_proposed_with_its_moment() -> None:
    text = REPLY.replace("METHOD:REPLY", "METHOD:COUNTER").replace("0625T12", "0626T07")

    found = _read(text)

    assert found is not None
    assert found.says is Saying.ANOTHER_TIME
    assert found.begins == datetime(2026, 6, 26, 7, tzinfo=UTC)


@pytest.mark.parametrize("method", ["REPLY", "COUNTER"])
def test_of_several_in_an_entry_it_is_the_answer_of_whoever_sent_it(method: str) -> None:
    guest = "ATTENDEE;CN=A guest;PARTSTAT=DECLINED:mailto:guest@example.org\n"
    text = REPLY.replace("METHOD:REPLY", f"METHOD:{method}").replace("ATTENDEE", guest + "ATTENDEE")

    found, strangers = _read(text), _read(text, "else@example.org")

    assert found is not None
    assert strangers is not None
    assert (found.attendee, strangers.attendee) == ("Coordinator@example.org", "guest@example.org")
    assert found.says is (Saying.YES if method == "REPLY" else Saying.ANOTHER_TIME)


def test_an_answer_without_a_number_answers_to_no_state_that_is_known() -> None:
    found = _read(REPLY.replace("SEQUENCE:2\n", ""))

    assert found is not None
    assert found.sequence is None


@pytest.mark.parametrize(
    ("was", "by"),
    [
        ("METHOD:REPLY", "METHOD:REQUEST"),
        ("METHOD:REPLY\n", ""),
        ("PARTSTAT=ACCEPTED", "PARTSTAT=NEEDS-ACTION"),
        ("PARTSTAT=ACCEPTED", "PARTSTAT=DELEGATED"),
        (";PARTSTAT=ACCEPTED", ""),
        ("mailto:Coordinator", "https:Coordinator"),
        ("UID:wp6.token.7.onboarding\n", ""),
        ("SEQUENCE:2", "SEQUENCE:two"),
        ("END:VEVENT\n", "END:VEVENT\nBEGIN:VEVENT\nUID:other\nEND:VEVENT\n"),
        ("ATTENDEE;CN=Coordinator;PARTSTAT=ACCEPTED:mailto:Coordinator@example.org\n", ""),
        ("BEGIN:VEVENT", "BEGIN:VTODO"),
        ("END:VCALENDAR\n", ""),
    ],
)
def test_whatever_is_no_clear_answer_is_nothing(was: str, by: str) -> None:
    assert was in REPLY

    assert _read(REPLY.replace(was, by)) is None


def test_our_own_invitation_is_no_answer() -> None:
    assert read_reply(written(an_item()), READER) is None


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_whatever_strangers_write_is_an_answer_or_nothing(data: st.DataObject) -> None:
    lines = REPLY.encode().split(b"\n")
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(lines) - 1))
        lines[place] = data.draw(st.one_of(st.binary(max_size=60), st.sampled_from(lines)))

    found = read_reply(b"\r\n".join(lines), READER)

    assert found is None or isinstance(found, CalendarAnswer)


def test_a_file_that_is_too_long_is_not_read() -> None:
    assert _read(REPLY.replace("SUMMARY", "X-A:" + "a" * 200_000 + "\nSUMMARY")) is None
