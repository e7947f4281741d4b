"""An account on a mail server: letters go out by one, and what comes back is read from another."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import SecretStr

from runtime.settings.values import Host, Port, Section, Text

LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Account(Section):
    """The server, how it is spoken to, and who we are there."""

    host: Host = ""
    port: Port
    tls: Literal["starttls", "tls", "none"]
    user: Text = ""
    password: SecretStr = SecretStr("")  # from the environment only
    password_file: Text = ""
    ca_file: Text = ""

    @property
    def is_given_password(self) -> bool:
        return bool(self.password.get_secret_value() or self.password_file)

    @property
    def trusted(self) -> Path | None:
        """The certificates that are trusted instead of the machine's."""
        return Path(self.ca_file) if self.ca_file else None

    def twice(self) -> Iterator[tuple[str, str]]:
        """A password that is given in two places, by the setting that says so."""
        if self.password.get_secret_value() and self.password_file:
            yield "password_file", "the password is given twice: keep the file or the variable"

    def in_the_clear(self, what: str, *, is_secret: bool) -> Iterator[tuple[str, str]]:
        """What would be read by others on the way, by the setting that lets it."""
        if self.tls == "none" and (is_secret or self.host not in LOOPBACK):
            yield "tls", f"{what} and passwords would go in the clear: write starttls or tls"
