"""Before a real Postfix nothing leaves in the clear, whoever stands in between (security 24)."""

from dataclasses import replace

import pytest

from notifications.mailer import NO_WAY_OUT, Delivered, Outcome, TryLater
from notifications.smtp import Smtp
from tests.notifications.sending import LETTER, PATIENT, nothing
from tests.support.gate import Gate
from tests.support.postfix import Postfix

pytestmark = pytest.mark.services


def _sent(exchanger: Postfix, gate: Gate) -> Outcome:
    ca_file = exchanger.certificate.file
    smtp = Smtp(replace(PATIENT, port=gate.port, security="starttls", ca_file=ca_file))
    smtp.open()
    try:
        return smtp.send(LETTER, nothing)
    finally:
        smtp.close()


def test_a_letter_reaches_a_real_server_inside_tls(exchanger: Postfix) -> None:
    exchanger.forgets()
    with Gate(exchanger.port) as gate:
        outcome = _sent(exchanger, gate)

    (taken,) = exchanger.taken
    assert isinstance(outcome, Delivered)
    assert taken.encrypted
    assert taken.data.endswith(LETTER.frozen.partition(b"\r\n\r\n")[2])  # it adds a Date
    assert (taken.sender, taken.recipients) == (LETTER.sender, (LETTER.recipient,))
    assert b"MAIL" not in gate.in_the_clear
    assert LETTER.recipient.encode() not in gate.in_the_clear


def test_where_somebody_strips_starttls_no_byte_of_mail_leaves(exchanger: Postfix) -> None:
    exchanger.forgets()
    with Gate(exchanger.port, strips_starttls=True) as gate:
        outcome = _sent(exchanger, gate)

    words = bytes(gate.in_the_clear).split(b"\r\n")
    assert isinstance(outcome, TryLater)
    assert outcome.trouble == NO_WAY_OUT
    assert exchanger.taken == []
    assert {word.split(b" ")[0] for word in words} <= {b"EHLO", b"STARTTLS", b"QUIT", b""}
