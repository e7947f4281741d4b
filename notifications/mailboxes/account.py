"""The account that mail is read from, and what is wrong with a mailbox.

ProjectError
└── MailboxError   a mailbox cannot be read: the sentence says which, and why
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from engine.errors import ProjectError

_NAME = re.compile(r"[A-Za-z0-9 ._/-]{1,200}")


class MailboxError(ProjectError):
    """A mailbox cannot be read."""


@dataclass(frozen=True, slots=True)
class ImapSettings:
    """Where and how to read. `none` is for this machine; the time in seconds.

    Raises MailboxError for a folder that is no plain name.
    """

    host: str
    port: int
    security: Literal["starttls", "tls", "none"] = "tls"
    username: str = ""
    password: str = field(default="", repr=False)
    ca_file: Path | None = None  # trusted instead of the machine's authorities
    folder: str = "INBOX"
    timeout: float = 60

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.folder):
            raise MailboxError(f"the folder {self.folder[:60]!a} is no plain name")
