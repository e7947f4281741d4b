"""Mail that comes back to a letter: a report of failure, or a reply."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from hashlib import sha256

_REPORT = """Return-Path: <>
From: MAILER-DAEMON@mx.example.org
To: {sent_to}
Subject: Undelivered
Message-ID: <report@mx.example.org>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain

It did not arrive.
--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {code}
Diagnostic-Code: smtp; 550 {code} no such user

--b1
Content-Type: text/rfc822-headers

From: pairing@example.org
Reply-To: {answered_at}
Message-ID: {message_id}

--b1--
"""


def failure(
    letter: bytes,
    *,
    code: str = "5.1.1",
    action: str = "failed",
    **instead: str,
) -> bytes:
    """A standard report that a letter failed; `token`, `message_id`, `address` or `sent_to`
    may be others.
    """
    head = _head(letter)
    answered_at = _answered_at(head, instead.get("token"))
    recipient = instead.get("address", str(head["To"].addresses[0].addr_spec))
    message_id = instead.get("message_id", str(head["Message-ID"]))
    said = {"recipient": recipient, "action": action, "code": code, "message_id": message_id}
    sent_to = instead.get("sent_to", "pairing@example.org")
    return _REPORT.format(**said, answered_at=answered_at, sent_to=sent_to).encode("ascii")


def reply(letter: bytes, words: str, *, sender: str = "", token: str | None = None) -> bytes:
    """A reply to a letter, which quotes it below."""
    head = _head(letter)
    reader = str(head["To"].addresses[0].addr_spec)
    body = head.get_body(("plain",))
    assert body is not None
    quoted = "".join(f"> {line}\n" for line in body.get_content().splitlines())
    return f"""From: {sender or reader}
To: {_answered_at(head, token)}
Subject: Re: {head["Subject"]}
In-Reply-To: {head["Message-ID"]}
Message-ID: <{sha256(words.encode()).hexdigest()}@example.org>
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

{words}
On Mon, 4 May 2026 at 09:10, Pairing Programme wrote:
{quoted}""".encode()


def _head(letter: bytes) -> EmailMessage:
    return message_from_bytes(letter, policy=policy.default)


def _answered_at(head: EmailMessage, token: str | None) -> str:
    if token is None:
        return str(head["Reply-To"].addresses[0].addr_spec)
    return f"pairing+{token}@example.org" if token else "pairing@example.org"
