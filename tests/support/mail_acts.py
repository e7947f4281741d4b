"""What a mail server may do instead of accepting: the words of a script for the witness."""

import asyncio
import struct
from dataclasses import dataclass
from socket import SO_LINGER, SOL_SOCKET
from typing import Literal

Step = Literal["connect", "EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "text", "dot", "RSET"]


@dataclass(frozen=True, slots=True)
class Say:
    """Answer this instead; several lines and nonsense are possible."""

    line: str
    then_drop: bool = False


@dataclass(frozen=True, slots=True)
class Hang:
    """Say nothing, for as long as the client stays."""


@dataclass(frozen=True, slots=True)
class Drop:
    """Cut the connection without a word."""


@dataclass(frozen=True, slots=True)
class Reset:
    """Cut the connection so that the client is told of an error, not of an end (RST)."""


@dataclass(frozen=True, slots=True)
class Noise:
    """Send these bytes, whatever they are, and nothing else."""

    raw: bytes


@dataclass(frozen=True, slots=True)
class Drip:
    """Send one byte now and then, and never a line."""


@dataclass(frozen=True, slots=True)
class Besides:
    """Answer as ever, and say this too in one breath, as somebody in between would."""

    line: str


Act = Say | Hang | Drop | Reset | Noise | Drip | Besides


def reset(transport: asyncio.BaseTransport | None) -> None:
    """Cut a connection as `Reset` says."""
    if isinstance(transport, asyncio.WriteTransport):
        held = transport.get_extra_info("socket")
        held.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
