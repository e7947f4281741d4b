"""Sending once by a real server: what could not be sent is said with its reason."""

from datetime import timedelta
from pathlib import Path

import pytest

from cli.shared.edge import code_of
from notifications.mailer import NO_WAY_OUT, MailerError
from runtime.queries.incidents import incident_lines
from runtime.settings.settings import MailMode
from runtime.wiring import Runtime
from runtime.workers.send_once import send_once
from tests.support.certificates import certificate
from tests.support.grove import Grove
from tests.support.mail_acts import Say
from tests.support.witness import Witness


def _sent_to(grove: Grove, witness: Witness, **changed: object) -> Runtime:
    """The programme with this server as its way out."""
    host = {"mode": MailMode.SMTP, "host": "127.0.0.1", "port": witness.port, "tls": "none"}
    quick = {"connect_seconds": 0.5, "command_seconds": 0.5, "dot_seconds": 0.5}
    mail = grove.runtime.settings.mail.model_copy(update={**host, **quick, **changed})
    return grove.with_settings(mail=mail)


def test_sending_once_says_why_nothing_could_be_sent_and_ends_with_code_5(grove: Grove) -> None:
    grove.writes(4)
    with Witness() as gone:
        pass

    with pytest.raises(MailerError, match=r"no letter could be sent: .*onnect") as refused:
        send_once(_sent_to(grove, gone))
    (incident,) = incident_lines(grove.runtime)
    with Witness() as witness:
        grove.clock.move_to(grove.clock() + timedelta(minutes=7))
        report = send_once(_sent_to(grove, witness))

    assert code_of(refused.value) == 5
    assert incident.cause == NO_WAY_OUT
    assert incident.what in str(refused.value)
    assert report.accepted == len(witness.taken) == 6
    assert incident_lines(grove.runtime) == ()


def test_a_certificate_that_is_refused_is_one_incident_with_its_reason(
    grove: Grove, tmp_path: Path
) -> None:
    grove.writes(4)
    (tmp_path / "elsewhere").mkdir()
    trusted = certificate(tmp_path)
    elsewhere = certificate(tmp_path / "elsewhere")

    with Witness("starttls", elsewhere) as witness:
        runtime = _sent_to(grove, witness, tls="starttls", ca_file=str(trusted.file))
        with pytest.raises(MailerError, match="certificate"):
            send_once(runtime)

    (incident,) = incident_lines(grove.runtime)
    assert "certificate" in incident.what.lower()
    assert not witness.taken


def test_a_refusal_of_one_letter_alone_is_no_failure_of_the_command(grove: Grove) -> None:
    grove.writes(4)
    with Witness().will("RCPT", Say("451 4.7.1 greylisted")) as witness:
        report = send_once(_sent_to(grove, witness))

    assert (report.later, report.accepted) == (1, 5)
    assert incident_lines(grove.runtime) == ()
