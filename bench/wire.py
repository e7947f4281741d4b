"""A wire between the programme and PostgreSQL that counts what goes over it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

_CHUNK = 65_536
_LENGTH = 4
_ASKED = b"PBDEQ"  # parse, bind, describe, execute, simple query: there is something to answer
_AWAITED = b"SQH"  # sync, simple query, flush: after these a client waits for the answer
_RUN = b"EQ"  # execute, simple query


@dataclass(slots=True)
class Traffic:
    """Statements run, and round trips: how often the client waited for an answer."""

    statements: int = 0
    trips: int = 0
    is_asking: bool = False  # something was asked that nobody waited for yet

    def clear(self) -> None:
        self.statements = self.trips = 0

    def count(self, kind: bytes) -> None:
        self.statements += kind in _RUN
        self.is_asking = self.is_asking or kind in _ASKED
        if kind in _AWAITED and self.is_asking:
            # The driver ends a pipeline with a sync and a flush behind it: one wait for both.
            self.trips += 1
            self.is_asking = False


@contextmanager
def wired(url: str) -> Iterator[tuple[str, Traffic]]:
    """The address of a database by way of the wire, and what passes."""
    parts = urlsplit(url)
    traffic = Traffic()
    with socket.create_server(("127.0.0.1", 0)) as door:
        threading.Thread(target=_serve, args=(door, parts, traffic), daemon=True).start()
        user = f"{parts.username}@" if parts.username else ""
        port = door.getsockname()[1]
        yield parts._replace(netloc=f"{user}127.0.0.1:{port}").geturl(), traffic


def _serve(door: socket.socket, parts: SplitResult, traffic: Traffic) -> None:
    while True:
        try:
            client, _ = door.accept()
        except OSError:
            return
        server = socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 5432))
        for side in (client, server):
            side.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=_ask, args=(client, server, traffic), daemon=True).start()
        threading.Thread(target=_answer, args=(server, client), daemon=True).start()


def _ask(client: socket.socket, server: socket.socket, traffic: Traffic) -> None:
    """Pass on what the client says, message by message."""
    said = b""
    greeted = False
    while chunk := client.recv(_CHUNK):
        server.sendall(chunk)
        said += chunk
        while (end := _end(said, 1 if greeted else 0)) and end <= len(said):
            if greeted:
                traffic.count(said[:1])
            # The first message has no kind; one that only asks for encryption is followed by it.
            greeted = greeted or said[4:8] == b"\0\3\0\0"
            said = said[end:]
    server.close()


def _end(said: bytes, kind: int) -> int:
    """Where the first message ends: its kind, its length, what it says."""
    if len(said) < kind + _LENGTH:
        return 0
    return kind + int.from_bytes(said[kind : kind + _LENGTH], "big")


def _answer(server: socket.socket, client: socket.socket) -> None:
    try:
        while chunk := server.recv(_CHUNK):
            client.sendall(chunk)
    except OSError:
        return
    client.close()
