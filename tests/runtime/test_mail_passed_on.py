"""An address that passes mail on works; where it goes to may not, and a person is told of that."""

from runtime.workers.arrived import take
from storage.mail import inbound
from tests.support.came_back import failure, reply
from tests.support.grove import Grove
from tests.support.inboxes import MAIN, listed, sent, told, with_inbox

FURTHER = "old.desk@further.example.org"


def test_where_mail_is_passed_on_to_an_address_that_refuses_it_the_facilitator_hears_whose_it_is(
    any_grove: Grove,
) -> None:
    with_inbox(any_grove)
    letter = sent(any_grove)

    state = take(any_grove.runtime, failure(letter, address=FURTHER))

    (text,) = told(any_grove)
    words = " ".join(text.split())
    assert state == inbound.PASSED_ON
    assert f"({MAIN}@example.org) is passed on to {FURTHER}, which refuses it: 550 5.1.1" in words
    assert [each.letter for each in any_grove.letters() if each.letter == "N-2.lost"] == []


def test_the_mailbox_that_refuses_counts_also_where_a_server_names_the_one_that_was_written_to(
    grove: Grove,
) -> None:
    with_inbox(grove)
    original = f"Original-Recipient: rfc822; {MAIN}@example.org\n".encode()
    raw = failure(sent(grove), address=FURTHER).replace(b"Action:", original + b"Action:")

    state = take(grove.runtime, raw)

    assert state == inbound.PASSED_ON
    assert f"is passed on to {FURTHER}" in listed(grove)[0].outcome


def test_of_one_letter_it_is_told_once(grove: Grove) -> None:
    with_inbox(grove)
    letter = sent(grove)

    states = [
        take(grove.runtime, failure(letter, address=address))
        for address in (FURTHER, f"other.{FURTHER}")
    ]

    assert states == [inbound.PASSED_ON, inbound.FOR_A_PERSON]
    assert len(told(grove)) == 1


def test_a_failure_is_told_also_where_a_reply_to_the_letter_was_passed_on_before(
    grove: Grove,
) -> None:
    with_inbox(grove)
    letter = sent(grove)
    asked = take(grove.runtime, reply(letter, "May I bring a colleague?\n"))

    states = [take(grove.runtime, failure(letter, code=code)) for code in ("5.2.2", "5.7.1")]

    assert asked == inbound.PASSED_ON
    assert states == [inbound.PASSED_ON, inbound.FOR_A_PERSON]
    assert sum("5.2.2" in each for each in told(grove)) == 1
