"""What a mail server may do instead of accepting: the words of a script for the witness."""

from dataclasses import dataclass
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
class Drip:
    """Send one byte now and then, and never a line."""


@dataclass(frozen=True, slots=True)
class Besides:
    """Answer as ever, and say this too in one breath, as somebody in between would."""

    line: str


Act = Say | Hang | Drop | Drip | Besides
