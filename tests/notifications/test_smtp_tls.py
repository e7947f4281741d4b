"""Nothing leaves in the clear, whatever the server or somebody in between pretends."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from notifications.accounts import SmtpSettings
from notifications.mailer import NO_WAY_OUT, Delivered, MailerError, TryLater
from notifications.smtp import Smtp
from tests.notifications.sending import QUICK, SECRET_TEXT, sent
from tests.support.certificates import Certificate
from tests.support.mail_acts import Besides, Say
from tests.support.witness import PASSWORD, USERNAME, Security, Witness


def encrypted(trusted: Certificate) -> SmtpSettings:
    return replace(QUICK, security="starttls", ca_file=trusted.file, command_timeout=5)


def test_starttls_and_a_password_carry_a_letter(trusted: Certificate) -> None:
    settings = replace(encrypted(trusted), username=USERNAME, password=PASSWORD)
    with Witness("starttls", trusted) as witness:
        outcome = sent(witness, settings)

    assert isinstance(outcome, Delivered)
    assert witness.taken[0].encrypted
    assert b"AUTH" not in witness.in_the_clear
    assert SECRET_TEXT not in witness.in_the_clear


def test_tls_from_the_first_byte_carries_a_letter(trusted: Certificate) -> None:
    settings = replace(encrypted(trusted), security="tls")
    with Witness("tls", trusted) as witness:
        outcome = sent(witness, settings)

    assert isinstance(outcome, Delivered)


def test_a_wrong_password_does_not_burn_the_letter(trusted: Certificate) -> None:
    settings = replace(encrypted(trusted), username=USERNAME, password="wrong")  # noqa: S106
    with Witness("starttls", trusted) as witness:
        outcome = sent(witness, settings)

    assert isinstance(outcome, TryLater)
    assert "535" in outcome.reply
    assert "wrong" not in outcome.reply


def stripped(trusted: Certificate) -> Witness:
    return Witness("starttls", trusted, strips_starttls=True)


def refused(trusted: Certificate) -> Witness:
    return Witness("starttls", trusted).will("STARTTLS", Say("454 not today"))


def pretending(trusted: Certificate) -> Witness:
    return Witness("starttls", trusted).will("STARTTLS", Say("220 go\r\n250 injected"))


def injecting(trusted: Certificate) -> Witness:
    return Witness("starttls", trusted).will("STARTTLS", Besides("250 injected"))


def answering_twice(trusted: Certificate) -> Witness:
    return Witness("starttls", trusted).will("EHLO", Besides("220 go on"))


@pytest.mark.parametrize("attack", [stripped, refused, pretending, injecting, answering_twice])
def test_without_starttls_nothing_leaves(
    trusted: Certificate, attack: Callable[[Certificate], Witness]
) -> None:
    settings = replace(
        encrypted(trusted), username=USERNAME, password=PASSWORD, command_timeout=0.5
    )
    with attack(trusted) as witness:
        outcome = sent(witness, settings)

    assert isinstance(outcome, TryLater)
    for word in (b"MAIL", b"RCPT", b"AUTH", b"DATA", SECRET_TEXT, PASSWORD.encode()):
        assert word not in witness.in_the_clear
    assert set(witness.steps) <= {"connect", "EHLO", "STARTTLS"}
    assert not witness.taken


KINDS: tuple[Security, ...] = ("starttls", "tls")


@pytest.mark.parametrize("security", KINDS)
@pytest.mark.parametrize("case", ["unknown authority", "other host"])
def test_a_wrong_certificate_means_nothing_leaves(
    trusted: Certificate, elsewhere: Certificate, security: Security, case: str
) -> None:
    shown = trusted if case == "unknown authority" else elsewhere
    ca_file = elsewhere.file  # which vouches for itself only, and for another host
    settings = replace(encrypted(trusted), security=security, ca_file=ca_file)
    with Witness(security, shown) as witness:
        outcome = sent(witness, settings)

    assert isinstance(outcome, TryLater)
    assert "certificate" in outcome.reply.lower()
    assert not witness.taken
    assert b"MAIL" not in witness.in_the_clear


@pytest.mark.parametrize("security", KINDS)
def test_an_expired_certificate_means_nothing_leaves(
    expired: Certificate, security: Security
) -> None:
    settings = replace(encrypted(expired), security=security)
    with Witness(security, expired) as witness:
        outcome = sent(witness, settings)

    assert isinstance(outcome, TryLater)
    assert "expired" in outcome.reply
    assert outcome.trouble == NO_WAY_OUT
    assert b"MAIL" not in witness.in_the_clear


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"host": "mail.example.org"}, "clear"),
        ({"username": "pairing", "password": "secret"}, "password"),
        ({"host": ""}, "host"),
        ({"host": "mail\r\n.example.org"}, "host"),
        ({"port": 0}, "port"),
        ({"port": 70000}, "port"),
        ({"security": "maybe"}, "security"),
    ],
)
def test_settings_that_would_leak_are_refused(change: dict[str, object], word: str) -> None:
    with pytest.raises(MailerError, match=word):
        replace(QUICK, **change)  # type: ignore[arg-type]  # wrong on purpose


def test_plain_mail_to_another_host_needs_to_be_allowed() -> None:
    assert replace(QUICK, host="mail.example.org", allow_plain=True).allow_plain


def test_a_password_does_not_show_in_the_settings() -> None:
    assert "secret" not in repr(SmtpSettings("mail.example.org", 587, password="secret"))  # noqa: S106


def test_certificates_that_are_not_there_are_named(trusted: Certificate) -> None:
    smtp = Smtp(replace(encrypted(trusted), ca_file=trusted.file.with_name("missing.pem")))

    with pytest.raises(MailerError, match=r"missing\.pem"):
        smtp.open()
