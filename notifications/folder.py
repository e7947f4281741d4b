"""Letters as files: each message an `.eml` in a folder, for development, rehearsal and the demo."""

import os
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256
from pathlib import Path

from notifications.mailer import (
    NO_WAY_OUT,
    Delivered,
    MailerError,
    Outgoing,
    TryLater,
    spoken,
)

_DATE = re.compile(rb"^Date: ([^\r\n]{10,60})\r?$", re.MULTILINE)
_UNSAFE = re.compile(r"[^A-Za-z0-9@._+-]+")
_LONGEST = 60  # characters of the recipient in a name
_DIGITS = 16  # of the hash, which alone makes a name unique


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of messages, readable by its owner only.

    The name comes from the message alone, so one that is sent twice is one file. What was begun and
    never ended before ``abandoned_before``, by a process that was killed, is swept at opening.
    """

    path: Path
    abandoned_before: datetime | None = None

    def open(self) -> None:
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise MailerError(f"no folder for letters at {self.path}: {error.strerror}") from None
        if self.abandoned_before is not None:
            _sweep(self.path, self.abandoned_before.timestamp())

    def send(self, message: Outgoing, before_data: Callable[[], None]) -> Delivered | TryLater:
        before_data()
        final = self.path / file_name(message)
        part = final.with_name(f".{final.name}.{os.getpid()}.part")
        try:
            _write(part, message.frozen)
            part.replace(final)
            _sync(self.path)
        except OSError as error:
            with suppress(OSError):
                part.unlink()
            return TryLater(spoken(f"cannot write {final}: {error.strerror}"), NO_WAY_OUT)
        return Delivered(f"written to {final.name}")

    def close(self) -> None:
        """Nothing is kept open."""


def file_name(message: Outgoing) -> str:
    """When, to whom, and which: `20261214T073000Z_lead@example.org_0123456789abcdef.eml`."""
    which = sha256(message.message_id.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
    whom = _UNSAFE.sub("_", message.recipient)[:_LONGEST].lstrip(".-") or "nobody"
    return f"{_when(message.frozen)}_{whom}_{which}.eml"


def _when(frozen: bytes) -> str:
    found = _DATE.search(frozen.partition(b"\r\n\r\n")[0])
    with suppress(ValueError):
        if found:
            moment = parsedate_to_datetime(found.group(1).decode("ascii", "replace"))
            return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return "undated"


def _sweep(folder: Path, before: float) -> None:
    """Remove letters half written at least so long ago; seconds since 1970."""
    for part in folder.glob(".*.eml.*.part"):
        with suppress(OSError):  # another process was faster, or it is somebody else's
            if part.lstat().st_mtime < before:
                part.unlink()


def _write(path: Path, frozen: bytes) -> None:
    """Write and sync before the name is given, so that a crash leaves a whole file or none."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        file.write(frozen)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
