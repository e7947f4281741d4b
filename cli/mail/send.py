"""`pairing mail send`: composing and sending once, now."""

from dataclasses import dataclass, fields

from cli.shared.opening import opened
from cli.shared.output import answer
from runtime.workers.send_once import SendReport, send_once


@dataclass(frozen=True, slots=True)
class MailSend(SendReport):
    """How many letters were composed, and how their messages ended."""


def send() -> MailSend:
    """Compose and send what is due and owed now, once; `pairing run` does so by itself."""
    with opened() as runtime:
        sent = send_once(runtime)
    counts = {field.name: getattr(sent, field.name) for field in fields(sent)}
    words = ", ".join(f"{value} {name}" for name, value in counts.items())
    return answer(MailSend(**counts), words)
