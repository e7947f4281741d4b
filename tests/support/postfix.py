"""A private Postfix on loopback: it takes mail for example.org into a Maildir, and sends none."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from socket import create_connection, socket

from tests.support.certificates import Certificate
from tests.support.postfix_policy import Place, Policy, policy
from tests.support.witnessed import Witnessed

_CLIENT = "127.0.0.1"
_PATIENCE = 30.0  # seconds until it answers, and until its queue is empty
_PAUSE = 0.01
_ACCEPTED = re.compile(r"cleanup\[\d+\]: \w+: message-id=(\S+)")
_OWNER, _READER = "postfix", "nobody"
_SETTINGS = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = /dev/stdout
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.example.org
mydestination =
mynetworks = 127.0.0.0/8
alias_maps =
alias_database =
local_recipient_maps =
virtual_mailbox_domains = example.org
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = regexp:{folder}/etc/boxes
virtual_mailbox_limit = 0
virtual_uid_maps = static:{reader}
virtual_gid_maps = static:{reader}
virtual_minimum_uid = 1
smtp_dns_support_level = disabled
default_transport = error:5.4.4 mail stays on this machine
relay_transport = error:5.4.4 mail stays on this machine
smtpd_tls_security_level = may
smtpd_tls_cert_file = {certificate}
smtpd_tls_key_file = {key}
smtpd_error_sleep_time = 0
smtpd_delay_reject = no
smtpd_client_restrictions = check_policy_service inet:127.0.0.1:{policy}
smtpd_helo_restrictions = check_policy_service inet:127.0.0.1:{policy}
smtpd_sender_restrictions = check_policy_service inet:127.0.0.1:{policy}
smtpd_recipient_restrictions = check_policy_service inet:127.0.0.1:{policy},
    permit_mynetworks, reject
smtpd_data_restrictions = check_policy_service inet:127.0.0.1:{policy}
smtpd_end_of_data_restrictions = check_policy_service inet:127.0.0.1:{policy}
"""
# What comes back to the programme lies apart from what it sent to others.
_BOXES = """
/^pairing[+@]/ reports/
/./ inbox/
"""
_SERVICES = """
{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""


class PostfixAbsentError(Exception):
    """There is no Postfix on this machine, or it may not be started."""


@dataclass(frozen=True, slots=True)
class Postfix:
    """The running server: what it is told to say, and what it took."""

    folder: Path
    port: int
    certificate: Certificate
    _policy: Policy

    @property
    def reports(self) -> Path:
        """The Maildir of the programme, in which it is told what did not arrive after all."""
        return self.folder / "mail" / "reports"

    @property
    def accepted(self) -> list[str]:
        """The Message-ID of all it ever took, in the order in which it did."""
        self._settles()
        return _ACCEPTED.findall((self.folder / "log").read_text(encoding="utf-8"))

    def will(self, place: Place, action: str, of: str = "") -> None:
        """From now on do this there (access(5)): to everybody, or to one address."""
        self._policy.actions[place, of] = action

    def takes_everything(self) -> None:
        """Nothing of what it was told holds any more."""
        self._policy.actions.clear()

    def forgets(self) -> None:
        """It takes everything again, and its mailbox is empty."""
        self._settles()
        for box in (self._inbox, self.reports):
            for each in (*box.glob("new/*"), *box.glob("cur/*")):
                each.unlink()
        self.takes_everything()

    @property
    def taken(self) -> list[Witnessed]:
        """What it delivered to others, without the lines that it put before each."""
        self._settles()
        found = (each.read_bytes() for each in sorted(self._inbox.glob("new/*")))
        return [_parted(each.replace(b"\n", b"\r\n")) for each in found]

    @property
    def _inbox(self) -> Path:
        return self.folder / "mail" / "inbox"

    def _settles(self) -> None:
        """Come back when all it has taken is delivered."""
        ends_at = time.monotonic() + _PATIENCE
        while any(self._queued()):
            assert time.monotonic() < ends_at, f"mail stays in the queue: {self.folder}/log"
            time.sleep(_PAUSE)

    def _queued(self) -> Iterator[Path]:
        for name in ("maildrop", "incoming", "active", "deferred"):
            yield from (
                each for each in (self.folder / "queue" / name).rglob("*") if each.is_file()
            )


@contextmanager
def postfix(folder: Path, certificate: Certificate) -> Iterator[Postfix]:
    """A server until the end of the block. Others must be able to look into the folder."""
    program = shutil.which("postfix", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        raise PostfixAbsentError("there is no Postfix (Debian's package is postfix)")
    if os.geteuid() != 0:
        raise PostfixAbsentError("Postfix is started by root only")
    with policy() as asked:
        made = Postfix(folder, _free_port(), certificate, asked)
        _settle_in(made)
        with _running(made, (program, "-c", str(folder / "etc"))):
            yield made


@contextmanager
def _running(made: Postfix, command: tuple[str, ...]) -> Iterator[None]:
    with (made.folder / "log").open("w") as log:
        running = subprocess.Popen(
            [*command, "start-fg"], stdout=log, stderr=log, start_new_session=True
        )
    try:
        _wait(running, made)
        yield
    finally:
        subprocess.run([*command, "stop"], capture_output=True, check=False)
        running.wait()


def _settle_in(made: Postfix) -> None:
    for name, owner in (("etc", "root"), ("queue", "root"), ("data", _OWNER), ("mail", _READER)):
        (made.folder / name).mkdir()
        shutil.chown(made.folder / name, owner)
    for name in ("new", "cur", "tmp"):
        (made.reports / name).mkdir(parents=True)
    for path in (made.reports, *made.reports.iterdir()):
        shutil.chown(path, _READER)
    made.folder.chmod(0o755)
    settings = _SETTINGS.format(
        folder=made.folder,
        reader=(made.folder / "mail").stat().st_uid,
        certificate=made.certificate.file,
        key=made.certificate.key,
        policy=made._policy.port,
    )
    (made.folder / "etc/main.cf").write_text(settings, encoding="utf-8")
    (made.folder / "etc/boxes").write_text(_BOXES, encoding="utf-8")
    services = _SERVICES.format(port=made.port)
    (made.folder / "etc/master.cf").write_text(services, encoding="utf-8")


def _parted(raw: bytes) -> Witnessed:
    """A file of the mailbox: the lines that the server put before it, and the message."""
    head: dict[bytes, bytes] = {}
    lines = raw.split(b"\r\n")
    name = b""
    while lines[0].startswith((b"Return-Path:", b"X-Or", b"Delivered-To:", b"Received:", b"\t")):
        line = lines.pop(0)
        found, _, value = line.partition(b": ")
        name = name if line.startswith(b"\t") else found
        head[name] = head.get(name, b"") + (line if line.startswith(b"\t") else value)
    return Witnessed(
        sender=head[b"Return-Path"].decode().strip("<>"),
        recipients=(head[b"X-Original-To"].decode(),),
        data=b"\r\n".join(lines),
        encrypted=b"ESMTPS" in head[b"Received"],
    )


def _free_port() -> int:
    with socket() as found:
        found.bind((_CLIENT, 0))
        return int(found.getsockname()[1])


def _wait(running: subprocess.Popen[bytes], made: Postfix) -> None:
    ends_at = time.monotonic() + _PATIENCE
    while time.monotonic() < ends_at and running.poll() is None:
        with suppress(OSError):
            create_connection((_CLIENT, made.port), timeout=1).close()
            return
        time.sleep(_PAUSE)
    raise PostfixAbsentError(f"Postfix does not answer: see {made.folder / 'log'}")
