"""A private Dovecot on loopback: one mailbox over IMAP with TLS, kept as a Maildir."""

import grp
import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from notifications.mailboxes.account import ImapSettings
from tests.support.certificates import Certificate

_PATIENCE = 15.0  # seconds until it answers
_USER, _WORD = "pairing", "Geheim7"
_SETTINGS = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{certificate}
ssl_key = <{key}
disable_plaintext_auth = yes
mail_location = maildir:{folder}/mail
first_valid_uid = 0
first_valid_gid = 0
default_internal_user = {own}
default_login_user = {own}
default_internal_group = {group}
passdb {{
  driver = static
  args = password={word}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {starttls}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


class MailStoreAbsentError(Exception):
    """There is no Dovecot on this machine."""


@dataclass(frozen=True, slots=True)
class MailStore:
    """The mailbox as a mail server fills it, and how it is read."""

    new: Path
    tls: ImapSettings
    starttls: ImapSettings

    def deliver(self, name: str, raw: bytes) -> None:
        (self.new / name).write_bytes(raw)
        shutil.chown(self.new / name, _somebody())


@contextmanager
def mail_store(folder: Path, certificate: Certificate) -> Iterator[MailStore]:
    """A mailbox that can be read over IMAP until the end of the block."""
    program = shutil.which("dovecot", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        raise MailStoreAbsentError("there is no Dovecot (Debian's package is dovecot-imapd)")
    for name in ("mail/new", "mail/cur", "mail/tmp", "home", "run", "state"):
        (folder / name).mkdir(parents=True)
    for path in (folder, *folder.rglob("*")):
        shutil.chown(path, _somebody())
    tls, starttls = _free_port(), _free_port()
    place = folder / "dovecot.conf"
    place.write_text(_settings(folder, certificate, tls, starttls), encoding="utf-8")
    with (folder / "out").open("w") as log:
        running = subprocess.Popen([program, "-F", "-c", str(place)], stdout=log, stderr=log)
    try:
        _wait(running, tls, folder)
        plain = ImapSettings("127.0.0.1", tls, "tls", _USER, _WORD, certificate.file, timeout=10)
        other = ImapSettings(
            "127.0.0.1", starttls, "starttls", _USER, _WORD, certificate.file, timeout=10
        )
        yield MailStore(folder / "mail/new", plain, other)
    finally:
        running.terminate()
        running.wait()


def _settings(folder: Path, certificate: Certificate, tls: int, starttls: int) -> str:
    account = pwd.getpwnam(_somebody())
    return _SETTINGS.format(
        folder=folder,
        certificate=certificate.file,
        key=certificate.key,
        tls=tls,
        starttls=starttls,
        word=_WORD,
        own=account.pw_name,
        uid=account.pw_uid,
        gid=account.pw_gid,
        group=grp.getgrgid(account.pw_gid).gr_name,
    )


def _somebody() -> str:
    """Whose mailbox it is: Dovecot serves nobody's as root."""
    return "nobody" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name


def _free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(running: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    ends_at = time.monotonic() + _PATIENCE
    while time.monotonic() < ends_at and running.poll() is None:
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
    raise MailStoreAbsentError(f"Dovecot does not answer: see {folder / 'log'}")
