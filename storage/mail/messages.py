"""One message whole, with every try to send it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from storage.database.columns import to_instant, to_optional_instant
from storage.database.session import Session
from storage.database.statements import Statement, given
from storage.errors import NotFoundError
from storage.schema.tables import ATTEMPTS, MESSAGES

_M, _A = MESSAGES.c, ATTEMPTS.c
_MESSAGE = Statement[
    tuple[int, str, str, str, str, bytes, str, str, str, int, int, str | None, str]
](
    select(
        _M.id,
        _M.message_id,
        _M.recipient,
        _M.subject,
        _M.text,
        _M.frozen,
        _M.composed_at,
        _M.state,
        _M.next_at,
        _M.attempts,
        _M.ambiguous,
        _M.settled_at,
        _M.reply,
    ).where(_M.id == given("number"))
)
_ATTEMPTS = Statement[tuple[int, str, str | None, str, str]](
    select(_A.number, _A.started_at, _A.ended_at, _A.outcome, _A.reply)
    .where(_A.message_id == given("number"))
    .order_by(_A.number)
)


@dataclass(frozen=True, slots=True)
class AttemptLine:
    """One try to send a message."""

    number: int
    started_at: datetime
    ended_at: datetime | None
    outcome: str
    reply: str


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message whole: its text, its bytes, every try."""

    id: int
    message_id: str
    recipient: str
    subject: str
    text: str
    frozen: bytes
    composed_at: datetime
    state: str
    next_at: datetime
    attempts: int
    ambiguous: int
    settled_at: datetime | None
    reply: str
    tries: tuple[AttemptLine, ...]


def message(session: Session, number: int) -> MessageView:
    """One message with its tries."""
    found = session.first(_MESSAGE, number=number)
    if found is None:
        raise NotFoundError(f"there is no message {number}; pairing mail list shows them all")
    return MessageView(
        *found[:6],
        composed_at=to_instant(found[6]),
        state=found[7],
        next_at=to_instant(found[8]),
        attempts=found[9],
        ambiguous=found[10],
        settled_at=to_optional_instant(found[11]),
        reply=found[12],
        tries=_tries(session, number),
    )


def _tries(session: Session, number: int) -> tuple[AttemptLine, ...]:
    return tuple(
        AttemptLine(at, to_instant(started), to_optional_instant(ended), outcome, reply)
        for at, started, ended, outcome, reply in session.all(_ATTEMPTS, number=number)
    )
