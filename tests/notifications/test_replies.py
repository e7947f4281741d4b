"""A refusal is of the address only where it surely is; any other holds the letter (P18, F6)."""

import pytest

from notifications.mailer import NO_WAY_OUT, Rejected, TryLater
from notifications.replies import Step, refused
from tests.notifications.sending import sent
from tests.support.mail_acts import Say
from tests.support.witness import Witness

DEAD = (
    "550 5.1.1 <ana@example.org>: Recipient address rejected: User unknown",
    "550 5.1.1 The email account that you tried to reach does not exist.",
    "501 5.1.3 bad recipient address syntax",
    "551 5.1.6 the mailbox has moved",
    "556 5.1.10 the domain takes no mail",
    "550 5.2.1 the account is closed",
    "550 5.4.1 Recipient address rejected: Access denied. AS(201806281)",
    "550 5.4.1 All recipient addresses rejected : Access denied. AS(201806281)",
)
ABOUT_US = (
    "554 5.7.1 relay access denied",
    "554 5.7.1 <ana@example.org>: Relay access denied",
    "550 5.7.1 blocked: 192.0.2.1 is on a list",
    "504 5.5.2 <client>: Helo command rejected: need fully-qualified hostname",
    "552 5.2.2 mailbox full",
    "552 5.3.4 message too big",
    "502 5.5.1 not implemented",
    "503 5.5.1 bad sequence",
    "550 5.4.1 no answer from host",
    "550 5.4.1 Access denied",
    "550 5.1.11 no such code",
    "550 5.1.8 sender address rejected",
    "550 mailbox unavailable",
    "551 user not local",
    "553 mailbox name not allowed",
    "550 no such user here (was 5.1.1)",
    "550 5.1.1234 nonsense",
    "550 5.2.1 The user you are trying to contact is receiving mail at a rate that prevents more",
    "550 5.2.1 the user is receiving mail too quickly",
)


@pytest.mark.parametrize("line", DEAD)
def test_only_a_reply_about_the_recipient_at_rcpt_says_that_an_address_is_dead(line: str) -> None:
    with Witness().will("RCPT", Say(line)) as witness:
        outcome = sent(witness)

    assert outcome == Rejected(line)


@pytest.mark.parametrize("line", ABOUT_US)
def test_a_refusal_about_us_holds_the_letter(line: str) -> None:
    with Witness().will("RCPT", Say(line)) as witness:
        outcome = sent(witness)

    assert isinstance(outcome, TryLater)
    assert outcome.trouble.endswith(" at RCPT")
    assert "ana@example.org" not in outcome.trouble


@pytest.mark.parametrize("line", DEAD)
@pytest.mark.parametrize("step", ["MAIL", "DATA", "the text"])
def test_the_same_words_at_any_other_step_are_not_of_the_recipient(step: Step, line: str) -> None:
    code, _, text = line.partition(" ")

    assert isinstance(refused(step, int(code), text), TryLater)


def test_refusals_of_one_kind_are_one_trouble_whoever_the_letter_is_to() -> None:
    said = [refused("RCPT", 554, f"5.7.1 <{who}>: Relay access denied") for who in ("a", "b")]

    troubles = [each.trouble for each in said if isinstance(each, TryLater)]
    assert troubles == ["letters are refused with 554 5.7.1 at RCPT"] * 2


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
def test_a_server_that_does_not_know_our_account_lets_no_letter_out(step: Step) -> None:
    assert refused(step, 530, "5.7.0 authenticate first") == TryLater(
        "530 5.7.0 authenticate first", NO_WAY_OUT
    )


def test_an_answer_of_several_lines_is_understood() -> None:
    with Witness().will("RCPT", Say("550-5.1.1 no such\r\n550 5.1.1 person here")) as witness:
        outcome = sent(witness)

    assert outcome == Rejected("550 5.1.1 no such 5.1.1 person here")
