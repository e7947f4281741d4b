"""Mail that machines send: never answered, and an absence only where a token proves it."""

from datetime import date

import pytest

from runtime.queries.incidents import incident_lines
from runtime.workers.arrived import take
from storage.database.transactions import reading
from storage.directory import absences, directory
from storage.mail import inbound
from tests.support.came_back import reply
from tests.support.grove import Grove
from tests.support.inboxes import FERN, MAIN, listed, sent, told, with_inbox


def test_automatic_mail_is_never_answered(grove: Grove) -> None:
    with_inbox(grove)
    letter = sent(grove)
    before = len(grove.letters())

    raw = b"Auto-Submitted: auto-replied\n" + reply(letter, "I am away until 20 June 2026.\n")
    state = take(grove.runtime, raw)

    grove.sends()
    assert state == inbound.DONE
    assert len(grove.letters()) == before
    assert listed(grove)[0].words == ""  # of an absence only the day is kept


def test_an_automatic_reply_without_a_day_is_for_a_person_and_makes_nobody_absent(
    grove: Grove,
) -> None:
    with_inbox(grove)
    letter = sent(grove)
    before = len(grove.letters())
    raw = reply(letter, "Dr Ash has left this hospital. Please write to Dr Elm.\n")

    state = take(grove.runtime, b"Auto-Submitted: auto-replied\n" + raw)

    grove.sends()
    with reading(grove.runtime.database) as session:
        assert absences.absences_of(session, directory.person_id(session, MAIN)) == ()
    (line,), (incident,) = listed(grove), incident_lines(grove.runtime)
    assert (state, line.state) == (inbound.FOR_A_PERSON, inbound.FOR_A_PERSON)
    again = reply(letter, "Dr Ash has left this hospital.\n")
    assert take(grove.runtime, b"Auto-Submitted: auto-replied\n" + again) == inbound.NOTHING
    assert line.words == "Dr Ash has left this hospital. Please write to Dr Elm."
    assert f"see whether somebody reads {MAIN}@example.org still" in incident.what
    assert len(grove.letters()) == before


def test_an_automatic_reply_without_a_day_of_somebody_else_is_nobodys_matter(grove: Grove) -> None:
    with_inbox(grove)
    words = "This mailbox is not read.\n"
    raw = reply(sent(grove), words, sender="a@elsewhere.example", token="")

    state = take(grove.runtime, b"Auto-Submitted: auto-replied\n" + raw)

    assert state == inbound.NOTHING
    assert incident_lines(grove.runtime) == ()


SENDERS = [f"{MAIN}@example.org", "postmaster@example.org"]


@pytest.mark.parametrize("sender", SENDERS)
def test_an_automatic_reply_without_a_proof_makes_nobody_absent_and_a_person_looks(
    sender: str, grove: Grove
) -> None:
    with_inbox(grove)
    raw = reply(sent(grove), "I am away until 20 June 2026.\n", sender=sender, token="")

    state = take(grove.runtime, b"Auto-Submitted: auto-replied\n" + raw)

    with reading(grove.runtime.database) as session:
        assert absences.absences_of(session, directory.person_id(session, MAIN)) == ()
    (line,) = incident_lines(grove.runtime)
    assert state == inbound.FOR_A_PERSON
    assert f"away until 2026-06-20, says {sender}, and nothing proves it" in line.what
    assert told(grove) == []


@pytest.mark.parametrize("sender", SENDERS)
def test_an_automatic_reply_to_the_return_path_that_names_a_day_is_an_absence(
    sender: str, grove: Grove
) -> None:
    with_inbox(grove)
    letter = sent(grove)
    (path,) = (
        each.sender for each in grove.post.letters if each.recipient == f"{MAIN}@example.org"
    )
    assert f"Reply-To: Pairing Programme <{path}>".encode() in letter  # with the token
    raw = reply(letter, "I am away until 20 June 2026.\n", sender=sender)

    state = take(grove.runtime, b"Auto-Submitted: auto-replied\n" + raw)

    with reading(grove.runtime.database) as session:
        (away,) = absences.absences_of(session, directory.person_id(session, MAIN))
    assert state == inbound.DONE
    assert (away.first_on, away.last_on) == (grove.clock().date(), date(2026, 6, 20))
    assert away.source == "automatic reply"


def test_an_absence_begins_on_the_first_day_that_an_automatic_reply_names(grove: Grove) -> None:
    with_inbox(grove)
    raw = reply(sent(grove), "I am away from 9 June to 20 June 2026.\n", sender=SENDERS[0])

    state = take(grove.runtime, b"Auto-Submitted: auto-replied\n" + raw)

    with reading(grove.runtime.database) as session:
        (away,) = absences.absences_of(session, directory.person_id(session, MAIN))
    assert state == inbound.DONE
    assert (away.first_on, away.last_on) == (date(2026, 6, 9), date(2026, 6, 20))


def test_an_automatic_reply_of_somebody_else_makes_nobody_absent(grove: Grove) -> None:
    with_inbox(grove)
    words = "I am away until 20 June 2026.\n"
    raw = reply(sent(grove), words, sender="a@elsewhere.example", token="")

    state = take(grove.runtime, b"Auto-Submitted: auto-replied\n" + raw)

    with reading(grove.runtime.database) as session:
        assert absences.absences_of(session, directory.person_id(session, MAIN)) == ()
    assert state == inbound.NOTHING


def test_a_colleague_who_is_away_is_not_taken_for_whoever_was_written_to(grove: Grove) -> None:
    with_inbox(grove)
    other = f"{FERN}@example.org"
    raw = reply(sent(grove), "I am away until 20 June 2026.\n", sender=other)

    state = take(grove.runtime, b"Auto-Submitted: auto-replied\n" + raw)

    with reading(grove.runtime.database) as session:
        assert absences.absences_of(session, directory.person_id(session, MAIN)) == ()
    assert state == inbound.FOR_A_PERSON
    assert "away until 2026-06-20, says" in listed(grove)[0].outcome


@pytest.mark.parametrize(
    "mark", ["X-Auto-Response-Suppress: DR, OOF, AutoReply\n", "Precedence: list\n"]
)
def test_what_a_server_or_a_list_adds_to_the_mail_of_people_does_not_silence_them(
    mark: str, grove: Grove
) -> None:
    with_inbox(grove)

    state = take(grove.runtime, mark.encode() + reply(sent(grove), "We need two weeks more.\n"))

    (text,) = told(grove)
    assert state == inbound.PASSED_ON
    assert "We need two weeks more." in text


def test_a_failure_that_a_server_tells_in_words_alone_is_told_to_a_person_and_marks_nothing(
    grove: Grove,
) -> None:
    with_inbox(grove)
    sent(grove)
    (path,) = (
        each.sender for each in grove.post.letters if each.recipient == f"{MAIN}@example.org"
    )
    raw = (
        f"Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.org\nTo: {path}\n"
        "Subject: failure notice\n\nHi. This is the mail program at mx.example.org.\n"
        f"<{MAIN}@example.org>:\nSorry, no mailbox here by that name. (#5.1.1)\n"
    )

    state = take(grove.runtime, raw.encode("ascii"))

    (text,) = told(grove)
    with reading(grove.runtime.database) as session:
        assert directory.person(session, MAIN).reachable
    assert state == inbound.PASSED_ON
    assert "Sorry, no mailbox here by that name." in " ".join(text.split())
