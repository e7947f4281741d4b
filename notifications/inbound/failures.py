"""Reports of delivery (RFC 3464, 6533), as Postfix, Exim, Exchange, Gmail and Sendmail write them.

A report marks an address only where its code says that the recipient is unknown or closed, and
where the message as a whole is such a report: one that somebody sends on is for a person.
"""

import re
from dataclasses import dataclass
from email import message_from_string
from email.message import Message

from notifications.inbound.arrivals import About, DeliveryFailed, Noise
from notifications.inbound.opening import TO, Opened, addresses, header, text_of
from notifications.replies import is_dead

_REPORTS = ("message/delivery-status", "message/global-delivery-status")
_RETURNED = ("message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers")
_CODE = re.compile(r"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.])")
_VAGUE = re.compile(r"[245]\.0\.0|")  # Exim writes 5.0.0 for all, and the code in the diagnostic
_OF_A_HEAD = re.compile(r"(?:Reply-To|Message-ID): .{1,300}", re.IGNORECASE)
_MOST_QUOTED = 10  # lines
_LONGEST = 500  # characters of a diagnostic


@dataclass(frozen=True, slots=True)
class _Block:
    """What a report says of one recipient."""

    address: str
    action: str
    code: str
    diagnostic: str


def failure(message: Opened) -> DeliveryFailed | Noise | None:
    """What a report of delivery says; None where there is none in the message."""
    report = next((each for each in message.parts if each.get_content_type() in _REPORTS), None)
    if report is None:
        return None
    blocks = [_block(each) for each in _blocks(report) if "Final-Recipient" in each]
    failed = [each for each in blocks if each.action == "failed"]
    if not failed:
        return Noise(f"a report of delivery: {blocks[0].action if blocks else 'of nobody'}"[:80])
    if len({each.address for each in failed}) > 1:
        return Noise("a report of delivery to several: each letter of ours has one recipient")
    first = failed[0]
    enclosed = returned(message)
    # It comes to the return path of the letter, which bears its token as its Reply-To does.
    about = About((*enclosed.sent_to, *addresses(message.head, *TO)), enclosed.message_ids)
    return DeliveryFailed(
        about=about,
        address=first.address,
        code=first.code,
        diagnostic=first.diagnostic,
        dead=_is_report(message.head) and is_dead(first.code, first.diagnostic),
    )


def _is_report(head: Message) -> bool:
    return head.get_content_type() == "multipart/report"


def returned(message: Opened) -> About:
    """Which letter a report returns, by the head of it that is enclosed."""
    for part in message.parts:
        if part.get_content_type() not in _RETURNED:
            continue
        inside = part.get_payload()
        enclosed = inside[0] if isinstance(inside, list) and inside else None
        head = enclosed if isinstance(enclosed, Message) else message_from_string(text_of(part))
        found = _ids(head, "Message-ID")
        if found:
            return About(addresses(head, "Reply-To"), found)
    return About()


def in_text(text: str) -> About:
    """Which letter a text returns, by the lines of its head that stand in it."""
    lines = (line.lstrip("> ") for line in text.splitlines())
    kept = [line for line in lines if _OF_A_HEAD.match(line)][:_MOST_QUOTED]
    head = message_from_string("\n".join(kept))
    return About(addresses(head, "Reply-To"), _ids(head, "Message-ID"))


def named(message: Message) -> tuple[str, ...]:
    """The ids of earlier messages that a head names, the nearest first."""
    near, far = _ids(message, "In-Reply-To"), _ids(message, "References")
    return tuple(dict.fromkeys((*near, *reversed(far))))[:20]


def _ids(message: Message, name: str) -> tuple[str, ...]:
    return tuple(re.findall(r"<[^<>\s]{3,250}>", str(message.get(name, ""))[:10_000]))


def _blocks(report: Message) -> list[Message]:
    inside = report.get_payload()
    if not isinstance(inside, list):
        return [message_from_string(each) for each in re.split(r"\n\s*\n", text_of(report))]
    blocks = [each for each in inside if isinstance(each, Message)]
    if report.get_content_type() == _REPORTS[0]:
        return blocks
    # RFC 6533: the library reads it as one message, the other recipients as its text.
    rest = (text_of(each) for each in blocks)
    return [*blocks, *(message_from_string(one) for text in rest for one in text.split("\n\n"))]


def _block(fields: Message) -> _Block:
    diagnostic = _typed(header(fields, "Diagnostic-Code"))
    code = next(iter(_CODE.findall(header(fields, "Status"))), "")
    if _VAGUE.fullmatch(code):
        code = next(iter(_CODE.findall(diagnostic)), code)
    # The one that refuses it: the one that we wrote to may have passed it on.
    address = header(fields, "Final-Recipient") or header(fields, "Original-Recipient")
    return _Block(
        address=_typed(address).strip("<> ").lower(),
        action=header(fields, "Action").partition("(")[0].strip().lower(),
        code=code,
        diagnostic=diagnostic[:_LONGEST],
    )


def _typed(value: str) -> str:
    """What follows the type of a field, as in `rfc822; name@example.org`."""
    return value.partition(";")[2].strip() if ";" in value else value
