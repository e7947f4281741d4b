"""What servers, calendars and people send back is told apart, and never by its subject."""

from datetime import date
from pathlib import Path

import pytest

from notifications.inbound.arrivals import (
    AutomaticReply,
    CalendarReply,
    DeliveryFailed,
    Meant,
    Noise,
    Reply,
)
from notifications.inbound.reading import read
from notifications.inbound.words import above

TODAY = date(2026, 11, 30)
OURS = "pairing@example.org"
LETTER = "<wp6.4711.7.12.0@example.org>"
ANSWERED_AT = "pairing+a1b2c3@example.org"


def came_back(name: str) -> bytes:
    """One message of the corpus, as it came in."""
    return (Path(__file__).parent / "came_back" / f"{name}.eml").read_bytes()


def meant(name: str) -> Meant:
    return read(came_back(name), OURS, TODAY).meant


@pytest.mark.parametrize(
    ("writer", "code"),
    [
        ("postfix", "5.1.1"),
        ("exim", "5.1.1"),
        ("exchange", "5.1.10"),
        ("microsoft365", "5.4.1"),
        ("gmail", "5.1.1"),
        ("sendmail", "5.1.1"),
        ("international", "5.1.3"),
    ],
)
def test_a_report_of_an_unknown_recipient_says_which_letter_and_that_it_is_dead(
    writer: str, code: str
) -> None:
    failed = meant(writer)

    assert isinstance(failed, DeliveryFailed)
    assert (failed.address, failed.code, failed.dead) == ("lead@birch.example.org", code, True)
    assert failed.about.message_ids == (LETTER,)
    assert ANSWERED_AT in failed.about.sent_to


@pytest.mark.parametrize(("name", "code"), [("full", "5.2.2"), ("policy", "5.4.1")])
def test_a_full_mailbox_or_a_policy_is_no_dead_address(name: str, code: str) -> None:
    failed = meant(name)

    assert isinstance(failed, DeliveryFailed)
    assert (failed.code, failed.dead) == (code, False)


def test_a_comment_in_a_report_takes_nothing_away_from_it() -> None:
    raw = came_back("postfix").replace(b"Action: failed", b"Action: Failed (for good)")

    failed = read(raw, OURS, TODAY).meant

    assert isinstance(failed, DeliveryFailed)
    assert failed.dead


def test_a_delay_is_nothing() -> None:
    assert meant("delayed") == Noise("a report of delivery: delayed")


def test_a_bounce_without_a_standard_report_is_a_guess() -> None:
    failed = meant("old_bounce")

    assert isinstance(failed, DeliveryFailed)
    assert (failed.address, failed.dead) == ("lead@birch.example.org", False)
    assert failed.about.message_ids == (LETTER,)


def test_a_bounce_that_quotes_the_letter_in_its_text_is_a_guess_about_that_letter() -> None:
    failed = meant("ancient_bounce")

    assert isinstance(failed, DeliveryFailed)
    assert not failed.dead
    assert failed.about.message_ids == (LETTER,)
    assert failed.about.sent_to[0] == ANSWERED_AT


def test_a_report_that_somebody_sends_on_marks_no_address() -> None:
    inner = came_back("postfix").partition(b"Content-Type:")[2]
    sent_on = (
        b'From: a@example.org\nContent-Type: multipart/mixed; boundary="o"\n\n--o\nContent-Type:'
        + inner
        + b"\n--o--\n"
    )

    failed = read(sent_on, OURS, TODAY).meant

    assert isinstance(failed, DeliveryFailed)
    assert not failed.dead


@pytest.mark.parametrize(
    ("writer", "until"),
    [
        ("outlook_away", date(2026, 12, 18)),
        ("gmail_away", date(2026, 12, 11)),
        ("exim_vacation", date(2027, 1, 3)),
        ("postmaster_away", date(2026, 12, 9)),
    ],
)
def test_an_automatic_reply_says_until_when_somebody_is_away(writer: str, until: date) -> None:
    answered = meant(writer)

    assert isinstance(answered, AutomaticReply)
    assert answered.away is not None
    assert answered.away.last == until
    assert answered.about.message_ids == (LETTER,)


def test_a_subject_alone_makes_no_automatic_reply() -> None:
    marks = (b"Auto-Submitted", b"X-Auto-Response-Suppress")
    raw = b"\n".join(
        line for line in came_back("outlook_away").split(b"\n") if not line.startswith(marks)
    )

    assert isinstance(read(raw, OURS, TODAY).meant, Reply)


def test_an_answer_of_a_calendar_is_kept_for_it() -> None:
    answer = meant("calendar_reply")

    assert isinstance(answer, CalendarReply)
    assert b"METHOD:REPLY" in answer.content
    assert answer.sender == "lead@birch.example.org"


def test_a_receipt_of_reading_is_nothing() -> None:
    assert meant("read_receipt") == Noise("a report of another kind: of reading, or of abuse")


def test_a_letter_of_our_own_that_comes_round_is_nothing() -> None:
    raw = b"From: Pairing Programme <Pairing@Example.org>\nSubject: x\n\nGood day.\n"

    assert read(raw, OURS, TODAY).meant == Noise("a letter of our own")


def test_what_is_new_in_a_reply_stands_above_what_it_quotes() -> None:
    ours = "Please name the two departments.\nReply to this mail and you reach Facilitator North.\n"

    reply = meant("reply")

    assert isinstance(reply, Reply)
    assert reply.sender == "lead@birch.example.org"
    assert above(reply.text, ours) == [
        "Radiotherapy is Nurse educator Birchwater. I ask the data office tomorrow.",
        "",
        "Team lead Birchwater",
    ]


def test_our_own_words_are_taken_away_where_nothing_marks_them_as_quoted() -> None:
    ours = "Please name the two departments.\n"

    assert above("Please  name the two departments.\n\nGladly, tomorrow.", ours) == [
        "Gladly, tomorrow."
    ]


@pytest.mark.parametrize(
    "opening",
    [
        "Le lun. 30 nov. 2026 à 09:10, Pairing Programme <pairing@example.org> a écrit :",
        "Am Mo., 30. Nov. 2026 um 09:10 Uhr schrieb Pairing <pairing@example.org>:",
        "pon., 2 mar 2026 o 10:00 Pairing <\npairing@example.org> napisał(a):\n\n> Old",
        "Kontakt Pairing (<pairing@example.org>)\nkirjutas E, 2. märts kell 10:00:\n\n> Old",
        "Pairing <pairing@example.org> escreveu (segunda,\n2/03/2026 à(s) 10:00):\n\n> Old",
        (
            "De: Pairing <pairing@example.org>\nEnviado el: lunes, 2 de marzo de 2026 11:00\n"
            "Para: me <me@example.org>\nAsunto: Contact list\n"
        ),
        (
            "*Od:* Pairing <pairing@example.org>\n*Wysłano:* poniedziałek, 2 marca 2026 11:00\n"
            "*Do:* me\n*Temat:* Contact list\n"
        ),
        (
            "De la: Pairing <pairing@example.org>\nTrimis: luni, 2 martie 2026 11:00\n"
            "Către: me\nSubiect: Contact list\n"
        ),
        (
            "Saatja: Pairing <pairing@example.org>\nSaadetud: esmaspäev, 2. märts 2026 11:00\n"
            "Adressaat: me\nTeema: Contact list\n"
        ),
        "-----Original Message-----",
        "________________________________",
        "From: Pairing Programme <pairing@example.org>\nSent: Monday\nSubject: Contact list",
        "*Von:* Pairing Programme\n*Gesendet:* Montag",
        "-- ",
        "> anything",
    ],
)
def test_what_mail_software_quotes_is_not_new(opening: str) -> None:
    assert above(f"Yes.\n\n{opening}\nOld words.\n", "") == ["Yes."]


@pytest.mark.parametrize(
    "words",
    [
        "Nurse: Anna <anna@example.org>\nPhone: 0100\nRoom: 7\nHours: 9 to 12",
        "Write to Anna <anna@example.org>:\nshe knows.",
        "Yes.\nPairing <pairing@example.org> wrote this:",
    ],
)
def test_words_that_only_look_like_the_head_of_a_letter_are_new(words: str) -> None:
    assert above(words, "") == words.splitlines()


def test_an_answer_right_above_the_line_that_names_the_writer_is_new() -> None:
    assert above("Yes.\nPairing <pairing@example.org> napisał(a):\n\n> Old\n", "") == ["Yes."]
    named = "COLLEAGUE Anna <anna@example.org>"
    assert above(f"{named}\nOn Monday, Pairing wrote:\n> Old\n", "") == [named]


def test_a_reply_of_html_alone_is_read_as_it_is_shown() -> None:
    raw = (
        b"From: a@example.org\nContent-Type: text/html; charset=utf-8\n\n"
        b"<style>p {color: red}</style><p>Yes, <b>gladly</b>.</p><p>See you</p>"
        b"<blockquote><p>Old words</p></blockquote>"
    )

    reply = read(raw, OURS, TODAY).meant

    assert isinstance(reply, Reply)
    assert [line for line in above(reply.text, "") if line] == ["Yes, gladly.", "See you"]


def test_the_same_message_has_the_same_key_whatever_the_way_added() -> None:
    once = came_back("reply")
    again = b"Received: by another.example.org\nStatus: RO\n" + once.replace(b"\n", b"\r\n")

    assert read(once, OURS, TODAY).key == read(again, OURS, TODAY).key
    assert read(once, OURS, TODAY).key != read(once + b"More.", OURS, TODAY).key
