"""Claims on messages: a lease to send one, each try written down before and after (P3, P8, P9).

The caller passes ``now`` for leases as for everything else, so that a rehearsal's clock rules
them too. Workers on several machines must therefore keep their clocks together, well within a
lease.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from engine.model.dossier import CaseId, PersonId
from storage.database.columns import from_instant, from_optional_instant, to_instant, to_mapping
from storage.database.failpoints import reach
from storage.database.session import Session
from storage.database.statements import Change, Statement
from storage.errors import NotFoundError

MOST_REPEATED = 3  # automatic retransmissions after a try that may have arrived (P3 e)
ACCEPTED, REFUSED, LATER, AMBIGUOUS = "accepted", "refused", "later", "ambiguous"
WAITING, NEEDS_HUMAN = "waiting", "needs_human"
_TOO_OFTEN = "sent several times without an answer; ask the recipient before sending again"

_CLAIM = Statement[tuple[str, int, str, str, str, bytes, int, int, str]](
    """UPDATE messages SET lease_token = :token, claim_at = :until
    WHERE id IN (SELECT id FROM messages
        WHERE state = 'waiting' AND claim_at <= :now
        ORDER BY claim_at, id LIMIT :limit FOR UPDATE SKIP LOCKED)
    RETURNING next_at, id, message_id, recipient, subject, frozen, attempts, ambiguous,
        composed_at"""
)
_NEXT = Statement[tuple[str]](
    "SELECT claim_at FROM messages WHERE state = 'waiting' ORDER BY claim_at, id LIMIT 1"
)
_LETTERS = Statement[tuple[int, int, str, str, int, str]](
    """SELECT i.case_id, i.root_id, i.letter, i.audience, m.person_id, i.facts
    FROM intents i JOIN messages m ON m.id = i.message_id
    WHERE i.message_id = :message ORDER BY i.id"""
)
_CUT_SHORT = Change(
    """UPDATE attempts SET ended_at = :now, outcome = 'ambiguous', reply = 'no answer was recorded'
    WHERE message_id = :id AND ended_at IS NULL"""
)
_DOUBT = Change("UPDATE messages SET ambiguous = ambiguous + 1 WHERE id = :id")
_START = Change(
    """UPDATE messages SET attempts = attempts + 1
    WHERE id = :id AND state = 'waiting' AND lease_token = :token AND claim_at > :now"""
)
_ATTEMPT = Change(
    """INSERT INTO attempts (message_id, number, started_at, ended_at, outcome, reply)
    SELECT id, attempts, :started_at, :ended_at, :outcome, :reply FROM messages WHERE id = :id"""
)
_COUNT = Change("UPDATE messages SET attempts = attempts + 1 WHERE id = :id")
_END_ATTEMPT = Change(
    """UPDATE attempts SET ended_at = :now, outcome = :outcome, reply = :reply
    WHERE message_id = :id AND ended_at IS NULL"""
)
_SETTLE = Change(
    """UPDATE messages SET state = :state, next_at = COALESCE(:next_at, next_at),
        claim_at = COALESCE(:next_at, next_at),
        ambiguous = ambiguous + :doubt, settled_at = :settled_at, reply = :reply,
        lease_token = NULL
    WHERE id = :id AND state = 'waiting' AND lease_token = :token"""
)
_RELEASE = Change(
    """UPDATE messages SET lease_token = NULL, claim_at = next_at
    WHERE id = :id AND state = 'waiting' AND lease_token = :token"""
)
_RETRY = Change(
    """UPDATE messages SET state = 'waiting', next_at = :now, claim_at = :now, settled_at = NULL,
        lease_token = NULL
    WHERE id = :id AND state IN ('needs_human', 'refused')"""
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A message that is ours to send until the lease runs out; every write carries the token."""

    id: int
    token: str
    message_id: str
    recipient: str
    subject: str
    frozen: bytes
    attempts: int
    ambiguous: int
    composed_at: datetime


@dataclass(frozen=True, slots=True)
class Ended:
    """How a try ended: accepted, refused, later, ambiguous or needs_human, and what was replied.

    ``next_at`` is when to try again, for later and ambiguous; without it a person is needed.
    """

    outcome: str
    reply: str
    at: datetime
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A letter that a message carries."""

    case_id: CaseId
    root_id: CaseId
    letter: str
    audience: str
    person_id: PersonId
    facts: Mapping[str, object]


def next_due(session: Session) -> datetime | None:
    """When the next message may be claimed; None when none waits."""
    found = session.first(_NEXT)
    return None if found is None else to_instant(found[0])


def is_waiting(session: Session, now: datetime) -> bool:
    """Whether a message may be claimed now."""
    due = next_due(session)
    return due is not None and due <= now


def letters_of(session: Session, message: int) -> tuple[Enclosed, ...]:
    """The letters a message carries, by the cases that owe them."""
    return tuple(
        Enclosed(CaseId(case), CaseId(root), letter, audience, PersonId(person), to_mapping(facts))
        for case, root, letter, audience, person, facts in session.all(_LETTERS, message=message)
    )


def claim(
    session: Session, now: datetime, limit: int, lease_seconds: float, token: str
) -> tuple[Claim, ...]:
    """Take the oldest messages that wait and that nobody holds.

    A try whose end nobody wrote down may have arrived: it is counted as ambiguous here, and after
    too many of them the message waits for a person instead.
    """
    until = from_instant(now + timedelta(seconds=lease_seconds))
    rows = session.all(_CLAIM, token=token, until=until, now=from_instant(now), limit=limit)
    reach("sending.claimed")
    claims = (
        Claim(
            number, token, message_id, recipient, subject, frozen, attempts, doubts, to_instant(at)
        )
        for _, number, message_id, recipient, subject, frozen, attempts, doubts, at in sorted(rows)
    )
    return tuple(kept for claim in claims if (kept := _looked_at(session, claim, now)) is not None)


def _looked_at(session: Session, claim: Claim, now: datetime) -> Claim | None:
    if not session.change(_CUT_SHORT, id=claim.id, now=from_instant(now)):
        return claim
    reach("sending.doubt")
    doubtful = Ended(AMBIGUOUS, "no answer was recorded", now)
    if claim.ambiguous + 1 > MOST_REPEATED:
        _write(session, claim, doubtful)
        return None
    session.change(_DOUBT, id=claim.id)
    return replace(claim, ambiguous=claim.ambiguous + 1)


def start_attempt(session: Session, claim: Claim, now: datetime) -> bool:
    """Write down that a try begins; to be committed before the text of the message goes out.

    False when the claim is ours no more: then nothing may be sent.
    """
    at = from_instant(now)
    if not session.change(_START, id=claim.id, token=claim.token, now=at):
        return False
    reach("sending.start")
    session.change(_ATTEMPT, id=claim.id, started_at=at, ended_at=None, outcome="", reply="")
    reach("sending.started")
    return True


def settle(session: Session, claim: Claim, ended: Ended) -> bool:
    """Write down how a try ended; False, and nothing written, when the claim is ours no more."""
    if not _write(session, claim, ended):
        return False
    reach("sending.settle")
    at = from_instant(ended.at)
    words = {"id": claim.id, "outcome": ended.outcome, "reply": ended.reply}
    if not session.change(_END_ATTEMPT, now=at, **words):
        session.change(_COUNT, id=claim.id)
        session.change(_ATTEMPT, started_at=at, ended_at=at, **words)
    reach("sending.settled")
    return True


def release(session: Session, claim: Claim) -> bool:
    """Give a message back that was not tried."""
    return bool(session.change(_RELEASE, id=claim.id, token=claim.token))


def retry(session: Session, message: int, now: datetime) -> None:
    """A person decides that a message goes out once more; the bytes are the same."""
    if not session.change(_RETRY, id=message, now=from_instant(now)):
        raise NotFoundError(f"there is no message {message} that waits for a person")


def _write(session: Session, claim: Claim, ended: Ended) -> bool:
    state, reply = _state(claim, ended)
    return bool(
        session.change(
            _SETTLE,
            id=claim.id,
            token=claim.token,
            state=state,
            next_at=from_optional_instant(ended.next_at),
            doubt=int(ended.outcome == AMBIGUOUS),
            settled_at=None if state == WAITING else from_instant(ended.at),
            reply=reply,
        )
    )


def _state(claim: Claim, ended: Ended) -> tuple[str, str]:
    if ended.outcome == AMBIGUOUS and claim.ambiguous + 1 > MOST_REPEATED:
        return NEEDS_HUMAN, _TOO_OFTEN
    if ended.outcome in {LATER, AMBIGUOUS}:
        return (NEEDS_HUMAN if ended.next_at is None else WAITING), ended.reply
    return ended.outcome, ended.reply
