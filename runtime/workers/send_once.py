"""Composing and sending what is due and owed now, once."""

from dataclasses import dataclass

from notifications.mailer import MailerError
from runtime.wiring import Runtime
from runtime.workers.compose import compose_owed
from runtime.workers.dead_links import forget_links
from runtime.workers.deliver import deliver
from runtime.workers.mailers import mailer_of
from runtime.workers.sweep import sweep


@dataclass(frozen=True, slots=True)
class SendReport:
    """How many letters were composed, and how their messages ended."""

    composed: int
    accepted: int
    later: int
    refused: int
    unknown: int


def send_once(runtime: Runtime) -> SendReport:
    """The beats of `pairing run`, one time each.

    MailerError: there was something to send, nothing went, and it was not for one letter alone.
    """
    mailer = mailer_of(runtime)
    mailer.open()
    try:
        sweep(runtime)  # a letter asked for by a step falls due with it
        composed = compose_owed(runtime).composed
        sent = deliver(runtime, mailer)
        forget_links(runtime)
    finally:
        mailer.close()
    if sent.trouble and not sent.accepted:
        raise MailerError(f"no letter could be sent: {sent.trouble}")
    return SendReport(composed, sent.accepted, sent.later, sent.refused, sent.unknown)
