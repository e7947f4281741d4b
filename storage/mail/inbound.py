"""What comes back by mail: each message once, what it was about, and what was done with it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select, update

from engine.model.dossier import CaseId
from storage.database.columns import from_instant, to_instant
from storage.database.session import Session
from storage.database.statements import Change, Statement, by_name, given, upsert
from storage.schema.tables import CASES, INBOUND, MESSAGES

NOTHING, DONE, PASSED_ON, FOR_A_PERSON = "nothing", "done", "passed_on", "for_a_person"
STATES = (NOTHING, DONE, PASSED_ON, FOR_A_PERSON)
FAILURE = "failure"  # the kind of a report that a message of ours did not arrive
MOST_WORDS = 2_000  # characters of what somebody wrote that are kept

_N, _M = INBOUND.c, MESSAGES.c
_KEEP = Statement[tuple[int]](
    upsert(
        INBOUND,
        key=(_N.key,),
        message_id=None,
        case_id=None,
        state=NOTHING,
        outcome="",
    ).returning(_N.id)
)
_SETTLE = Change(
    update(INBOUND)
    .where(_N.id == given("number"))
    .values(by_name(_N.message_id, _N.case_id, _N.state, _N.outcome))
)
_LATELY = Statement[tuple[int]](
    select(func.count()).where(
        _N.sender == given("sender"), _N.received_at > given("since"), _N.state == PASSED_ON
    )
)
_LAST = Statement[tuple[str, str]](
    select(_N.outcome, _N.state)
    .where(_N.sender == given("sender"), _N.case_id == given("case"), _N.state != NOTHING)
    .order_by(_N.id.desc())
    .limit(1)
)
_TOLD = Statement[tuple[int]](
    select(_N.id)
    .where(_N.message_id == given("message"), _N.kind == FAILURE, _N.state == PASSED_ON)
    .limit(1)
)
_LINES = Statement[tuple[int, str, str, str | None, str | None, str, str, str, str, str]](
    select(
        _N.id,
        _N.received_at,
        _N.kind,
        CASES.c.reference,
        _M.subject,
        _N.sender,
        _N.subject,
        _N.words,
        _N.state,
        _N.outcome,
    )
    .outerjoin(CASES, CASES.c.id == _N.case_id)
    .outerjoin(MESSAGES, _M.id == _N.message_id)
    .where(
        or_(given("state") == "", _N.state == given("state")),
        or_(given("root") == 0, CASES.c.root_id == given("root")),
    )
    .order_by(_N.id.desc())
    .limit(given("limit"))
)


@dataclass(frozen=True, slots=True)
class NewInbound:
    """A message that came in; `key` is the same each time it is read."""

    key: str
    received_at: datetime
    kind: str
    sender: str
    subject: str
    words: str


@dataclass(frozen=True, slots=True)
class Settled:
    """What was done with a message that came in, and what it was about."""

    state: str
    outcome: str
    message: int | None = None
    case: CaseId | None = None


@dataclass(frozen=True, slots=True)
class InboundLine:
    """One message that came in, as the list tells it; `about` is the subject of our letter."""

    id: int
    received_at: datetime
    kind: str
    case: str | None
    about: str | None
    sender: str
    subject: str
    words: str
    state: str
    outcome: str


def keep(session: Session, new: NewInbound) -> int | None:
    """Write a message down; None when it was taken in before, and nothing is to follow."""
    row = session.all(
        _KEEP,
        key=new.key,
        received_at=from_instant(new.received_at),
        kind=new.kind,
        sender=new.sender,
        subject=new.subject,
        words=new.words[:MOST_WORDS],
    )
    return row[0][0] if row else None


def settle(session: Session, number: int, done: Settled) -> None:
    """Write down what was done with it."""
    session.change(
        _SETTLE,
        number=number,
        message_id=done.message,
        case_id=done.case,
        state=done.state,
        outcome=done.outcome,
    )


def passed_on_since(session: Session, sender: str, since: datetime) -> int:
    """How many messages of one sender were passed on since a moment."""
    return session.all(_LATELY, sender=sender, since=from_instant(since))[0][0]


def last_told(session: Session, sender: str, case: CaseId) -> str:
    """What a person was told of the last message of somebody about a case, if that led to it."""
    outcome, state = session.first(_LAST, sender=sender, case=case) or ("", "")
    return "" if state == DONE else outcome


def was_told(session: Session, message: int) -> bool:
    """Whether a report that a message of ours failed was passed on already."""
    return session.first(_TOLD, message=message) is not None


def lines(session: Session, state: str, root: CaseId | None, limit: int) -> tuple[InboundLine, ...]:
    """What came in, the newest first: in one state, or of one family, where that is asked."""
    return tuple(
        InboundLine(row[0], to_instant(row[1]), *row[2:])
        for row in session.all(_LINES, state=state, root=root or 0, limit=limit)
    )
