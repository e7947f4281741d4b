"""What the refusal of a mail server means: of this address, of this letter, or of every letter."""

import re
from typing import Literal

from notifications.mailer import NO_WAY_OUT, Rejected, TryLater, spoken

Step = Literal["MAIL", "RCPT", "DATA", "the text"]

_FINAL = range(500, 600)
# About our account or our TLS, whenever it is said.
_OURS = frozenset({530, 534, 535, 538})
_ENHANCED = re.compile(r"5\.\d{1,3}\.\d{1,3}(?!\d)")
# Mailbox unknown, its name impossible, moved without a word, a domain that takes no mail, closed.
_NO_SUCH_ADDRESS = frozenset({"5.1.1", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})
_CLOSED = "5.2.1"
_BUSY = re.compile(r"\b(?:rate|quickly)\b", re.IGNORECASE)
_REFUSED = re.compile(r"recipient address(?:es)? rejected", re.IGNORECASE)
_NO_ROUTE = "5.4.1"  # Microsoft 365 says it of a recipient it does not know, others of a network


def refused(step: Step, code: int, text: str) -> TryLater | Rejected:
    """What a no at a step means; everything that is not surely of the address waits (P18).

    Only RCPT names the address, and only an enhanced code (RFC 3463) tells an address that is
    dead from a server that dislikes us: a bare 550 says both.
    """
    reply = spoken(f"{code} {text}")
    if code not in _FINAL:
        return TryLater(reply, NO_WAY_OUT if step == "MAIL" else "")
    if step == "MAIL" or code in _OURS:
        return TryLater(reply, NO_WAY_OUT)
    found = _ENHANCED.match(text)
    enhanced = found.group() if found else ""
    if step == "RCPT" and is_dead(enhanced, text):
        return Rejected(reply)
    said = f"{code} {enhanced}".strip()
    return TryLater(reply, f"letters are refused with {said} at {step}")


def is_dead(enhanced: str, text: str) -> bool:
    """Whether an enhanced code, with what was said beside it, tells an address that is dead."""
    unrouted = enhanced == _NO_ROUTE and _REFUSED.search(text) is not None
    # Google says "closed" too of a mailbox that gets more at once than it lets in.
    is_busy = enhanced == _CLOSED and _BUSY.search(text) is not None
    return unrouted or (enhanced in _NO_SUCH_ADDRESS and not is_busy)
