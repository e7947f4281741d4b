"""Letters of ours that something came back to: which they were, and that one did not arrive."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import or_, select, update

from storage.database.columns import from_json
from storage.database.session import Session
from storage.database.statements import Change, Statement, among, by_name, given
from storage.mail.attempts import ACCEPTED, REFUSED
from storage.schema.tables import MESSAGES

_M = MESSAGES.c
_SENT = Statement[tuple[int, str, str, str, str, str, int, str]](
    select(
        _M.id,
        _M.message_id,
        _M.recipient,
        _M.subject,
        _M.text,
        _M.state,
        _M.attempts,
        _M.reply_token,
    )
    .where(
        or_(among(_M.message_id, "ids"), (_M.reply_token != "") & among(_M.reply_token, "tokens"))
    )
    .order_by(_M.id)
    .limit(50)
)
_CAME_BACK = Change(
    update(MESSAGES)
    .where(_M.id == given("number"), _M.state == ACCEPTED)
    .values({_M.state: REFUSED, **by_name(_M.reply)})
)


@dataclass(frozen=True, slots=True)
class SentLetter:
    """A message of ours that something came back to."""

    id: int
    message_id: str
    recipient: str
    subject: str
    text: str
    state: str
    attempts: int
    token: str


def sent(
    session: Session, message_ids: Iterable[str], tokens: Iterable[str]
) -> tuple[SentLetter, ...]:
    """The messages of ours that have one of these ids or tokens."""
    asked = {"ids": from_json(list(message_ids)), "tokens": from_json(list(tokens))}
    return tuple(SentLetter(*row) for row in session.all(_SENT, **asked))


def mark_returned(session: Session, message: int, reply: str) -> None:
    """A message that was accepted did not arrive after all."""
    session.change(_CAME_BACK, number=message, reply=reply)
