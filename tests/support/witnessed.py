"""What a mail server of the tests took in: one message with its envelope, and how it came."""

from dataclasses import dataclass

from aiosmtpd.smtp import Envelope


@dataclass(frozen=True, slots=True)
class Witnessed:
    """One message that came in whole: its envelope, its bytes without dot-stuffing, and how."""

    sender: str
    recipients: tuple[str, ...]
    data: bytes
    encrypted: bool

    @property
    def message_id(self) -> str:
        """Its Message-ID, empty when it has none."""
        for line in self.data.split(b"\r\n"):
            if line.lower().startswith(b"message-id: "):
                return line.partition(b" ")[2].decode("ascii")
        return ""


def witnessed(envelope: Envelope, *, encrypted: bool) -> Witnessed:
    """What came in with this envelope."""
    data = envelope.original_content or b""
    sender = (envelope.mail_from or "").removeprefix("<>")
    return Witnessed(sender, tuple(envelope.rcpt_tos), data, encrypted)
