"""One letter, and a mailer with little patience, for the tests of SMTP."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Protocol

from notifications.accounts import SmtpSettings
from notifications.mailer import Outcome, Outgoing
from notifications.smtp import Smtp
from tests.support.witness import Witness

SECRET_TEXT = b"the text of the letter"
LETTER = Outgoing(
    message_id="<7.12.0@pairing.example.org>",
    sender="pairing@example.org",
    recipient="lead@example.org",
    frozen=b"Message-ID: <7.12.0@pairing.example.org>\r\n\r\n" + SECRET_TEXT + b"\r\n.\r\n..x\r\n",
)
QUICK = SmtpSettings(
    host="127.0.0.1",
    port=1,
    security="none",
    local_name="client.example.org",
    connect_timeout=0.5,
    command_timeout=0.5,
    dot_timeout=0.5,
)


PATIENT = replace(QUICK, connect_timeout=30, command_timeout=30, dot_timeout=30)


def nothing() -> None:
    """Record no attempt."""


class Server(Protocol):
    """Whatever listens on loopback."""

    @property
    def port(self) -> int: ...


@contextmanager
def mailer(server: Server, settings: SmtpSettings = QUICK) -> Iterator[Smtp]:
    smtp = Smtp(replace(settings, port=server.port))
    smtp.open()
    try:
        yield smtp
    finally:
        smtp.close()


def sent(
    witness: Witness,
    settings: SmtpSettings = QUICK,
    before_data: Callable[[], None] = nothing,
) -> Outcome:
    with mailer(witness, settings) as smtp:
        return smtp.send(LETTER, before_data)
