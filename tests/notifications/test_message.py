"""The bytes that travel read back as what was meant, and reach one person."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.addresses import AddressError, Correspondent
from notifications.headers import Kind, MessageError
from notifications.message import Composed, Envelope, _proven, compose
from notifications.render import Rendered
from tests.support.letter_words import words_of

ENVELOPE = Envelope(
    message_id="<7.12.0@pairing.example.org>",
    composed_at=datetime(2026, 12, 4, 8, 30, tzinfo=UTC),
    sender=Correspondent("Facilitator North, Pairing Programme", "pairing@example.org"),
    reply_to=(Correspondent("Facilitator North", "facilitator.north@example.org"),),
    recipient=Correspondent("Team lead", "lead@example.org"),
    list_id="pairing.example.org",
)
LETTER = Rendered(
    "Please sign by 14 December",
    "It is short.",
    "Dear Team lead,\n\nplease sign.\n",
    "<p>Dear Team lead,</p>\n<p>please sign.</p>\n",
)
HEADERS = [
    *("From", "Reply-To", "To", "Subject", "Date", "Message-ID"),
    *("List-Id", "Auto-Submitted", "X-Auto-Response-Suppress"),
    *("MIME-Version", "Content-Type"),
]
plain = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])
subjects = st.text(plain, max_size=200).map(lambda text: " ".join(text.split()))
texts = st.text(max_size=1200)


def read(composed: Composed) -> EmailMessage:
    message = message_from_bytes(composed.frozen, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def test_a_message_has_the_headers_of_an_automatic_letter_and_no_other() -> None:
    message = read(compose(ENVELOPE, LETTER))

    assert message.keys() == HEADERS
    assert message["From"].addresses[0].display_name == "Facilitator North, Pairing Programme"
    assert message["Reply-To"].addresses[0].addr_spec == "facilitator.north@example.org"
    assert [one.addr_spec for one in message["To"].addresses] == ["lead@example.org"]
    assert message["Date"].datetime == ENVELOPE.composed_at
    assert message["Message-ID"] == ENVELOPE.message_id
    assert message["List-Id"] == "<pairing.example.org>"
    assert message.get_content_type() == "multipart/alternative"
    assert words_of(message) == LETTER.text.replace("\n", "\r\n")


@pytest.mark.parametrize(("kind", "suppressed"), [(Kind.ASK, "DR, RN, NRN"), (Kind.NOTICE, "All")])
def test_who_is_asked_may_be_away_and_who_is_told_may_not_answer(
    kind: Kind, suppressed: str
) -> None:
    message = read(compose(replace(ENVELOPE, kind=kind), LETTER))

    assert message.keys() == HEADERS
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == suppressed


def test_the_same_letter_is_the_same_bytes() -> None:
    assert compose(ENVELOPE, LETTER) == compose(ENVELOPE, LETTER)


def test_a_ladder_is_one_conversation() -> None:
    thread = ("<1@pairing.example.org>", "<2@pairing.example.org>")

    message = read(compose(replace(ENVELOPE, thread=thread), LETTER))

    assert message["In-Reply-To"] == thread[1]
    assert message["References"].split() == list(thread)


@given(subjects, texts)
def test_any_text_reads_back_and_only_crlf_ends_a_line(subject: str, text: str) -> None:
    composed = compose(ENVELOPE, replace(LETTER, subject=subject, text=text))

    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    meant = lines if lines.endswith("\n") else lines + "\n"
    message = read(composed)
    assert _decoded_text(message) == meant
    assert message.keys() == HEADERS
    assert not message.defects
    ends = [composed.frozen.count(end) for end in (b"\r\n", b"\n", b"\r")]
    assert len(set(ends)) == 1
    assert all(len(line) <= 998 for line in composed.frozen.split(b"\r\n"))
    assert composed.frozen.isascii()


@given(subjects)
def test_any_subject_is_read_as_it_was_written(subject: str) -> None:
    message = message_from_bytes(compose(ENVELOPE, replace(LETTER, subject=subject)).frozen)

    assert _decoded(message["Subject"]) == subject


@given(st.text(plain, max_size=150))
def test_any_name_that_is_let_in_leaves_one_recipient(name: str) -> None:
    try:
        recipient = Correspondent(name, "lead@example.org")
    except AddressError:
        return

    message = read(compose(replace(ENVELOPE, recipient=recipient), LETTER))

    assert [one.addr_spec for one in message["To"].addresses] == ["lead@example.org"]
    assert message.keys() == HEADERS


@pytest.mark.parametrize(
    "text",
    [
        "x" * 5_000,
        "é" * 5_000,
        ".\n..\n.x\n",
        "From me\n>From you\n",
        "ends with blanks   \n\t\n",
        "a=3D b=\n=\n",
        "https://pairing.example.org/a/" + "k" * 1_200,
        "\0\x1b\x7f",
        "",
    ],
    ids=lambda text: ascii(text[:20]),
)
def test_lines_that_mail_software_bends_arrive_unbent(text: str) -> None:
    message = read(compose(ENVELOPE, replace(LETTER, text=text)))

    assert _decoded_text(message).removesuffix("\n") == text.removesuffix("\n")


@pytest.mark.parametrize(
    "subject",
    [
        "Hello\r\nBcc: thief@example.com",
        "Hello\nX: y",
        "Hello\r",
        "Hello\0",
        "Hello\ud800",
        "Hello\x85",
    ],
    ids=ascii,
)
def test_a_subject_with_a_line_break_is_refused(subject: str) -> None:
    with pytest.raises(MessageError, match="control"):
        compose(ENVELOPE, replace(LETTER, subject=subject))


def test_a_subject_that_looks_like_a_code_stays_text() -> None:
    # Taken for a code, it would open a header of its own.
    subject = "=?utf-8?q?Hello=0D=0ABcc:_thief@example.com?="

    message = read(compose(ENVELOPE, replace(LETTER, subject=subject)))

    assert message.keys() == HEADERS
    assert message["Bcc"] is None


@pytest.mark.parametrize(
    "message_id",
    [
        "",
        "x",
        "<x>",
        "<x@y",
        "<x@y>\r\nBcc: a@example.com",
        "<x y@z>",
        "<é@z>",
        "<@z>",
        "<x@z><y@z>",
    ],
    ids=ascii,
)
def test_a_message_id_is_one_plain_id(message_id: str) -> None:
    with pytest.raises(MessageError, match="message id"):
        compose(replace(ENVELOPE, message_id=message_id), LETTER)


@pytest.mark.parametrize("name", ["", "pairing", "a b.org", "a.org>\r\nBcc: x", "é.org"], ids=ascii)
def test_a_list_is_named_like_a_host(name: str) -> None:
    with pytest.raises(MessageError, match="name of a list"):
        compose(replace(ENVELOPE, list_id=name), LETTER)


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = datetime(2026, 12, 4)  # noqa: DTZ001  # without a zone on purpose

    with pytest.raises(MessageError, match="zone"):
        compose(replace(ENVELOPE, composed_at=naive), LETTER)


def test_half_a_character_in_the_text_is_refused() -> None:
    with pytest.raises(MessageError, match="surrogate"):
        compose(ENVELOPE, replace(LETTER, text="\ud800"))


def test_the_programme_does_not_write_to_itself() -> None:
    loop = Correspondent("Programme", "Pairing@example.org")

    with pytest.raises(MessageError, match="to itself"):
        compose(replace(ENVELOPE, recipient=loop), LETTER)


FORGED = {
    "another header": (b"Date: ", b"Bcc: thief@example.com\r\nDate: "),
    "another recipient": (b"To: Team lead <lead@", b"To: Team lead <thief@example.com>, <lead@"),
    "another sender": (b"<pairing@", b"<thief@"),
    "another subject": (b"Please sign", b"Please pay"),
    "a bare line feed": (b"please sign", b"please\nsign"),
    "a missing header": (b"MIME-Version: 1.0\r\n", b""),
}


@pytest.mark.parametrize("case", FORGED)
def test_bytes_that_read_back_as_something_else_do_not_leave(case: str) -> None:
    data = compose(ENVELOPE, LETTER).frozen.replace(*FORGED[case], 1)

    with pytest.raises(MessageError, match="reads back"):
        _proven(data, ENVELOPE, LETTER.subject, HEADERS)


def test_an_address_that_slipped_past_every_check_is_caught_in_the_bytes() -> None:
    recipient = Correspondent("Lead", "lead@example.org")
    object.__setattr__(recipient, "address", "lead@example.org>, <thief@example.com")

    with pytest.raises(MessageError, match="another To"):
        compose(replace(ENVELOPE, recipient=recipient), LETTER)


def _decoded_text(message: EmailMessage) -> str:
    body = next(message.iter_parts()).get_payload(decode=True)
    assert isinstance(body, bytes)
    return body.decode().replace("\r\n", "\n")


def _decoded(header: str) -> str:
    return str(make_header(decode_header(header)))
