"""Every ending an SMTP attempt can have, against a real server on loopback."""

from dataclasses import replace

import pytest

from notifications.addresses import AddressError
from notifications.mailer import (
    NO_WAY_OUT,
    Delivered,
    MailerError,
    Outcome,
    Rejected,
    TryLater,
    Unknown,
)
from notifications.smtp import Smtp
from tests.notifications.sending import LETTER, QUICK, SECRET_TEXT, mailer, nothing, sent
from tests.support.mail_acts import Act, Drip, Drop, Hang, Say, Step
from tests.support.witness import Witness


def test_a_letter_arrives_byte_for_byte_with_one_sender_and_one_recipient() -> None:
    with Witness() as witness:
        outcome = sent(witness)

    assert outcome == Delivered("250 taken")
    [taken] = witness.taken
    assert (taken.sender, taken.recipients) == (LETTER.sender, (LETTER.recipient,))
    assert taken.data == LETTER.frozen


def test_letters_share_one_connection() -> None:
    with Witness() as witness, mailer(witness) as smtp:
        outcomes = [smtp.send(LETTER, nothing) for _ in range(5)]

    assert all(isinstance(outcome, Delivered) for outcome in outcomes)
    assert witness.steps.count("connect") == 1


BEFORE_THE_TEXT: tuple[Step, ...] = ("MAIL", "RCPT", "DATA")
LATER, NEVER = (421, 450, 451, 452), (500, 501, 550, 552, 553, 554)


@pytest.mark.parametrize("step", [*BEFORE_THE_TEXT, "dot"])
@pytest.mark.parametrize("code", LATER)
def test_a_4xx_means_try_later_at_every_step(step: Step, code: int) -> None:
    with Witness().will(step, Say(f"{code} not now")) as witness:
        outcome = sent(witness)

    assert outcome == TryLater(f"{code} not now", NO_WAY_OUT if step == "MAIL" else "")


@pytest.mark.parametrize("step", [*BEFORE_THE_TEXT, "dot"])
@pytest.mark.parametrize("code", NEVER)
def test_a_bare_5xx_holds_the_letter_and_kills_no_address(step: Step, code: int) -> None:
    with Witness().will(step, Say(f"{code} no")) as witness:
        outcome = sent(witness)

    place = "the text" if step == "dot" else step
    trouble = NO_WAY_OUT if step == "MAIL" else f"letters are refused with {code} at {place}"
    assert outcome == TryLater(f"{code} no", trouble)


@pytest.mark.parametrize("step", ["connect", "EHLO"])
@pytest.mark.parametrize("code", [*LATER, *NEVER])
def test_a_refused_connection_says_nothing_about_the_letter(step: Step, code: int) -> None:
    # EHLO refused leads to HELO, which the witness accepts: the letter may then arrive.
    with Witness().will(step, Say(f"{code} closed", then_drop=True)) as witness:
        outcome = sent(witness)

    assert isinstance(outcome, TryLater)
    assert outcome.trouble == NO_WAY_OUT
    assert not witness.taken


@pytest.mark.parametrize("code", [530, 534, 535, 538])
def test_a_5xx_about_our_account_does_not_burn_the_letter(code: int) -> None:
    with Witness().will("MAIL", Say(f"{code} authenticate first")) as witness:
        outcome = sent(witness)

    assert isinstance(outcome, TryLater)


TROUBLE: dict[str, Act] = {
    "hang": Hang(),
    "drop": Drop(),
    "drip": Drip(),
    "nonsense": Say("nonsense"),
    "a line without end": Say("2" * 9000),
}


@pytest.mark.parametrize("trouble", TROUBLE)
@pytest.mark.parametrize("step", ["connect", "EHLO", *BEFORE_THE_TEXT])
def test_silence_or_nonsense_before_the_text_means_surely_not_sent(
    step: Step, trouble: str
) -> None:
    with Witness().will(step, TROUBLE[trouble]) as witness:
        outcome = sent(witness)

    assert isinstance(outcome, TryLater)
    assert not witness.taken
    assert SECRET_TEXT not in witness.in_the_clear


@pytest.mark.parametrize("trouble", TROUBLE)
@pytest.mark.parametrize("step", ["text", "dot"])
def test_silence_or_nonsense_after_the_text_means_unknown(step: Step, trouble: str) -> None:
    with Witness().will(step, TROUBLE[trouble]) as witness:
        outcome = sent(witness)

    assert isinstance(outcome, Unknown)


def test_an_early_goodbye_after_the_dot_means_unknown() -> None:
    with Witness().will("dot", Say("25", then_drop=True)) as witness:
        assert isinstance(sent(witness), Unknown)


def test_a_letter_after_trouble_gets_a_connection_of_its_own() -> None:
    with Witness().will("dot", Hang()) as witness, mailer(witness) as smtp:
        first, second = (smtp.send(LETTER, nothing) for _ in range(2))

    assert isinstance(first, Unknown)
    assert isinstance(second, Delivered)


@pytest.mark.parametrize(
    ("step", "ends"), [("RCPT", Rejected), ("DATA", TryLater), ("dot", TryLater)]
)
def test_a_refused_letter_is_taken_back_and_leaves_the_connection_to_the_next(
    step: Step, ends: type[Outcome]
) -> None:
    """Postfix keeps an offer open after it has refused the text (503 nested MAIL command)."""
    with Witness().will(step, Say("550 5.1.1 nobody")) as witness, mailer(witness) as smtp:
        outcomes = [smtp.send(LETTER, nothing) for _ in range(2)]

    assert [type(outcome) for outcome in outcomes] == [ends, Delivered]
    assert witness.steps.count("connect") == 1
    assert witness.steps[witness.steps.index(step) + 1 :][:2] == ["RSET", "MAIL"]


def test_an_answer_to_the_dot_that_means_nothing_is_doubt_and_ends_the_connection() -> None:
    with Witness().will("dot", Say("354 go on")) as witness, mailer(witness) as smtp:
        outcomes = [smtp.send(LETTER, nothing) for _ in range(2)]

    assert [type(outcome) for outcome in outcomes] == [Unknown, Delivered]
    assert witness.steps.count("connect") == 2


@pytest.mark.parametrize("goodbye", ["drop", "421 idle too long", "452 4.5.3 too many letters"])
def test_a_connection_that_the_server_is_tired_of_costs_nothing(goodbye: str) -> None:
    with Witness() as witness, mailer(witness) as smtp:
        smtp.send(LETTER, nothing)

        if goodbye == "drop":
            witness.hang_up()
        else:
            witness.will("MAIL", Say(goodbye, then_drop=goodbye.startswith("421")))
        outcome = smtp.send(LETTER, nothing)

    assert isinstance(outcome, Delivered)
    assert len(witness.taken) == 2


def test_a_server_that_lets_nobody_in_is_told_in_its_own_words() -> None:
    with Witness().will("connect", Say("421 4.7.0 too many connections")) as witness:
        assert sent(witness) == TryLater("421 4.7.0 too many connections", NO_WAY_OUT)


def test_no_server_at_all_means_try_later() -> None:
    with Witness() as witness:
        pass

    outcome = sent(witness)

    assert isinstance(outcome, TryLater)


def test_the_attempt_is_recorded_before_data() -> None:
    steps_then: list[str] = []
    with Witness() as witness:
        sent(witness, before_data=lambda: steps_then.extend(witness.steps))

    assert steps_then == ["connect", "EHLO", "MAIL", "RCPT"]


class LeaseLostError(Exception):
    """Raised by the caller when the letter is no longer its own."""


def lease_is_lost() -> None:
    raise LeaseLostError


def test_a_lost_lease_leaves_the_letter_unsent_and_the_mailer_usable() -> None:
    with Witness() as witness, mailer(witness) as smtp:
        with pytest.raises(LeaseLostError):
            smtp.send(LETTER, lease_is_lost)
        assert not witness.taken

        assert isinstance(smtp.send(LETTER, nothing), Delivered)


def test_the_attempt_is_not_recorded_when_the_recipient_is_refused() -> None:
    attempts: list[str] = []
    with Witness().will("RCPT", Say("550 5.1.1 nobody")) as witness:
        sent(witness, before_data=lambda: attempts.append("recorded"))

    assert attempts == []


def test_a_closed_mailer_says_so() -> None:
    smtp = Smtp(QUICK)
    smtp.close()

    with pytest.raises(MailerError, match="open it"):
        smtp.send(LETTER, nothing)


@pytest.mark.parametrize(
    "change",
    [
        {"recipient": "a@example.org>\r\nRCPT TO:<b@example.org"},
        {"recipient": "a@example.org,b@example.org"},
        {"recipient": ""},
        {"recipient": "a@exämple.org"},
        {"sender": "x\r\n@example.org"},
        {"frozen": b"Subject: bare\n\r\n"},
        {"frozen": b"Subject: bare\r\r\n"},
        {"frozen": b"Subject: no end"},
    ],
)
def test_what_a_server_could_read_otherwise_cannot_be_addressed(change: dict[str, object]) -> None:
    with pytest.raises((AddressError, MailerError)):
        replace(LETTER, **change)  # type: ignore[arg-type]  # wrong on purpose


def test_a_notice_of_failure_has_no_sender() -> None:
    with Witness() as witness, mailer(witness) as smtp:
        outcome = smtp.send(replace(LETTER, sender=""), nothing)

    assert isinstance(outcome, Delivered)
    assert witness.taken[0].sender == ""
