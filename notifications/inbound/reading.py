"""The bytes of one message that came in, and what it is: surely, or noise, or for a person."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from email.message import Message

from notifications.inbound.arrivals import (
    About,
    Arrival,
    AutomaticReply,
    CalendarReply,
    DeliveryFailed,
    Meant,
    Noise,
    Reply,
)
from notifications.inbound.attached import attached
from notifications.inbound.automatic import is_automatic, is_of_a_server
from notifications.inbound.days import days_away
from notifications.inbound.failures import failure, in_text, named, returned
from notifications.inbound.opening import (
    LARGEST,
    TO,
    Opened,
    UnreadableError,
    addresses,
    content_of,
    head_of,
    header,
    key_of,
    opened,
)
from notifications.inbound.words import words_of

_ANSWERS = frozenset({"reply", "counter"})
_LONGEST = 20_000  # characters of words that are kept


def read(raw: bytes, ours: str, today: date) -> Arrival:
    """Say what one message is; `ours` is the address that our own letters come from.

    Pure, and for any bytes: what is beyond the limits or cannot be read is noise (B15).
    """
    try:
        message = opened(raw)
        head, meant = message.head, _meant(message, ours, today)
        if isinstance(meant, Reply) and not message.whole:
            cut = f"{_size(raw)}, of which only the beginning was read"
            meant = replace(meant, unread="; ".join(filter(None, (cut, meant.unread))))
    except (UnreadableError, RecursionError) as error:
        head = head_of(raw)
        meant = _unread(head, ours, f"not looked into: {str(error)[:80]}")
    sender = next(iter(addresses(head, "From")), "")
    return Arrival(key_of(raw), sender, header(head, "Subject")[:200], meant)


def _unread(head: Message, ours: str, why: str) -> Meant:
    """Somebody may have written it all the same: then a person looks at it in the mailbox."""
    sender = next(iter(addresses(head, "From")), "")
    if sender in {"", ours.lower()} or is_automatic(head) or _is_report(head):
        return Noise(why)
    return Reply(About(addresses(head, *TO), named(head)), sender, "", unread=why)


def _size(raw: bytes) -> str:
    return "more than 10 MB" if len(raw) > LARGEST else f"{len(raw) / 1_000_000:.1f} MB"


def _is_report(head: Message) -> bool:
    return head.get_content_type() == "multipart/report"


def _meant(message: Opened, ours: str, today: date) -> Meant:
    sender = next(iter(addresses(message.head, "From")), "")
    if sender == ours.lower():
        return Noise("a letter of our own")
    about = About(addresses(message.head, *TO), named(message.head))
    return (
        failure(message)
        or _other_report(message)
        or _calendar(message, about, sender)
        or _of_a_machine(message, about, sender, today)
        or _of_a_person(message, about, sender)
    )


def _other_report(message: Opened) -> Noise | None:
    if _is_report(message.head):
        return Noise("a report of another kind: of reading, or of abuse")
    return None


def _calendar(message: Opened, about: About, sender: str) -> CalendarReply | None:
    for part in message.parts:
        if part.get_content_type() == "text/calendar" and _method(part) in _ANSWERS:
            return CalendarReply(about, sender, content_of(part))
    return None


def _of_a_machine(
    message: Opened, about: About, sender: str, today: date
) -> DeliveryFailed | AutomaticReply | None:
    text = words_of(message)[:_LONGEST]
    if not is_automatic(message.head):
        return None
    away = days_away(f"{header(message.head, 'Subject')} . {text}", today)
    # Some centres answer for those who are away from their postmaster's address.
    if away is None and is_of_a_server(message.head):
        return _guess(message, about, text)
    return AutomaticReply(about, sender, away, text)


def _guess(message: Opened, about: About, text: str) -> DeliveryFailed:
    """A server wrote without a standard report: whatever it says is a guess, for a person."""
    failed = next(iter(addresses(message.head, "X-Failed-Recipients")), "")
    # Old servers write the head of what they return into their own text.
    enclosed, quoted = returned(message), in_text(text)
    about = About(
        (*enclosed.sent_to, *quoted.sent_to, *about.sent_to),
        (*enclosed.message_ids, *quoted.message_ids, *about.message_ids),
    )
    return DeliveryFailed(about, failed, "", " ".join(text.split())[:500], dead=False)


def _of_a_person(message: Opened, about: About, sender: str) -> Reply | Noise:
    if not sender:
        return Noise("nobody is named who wrote it")
    unread = "; ".join(_beside(message))
    return Reply(about, sender, words_of(message)[:_LONGEST], unread)


def _beside(message: Opened) -> Iterator[str]:
    """What is not sure of a message that somebody wrote, whatever its words are."""
    if len(set(addresses(message.head, "From"))) > 1:
        yield "it names more than one sender"
    if names := attached(message):
        yield f"attached and not looked into: {', '.join(names)}"


def _method(part: Message) -> str:
    named = str(part.get_param("method", "")).strip().lower()
    if named:
        return named
    found = re.search(rb"^METHOD:(\w+)", content_of(part)[:2_000], re.MULTILINE | re.IGNORECASE)
    return found[1].decode("ascii").lower() if found else ""
