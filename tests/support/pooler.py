"""A private pgbouncer in transaction pooling, in front of the tests' PostgreSQL server."""

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

_SERVER_PROCESSES = 2  # fewer than the workers, so that each transaction may meet another one
_PATIENCE = 10.0  # seconds until it answers
_SETTINGS = """
[databases]
* = host={host} port={port} user={user}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {own_port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = {processes}
"""


class PoolerAbsentError(Exception):
    """There is no pgbouncer on this machine."""


@contextmanager
def pooled(url: str, folder: Path) -> Iterator[str]:
    """The same database by way of a pooler that runs until the end of the block."""
    program = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        raise PoolerAbsentError("there is no pgbouncer (Debian's package has that name)")
    server, port = urlsplit(url), _free_port()
    settings = folder / "pgbouncer.ini"
    settings.write_text(
        _SETTINGS.format(
            host=server.hostname,
            user=server.username,
            port=server.port or 5432,
            own_port=port,
            processes=_SERVER_PROCESSES,
        ),
        encoding="utf-8",
    )
    address = f"{server.scheme}://{server.username}@127.0.0.1:{port}{server.path}"
    # Read by us: it refuses to be root, and nobody else may look into the folder of a test.
    with settings.open() as words, (folder / "pgbouncer.log").open("w") as log:
        running = subprocess.Popen(
            [program, "-q", "/dev/stdin"], stdin=words, stdout=log, stderr=log, user=_somebody()
        )
    try:
        _wait(running, address)
        yield address
    finally:
        running.terminate()
        running.wait()


def _somebody() -> int | None:
    return pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else None


def _free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(running: subprocess.Popen[bytes], address: str) -> None:
    plain = address.replace("postgresql+psycopg:", "postgresql:", 1)
    ends_at = time.monotonic() + _PATIENCE
    while time.monotonic() < ends_at and running.poll() is None:
        with suppress(psycopg.OperationalError):
            psycopg.connect(plain, connect_timeout=1).close()
            return
    raise PoolerAbsentError("pgbouncer does not answer")
