"""Mail that a machine wrote: by its head alone, never by its subject (RFC 3834, security 26)."""

from email.message import Message

from notifications.inbound.opening import addresses, header

_MARKS = ("X-Autoreply", "X-Autorespond", "X-Failed-Recipients")
_PRECEDENCE = frozenset(
    {"auto_reply", "bulk", "junk"}
)  # what people write through a list bears one
# Where mail servers and centres write from that answer for themselves.
MACHINES = frozenset({"postmaster", "mailer-daemon", "mail-daemon", "noreply", "no-reply"})


def is_automatic(head: Message) -> bool:
    """Whether a machine wrote: then nobody is written to because of it."""
    submitted = header(head, "Auto-Submitted").partition(";")[0].strip().lower()
    return (
        submitted not in {"", "no"}
        or any(mark in head for mark in _MARKS)
        or header(head, "Precedence").lower() in _PRECEDENCE
        or _wants_no_answer(head)
        or header(head, "Return-Path") == "<>"
        or is_of_a_server(head)
    )


def _wants_no_answer(head: Message) -> bool:
    """Whether it asks for no answer at all; Exchange asks for no automatic one in people's mail."""
    return "all" in header(head, "X-Auto-Response-Suppress").lower().replace(",", " ").split()


def is_of_a_server(head: Message) -> bool:
    """Whether a mail server wrote rather than a mailbox of somebody who is away."""
    names = {address.partition("@")[0] for address in addresses(head, "From")}
    return "X-Failed-Recipients" in head or bool(names & MACHINES)
