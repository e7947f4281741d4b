"""A gate before a mail server: who goes through is seen, step by step, and may be stopped there."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self

_PIECE = 65_536
_END = b"\r\n.\r\n"
_WORDS = ("EHLO", "HELO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "RSET", "QUIT")


@dataclass(slots=True)
class Gate:
    """The server at `behind` seen through a port of its own.

    `steps` is told a step when the server has answered it and nobody has heard the answer yet;
    "text" when half of a text has gone through and the rest never will, if `cuts_texts`.
    """

    behind: int
    steps: list[str] = field(default_factory=list)
    cuts_texts: bool = False
    strips_starttls: bool = False
    in_the_clear: bytearray = field(default_factory=bytearray)
    port: int = 0
    _door: socket.socket | None = None

    def __enter__(self) -> Self:
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        _thread(self._lets_in)
        return self

    def __exit__(self, *_: object) -> None:
        if self._door is not None:
            with suppress(OSError):
                self._door.shutdown(socket.SHUT_RDWR)
            self._door.close()

    def _lets_in(self) -> None:
        assert self._door is not None
        with suppress(OSError):
            while True:
                client, _ = self._door.accept()
                _thread(_Passage(self, client).asks)


class _Passage:
    """One connection: what the client says goes in, what the server answers comes out."""

    def __init__(self, gate: Gate, client: socket.socket) -> None:
        self._gate, self._client = gate, client
        self._server = socket.create_connection(("127.0.0.1", gate.behind))
        self._asked = "connect"
        self._is_text = self._is_encrypted = False
        self._end = b""
        _thread(self._answers)

    def asks(self) -> None:
        with suppress(OSError):
            while said := self._client.recv(_PIECE):
                if not self._is_encrypted:
                    self._gate.in_the_clear.extend(said)
                if self._is_text and self._gate.cuts_texts:
                    self._server.sendall(said[: len(said) // 2])
                    self._gate.steps.append("text")
                    break
                self._notices(said)
                self._server.sendall(said)
        self._closes()

    def _notices(self, said: bytes) -> None:
        word = said.split(None, 1)[0].decode("latin-1").upper() if said.strip() else ""
        if self._is_text:
            self._end = (self._end + said)[-len(_END) :]
            self._asked = "dot" if self._end == _END else ""
        elif not self._is_encrypted and word in _WORDS:
            self._asked = word

    def _answers(self) -> None:
        with suppress(OSError):
            while answer := self._server.recv(_PIECE):
                asked, self._asked = self._asked, ""
                self._is_text = asked == "DATA" and answer.startswith(b"354")
                if self._gate.strips_starttls:
                    answer = answer.replace(b"250-STARTTLS\r\n", b"")
                if asked:
                    self._gate.steps.append(asked)
                self._is_encrypted |= asked == "STARTTLS" and answer.startswith(b"220")
                self._client.sendall(answer)
        self._closes()

    def _closes(self) -> None:
        for each in (self._client, self._server):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()


def _thread(work: Callable[[], None]) -> None:
    threading.Thread(target=work, daemon=True).start()
