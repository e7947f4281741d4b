"""Idempotency: what was answered to a request, kept for ever (P6, P11)."""

from datetime import datetime

from sqlalchemy import func, select

from storage.database.columns import from_instant
from storage.database.failpoints import reach
from storage.database.session import Session
from storage.database.statements import Change, Statement, given, insert_into
from storage.database.steps import Read
from storage.errors import ConflictError
from storage.schema.tables import REQUESTS

_RECALL = Statement[tuple[str, str]](
    select(REQUESTS.c.fingerprint, REQUESTS.c.answer).where(REQUESTS.c.key == given("key"))
)
_REMEMBER = Change(insert_into(REQUESTS))
_LOCK_KEY = Statement[tuple[object]](
    select(func.pg_advisory_xact_lock(func.hashtextextended(given("key"), 0)))
)


def recall(session: Session, key: str, fingerprint: str) -> str | None:
    """The answer that was given to this request, None when it is new.

    ConflictError when the key was used for another request. Two of one key at once stand in line:
    the second sees the answer of the first.
    """
    lock, recalled = Read(_LOCK_KEY, key=key), Read(_RECALL, key=key)
    session.together(*((lock, recalled) if session.locks_rows else (recalled,)))
    if not recalled.rows:
        return None
    known, answer = recalled.rows[0]
    if known != fingerprint:
        raise ConflictError(
            f"the request key {key[:80]!a} was used for another request; take a new one"
        )
    return answer


def remember(session: Session, key: str, fingerprint: str, answer: str, now: datetime) -> None:
    """Keep the answer, in the transaction of what it answers."""
    reach("requests.remember")
    row = {"key": key, "fingerprint": fingerprint, "answer": answer, "at": from_instant(now)}
    session.later(_REMEMBER, [row])
