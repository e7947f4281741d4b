"""The account that letters go out by: where, how, and never in the clear."""

from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Literal

from notifications.mailer import MailerError


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """Where and how to send. `none` is for loopback, or with `allow_plain`; times in seconds.

    Raises MailerError for settings that would send a letter or a password in the clear.
    """

    host: str
    port: int
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: str = ""
    password: str = field(default="", repr=False)
    ca_file: Path | None = None  # trusted instead of the machine's authorities
    allow_plain: bool = False
    local_name: str | None = None  # said in EHLO; None: this machine's name
    connect_timeout: float = 30
    command_timeout: float = 60
    dot_timeout: float = 600  # P3 (f): giving up earlier makes doubles

    def __post_init__(self) -> None:
        if not self.host or any(mark.isspace() or not mark.isprintable() for mark in self.host):
            raise MailerError("the SMTP host is empty or holds blanks: give a host name")
        if not 0 < self.port <= 65535:  # noqa: PLR2004  # the highest port there is
            raise MailerError(f"no SMTP port {self.port}: give 587 (starttls) or 465 (tls)")
        if self.security not in {"starttls", "tls", "none"}:
            raise MailerError(f"no security {self.security!r}: choose starttls, tls or none")
        if self.security != "none":
            return
        if self.username or self.password:
            raise MailerError("a password never goes in the clear: set security to starttls or tls")
        if not (self.allow_plain or _is_loopback(self.host)):
            raise MailerError(f"mail to {self.host} would go in the clear: use starttls or tls")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
