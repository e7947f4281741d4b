"""Claims on messages: the oldest that waits is ours to send for the time of a lease (P8, P9).

The caller passes ``now`` for leases as for everything else, so that a rehearsal's clock rules
them too. Workers on several machines share the clock of the server (`ServerClock`), whatever
theirs say.
"""

from datetime import datetime, timedelta

from sqlalchemy import exists, select, update

from storage.database.columns import from_instant, to_instant
from storage.database.failpoints import reach
from storage.database.meta import HAS_TABLES
from storage.database.migrate import NEWEST
from storage.database.session import Session
from storage.database.statements import Change, Statement, given
from storage.errors import NotFoundError
from storage.mail.attempts import IT, NEEDS_HUMAN, REFUSED, WAITING, Claim, looked_at, to_tokens
from storage.schema.tables import ATTEMPTS, MESSAGES

_M, _A = MESSAGES.c, ATTEMPTS.c
_OLDEST = (
    select(_M.id)
    # A worker of another version would send what it does not understand.
    .where(_M.state == WAITING, _M.claim_at <= given("now"), HAS_TABLES)
    .order_by(_M.claim_at, _M.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_CLAIM = Statement[tuple[int, str, str, str, bytes, int, int, str, bool, str, str, str]](
    update(MESSAGES)
    .where(_M.id == _OLDEST.scalar_subquery())
    .values({_M.lease_token: given("token"), _M.claim_at: given("until")})
    .returning(
        _M.id,
        _M.message_id,
        _M.recipient,
        _M.subject,
        _M.frozen,
        _M.attempts,
        _M.ambiguous,
        _M.composed_at,
        exists().where(_A.message_id == _M.id, _A.ended_at.is_(None)).label("in_doubt"),
        _M.trouble,
        _M.reply_token,
        _M.tokens,
    )
)
_NEXT = Statement[tuple[str]](
    select(_M.claim_at).where(_M.state == WAITING).order_by(_M.claim_at, _M.id).limit(1)
)
_RETRY = Change(
    update(MESSAGES)
    .where(IT, _M.state.in_((NEEDS_HUMAN, REFUSED)))
    .values(
        {
            _M.state: WAITING,
            _M.next_at: given("now"),
            _M.claim_at: given("now"),
            _M.settled_at: None,
            _M.lease_token: None,
        }
    )
)


def next_due(session: Session) -> datetime | None:
    """When the next message may be claimed; None when none waits."""
    found = session.first(_NEXT)
    return None if found is None else to_instant(found[0])


def take(session: Session, now: datetime, lease_seconds: float, token: str) -> Claim | None:
    """Claim the oldest message that waits; None when none does, or the tables are no longer ours.

    To be committed, with the beginning of its try (`attempts.start`), before anything of it goes
    out. A try whose end nobody wrote down may have arrived (P3): it is counted as ambiguous here,
    and after too many of them the message is spent: it waits for a person, and is nobody's.
    """
    until = from_instant(now + timedelta(seconds=lease_seconds))
    it = {"token": token, "now": from_instant(now), "until": until, "tables": NEWEST}
    found = session.first(_CLAIM, **it)
    if found is None:
        return None
    reach("sending.claimed")
    claim = Claim(
        token,
        *found[:7],
        to_instant(found[7]),
        in_doubt=bool(found[8]),
        trouble=found[9],
        reply_token=found[10],
        tokens=to_tokens(found[11]),
    )
    return looked_at(session, claim, now)


def retry(session: Session, message: int, now: datetime) -> None:
    """A person decides that a message goes out once more; the bytes are the same."""
    if not session.change(_RETRY, number=message, now=from_instant(now)):
        raise NotFoundError(f"there is no message {message} that waits for a person")
