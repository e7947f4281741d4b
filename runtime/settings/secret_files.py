"""Secrets in files of their own, which nobody else may read."""

import os
import stat
from pathlib import Path

from pydantic import SecretStr

from runtime.settings.inbox import InboxSettings
from runtime.settings.settings import MailSettings, SettingsError

_LARGEST = 10_000  # bytes
_LONGEST_PATH = 80
_OTHERS_MAY = stat.S_IRWXG | stat.S_IRWXO


def password(section: str, mail: MailSettings | InboxSettings, base: Path) -> SecretStr:
    """The password that a section of the settings gives, or names the file of."""
    if not mail.password_file:
        return mail.password
    path = base / mail.password_file
    where = f"{section}.password_file: {path}"
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as stream:
            mode = os.fstat(descriptor).st_mode
            content = stream.read(_LARGEST + 1)
    except (OSError, ValueError) as error:
        raise SettingsError(f"{where} cannot be read ({reason(error)})") from None
    if not stat.S_ISREG(mode):
        raise SettingsError(f"{where} is not a plain file")
    if mode & _OTHERS_MAY:
        raise SettingsError(f"{where} can be read by others: chmod 600 {path}")
    return SecretStr(_secret(content, where))


def _secret(content: bytes, where: str) -> str:
    try:
        text = content.decode("utf-8-sig").strip("\r\n")
    except UnicodeDecodeError:
        raise SettingsError(f"{where} is not text in UTF-8") from None
    if not text or len(content) > _LARGEST or not text.isprintable():
        raise SettingsError(f"{where} should hold the password in one line, and nothing else")
    return text


def shown_path(path: Path) -> str:
    """A path as a message may repeat it: on one line, and not at full length."""
    text = str(path)
    return ascii(text[:_LONGEST_PATH])[1:-1] + ("..." if len(text) > _LONGEST_PATH else "")


def reason(error: Exception) -> str:
    spoken = error.strerror if isinstance(error, OSError) else str(error)
    return (spoken or "unknown reason").lower()
