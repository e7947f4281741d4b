"""What holds messages up, and letting all that one trouble holds up go on together (P18)."""

from sqlalchemy import and_, func, or_, select, update

from engine.model.dossier import CaseId
from storage.database.session import Session
from storage.database.statements import Change, Statement, given
from storage.mail.attempts import NEEDS_HUMAN, WAITING
from storage.schema.tables import INTENTS, MESSAGES

_M = MESSAGES.c
_TROUBLES = Statement[tuple[str]](
    select(_M.trouble).where(_M.state == WAITING, _M.trouble != "").distinct()
)
_WAITING_FOR_PERSON = Statement[tuple[int]](
    select(func.min(INTENTS.c.id))
    .join(MESSAGES, _M.id == INTENTS.c.message_id)
    .where(_M.state == NEEDS_HUMAN)
    .group_by(_M.id)
)
_DUE = {
    _M.state: WAITING,
    _M.next_at: _M.composed_at,  # the place in line it had: the oldest goes first
    _M.claim_at: _M.composed_at,
    _M.settled_at: None,
}
_STANDS_STILL = or_(and_(_M.state == WAITING, _M.lease_token.is_(None)), _M.state == NEEDS_HUMAN)
_WAKE = Change(
    update(MESSAGES)
    .where(_M.trouble == given("trouble"), _M.trouble != "", _STANDS_STILL)
    .values(_DUE)
)
_STUCK = Statement[tuple[int, str]](
    select(_M.id, _M.recipient)
    .distinct()
    .join(INTENTS, INTENTS.c.message_id == _M.id)
    .where(_M.state == NEEDS_HUMAN, INTENTS.c.case_id == given("case"))
    .order_by(_M.id)
)


def troubles(session: Session) -> frozenset[str]:
    """What holds up any message that waits."""
    return frozenset(trouble for (trouble,) in session.all(_TROUBLES))


def waiting_for_person(session: Session) -> tuple[int, ...]:
    """The first letter of each message that is not tried again by itself."""
    return tuple(number for (number,) in session.all(_WAITING_FOR_PERSON))


def wake(session: Session, trouble: str) -> int:
    """Let every message that a trouble holds up be sent as soon as may be; how many."""
    return session.change(_WAKE, trouble=trouble)


def wake_later(session: Session, *troubles: str) -> None:
    """The same, with what is asked next: it costs a letter no answer of its own."""
    session.later(_WAKE, [{"trouble": trouble} for trouble in troubles])


def stuck(session: Session, case_id: CaseId) -> tuple[tuple[int, str], ...]:
    """The messages of a case that wait for a person, with their addresses."""
    return tuple(session.all(_STUCK, case=case_id))
