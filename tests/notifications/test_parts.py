"""The same letter as text, as HTML and for a calendar: each part reads back as it was meant."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.addresses import Correspondent
from notifications.headers import MessageError
from notifications.message import Envelope, _prove_parts, _proven, compose
from notifications.parts import Invitation, parts_of
from notifications.render import Rendered

ENVELOPE = Envelope(
    message_id="<7.12.0@pairing.example.org>",
    composed_at=datetime(2026, 12, 4, 8, 30, tzinfo=UTC),
    sender=Correspondent("Pairing Programme", "pairing@example.org"),
    reply_to=(Correspondent("Facilitator North", "facilitator.north@example.org"),),
    recipient=Correspondent("Team lead", "lead@example.org"),
    list_id="pairing.example.org",
)
LETTER = Rendered("The visit", "", "Dear Team lead,\n\nplease come.\n", "<p>Dear Team lead,</p>\n")
MEETING = Invitation("REQUEST", "BEGIN:VCALENDAR\r\nSUMMARY:Gespräch\r\nEND:VCALENDAR\r\n".encode())
everything = st.text(st.characters(codec="utf-8"), max_size=800)


def _read(letter: Rendered, invitation: Invitation | None = None) -> EmailMessage:
    frozen = compose(ENVELOPE, letter, invitation).frozen
    message = message_from_bytes(frozen, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def _lines(text: str) -> str:
    """A text as a body ends its lines."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return lines if lines.endswith("\n") else lines + "\n"


def test_a_letter_travels_as_text_and_as_html_the_plainer_first() -> None:
    message = _read(LETTER)

    assert message.get_content_type() == "multipart/alternative"
    text, html = message.iter_parts()
    assert text.get_content_type() == "text/plain"
    assert text.get_content() == LETTER.text.replace("\n", "\r\n")
    assert html.get_content_type() == "text/html"
    assert html.get_content() == LETTER.html.replace("\n", "\r\n")


def test_an_invitation_is_one_of_the_forms_and_attached_as_well() -> None:
    message = _read(LETTER, MEETING)

    assert message.get_content_type() == "multipart/mixed"
    letter, attached = message.iter_parts()
    forms = [part.get_content_type() for part in letter.iter_parts()]
    assert forms == ["text/plain", "text/html", "text/calendar"]
    calendar = list(letter.iter_parts())[-1]
    assert calendar.get_param("method") == "REQUEST"
    assert calendar.get_payload(decode=True) == MEETING.ics
    assert attached.get_filename() == "invitation.ics"
    assert attached.get_content_type() == "application/ics"
    assert attached.get_payload(decode=True) == MEETING.ics


@given(everything, everything, st.binary(max_size=300))
def test_whatever_the_words_each_part_reads_back(text: str, html: str, data: bytes) -> None:
    letter = replace(LETTER, text=text, html=html)

    message = _read(letter, Invitation("CANCEL", data))

    found = [p.get_payload(decode=True) for p in message.walk() if not p.is_multipart()]
    words = [_lines(each).replace("\n", "\r\n").encode() for each in (text, html)]
    assert found == [*words, data, data]
    assert not message.defects


def test_the_same_letter_is_the_same_bytes_and_another_has_other_boundaries() -> None:
    other = replace(ENVELOPE, message_id="<7.12.1@pairing.example.org>")

    frozen = [compose(each, LETTER, MEETING).frozen for each in (ENVELOPE, ENVELOPE, other)]

    assert frozen[0] == frozen[1]
    lines = [{line for line in each.split(b"\r\n") if line.startswith(b"--=_")} for each in frozen]
    assert len(lines[0]) == 4
    assert lines[0] & lines[2] == set()


def test_a_letter_that_holds_its_own_boundary_does_not_leave() -> None:
    frozen = compose(ENVELOPE, LETTER).frozen
    boundary = next(line for line in frozen.split(b"\r\n") if line.startswith(b"--=_")).decode()

    with pytest.raises(MessageError, match="other words"):
        compose(ENVELOPE, replace(LETTER, text=f"Dear Team lead,\n{boundary}\n\nplease pay.\n"))


@pytest.mark.parametrize(
    ("there", "instead"),
    [
        (b"please come", b"please pay"),
        (b"<p>Dear", b"<p>Mean"),
        (b"text/html", b"text/plain"),
        (b"method=REQUEST", b"method=CANCEL"),
        (b"QkVHSU46", b"QkVHSU47"),
    ],
)
def test_a_part_that_reads_back_as_something_else_does_not_leave(
    there: bytes, instead: bytes
) -> None:
    frozen = compose(ENVELOPE, LETTER, MEETING).frozen.replace(there, instead, 1)
    body = parts_of(ENVELOPE.message_id, LETTER.text, LETTER.html, MEETING)
    names = message_from_bytes(frozen).keys()

    with pytest.raises(MessageError, match="other words"):
        _prove_parts(_proven(frozen, ENVELOPE, LETTER.subject, names), ENVELOPE, body)


@pytest.mark.parametrize(
    "invitation",
    [
        replace(MEETING, method="request; x=y"),
        replace(MEETING, name='a".ics\r\nBcc: thief@example.com'),
        replace(MEETING, name="../a.ics"),
    ],
    ids=lambda each: ascii(each.method + each.name),
)
def test_what_stands_in_a_header_of_an_invitation_is_plain(invitation: Invitation) -> None:
    with pytest.raises(MessageError, match="is no"):
        compose(ENVELOPE, LETTER, invitation)
