"""What a server says, before TLS and before a text: its answers, and nothing beside them."""

import asyncio
import re
from collections.abc import Callable

_ANSWER = re.compile(rb"(?:\d{3}-[^\n]*\n)*\d{3}(?: [^\n]*|\r?)\n")
_LONGEST = 10_000  # bytes that are kept of an answer; what is longer is none


class Overheard(asyncio.BufferedProtocol):
    """Stands before the protocol of a connection, keeps what comes in and passes it on."""

    def __init__(self, inner: asyncio.BaseProtocol, read: Callable[[bytes], None]) -> None:
        self._inner = inner
        self._read = read
        self._piece = bytearray(4096)
        self._heard = bytearray()

    def get_buffer(self, sizehint: int) -> bytearray:  # noqa: ARG002 - the signature is asyncio's
        return self._piece

    def buffer_updated(self, nbytes: int) -> None:
        piece = bytes(self._piece[:nbytes])
        self._heard.extend(piece[: _LONGEST - len(self._heard)])
        self._read(piece)

    def connection_lost(self, exc: Exception | None) -> None:
        self._inner.connection_lost(exc)

    def pause_writing(self) -> None:
        self._inner.pause_writing()

    def resume_writing(self) -> None:
        self._inner.resume_writing()

    def was_answers(self, count: int) -> bool:
        """Whether what came in since this was asked last is so many answers, and nothing else."""
        heard = bytes(self._heard)
        self._heard.clear()
        found = 0
        while heard and (answer := _ANSWER.match(heard)) is not None:
            heard, found = heard[answer.end() :], found + 1
        return not heard and found == count
