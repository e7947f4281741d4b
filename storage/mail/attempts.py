"""Tries to send a message: each is written down before and after (P3, P8, P9)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import exists, func, insert, select, update

from storage.database.columns import from_instant, from_json, from_optional_instant, to_mapping
from storage.database.failpoints import reach
from storage.database.session import Session
from storage.database.statements import Change, Statement, by_name, given
from storage.database.steps import Write
from storage.schema.tables import ATTEMPTS, MESSAGES

MOST_REPEATED = 3  # automatic retransmissions after a try that may have arrived (P3 e)
ACCEPTED, REFUSED, LATER, AMBIGUOUS = "accepted", "refused", "later", "ambiguous"
WAITING, NEEDS_HUMAN = "waiting", "needs_human"
TOO_OFTEN = "sent several times without an answer; ask the recipient before sending again"

_M, _A = MESSAGES.c, ATTEMPTS.c
IT = _M.id == given("number")
NO_TOKENS = ""
OURS = (IT, _M.state == WAITING, _M.lease_token == given("token"))

_IS_OURS = Statement[tuple[int]](select(_M.id).where(*OURS, _M.claim_at > given("now")))
_COUNT = Change(update(MESSAGES).where(IT).values({_M.attempts: _M.attempts + 1}))
_TRY = (_A.started_at, _A.ended_at, _A.outcome, _A.reply)
_START = Change(
    insert(ATTEMPTS).from_select(
        [_A.message_id, _A.number, *_TRY],
        select(_M.id, _M.attempts, *by_name(*_TRY).values()).where(IT),
    )
)
_ENDING = (
    update(ATTEMPTS)
    .where(_A.message_id == given("number"), _A.ended_at.is_(None))
    .values(by_name(_A.ended_at, _A.outcome, _A.reply))
)
_END = Change(_ENDING)
# Sent together with _SETTLE, which lets go of the message: if somebody else holds it by now, this
# meets no row either.
_END_OURS = Change(_ENDING.where(exists().where(IT, _M.lease_token.is_(None))))
_DOUBT = Change(update(MESSAGES).where(IT).values({_M.ambiguous: _M.ambiguous + 1}))
_AT = func.coalesce(given("next_at"), _M.next_at)
_SETTLE = Change(
    update(MESSAGES)
    .where(*OURS)
    .values(
        {
            **by_name(_M.settled_at, _M.reply, _M.trouble, _M.tokens),
            _M.state: given("end"),
            _M.ambiguous: _M.ambiguous + given("doubt"),
            _M.next_at: _AT,
            _M.claim_at: _AT,
            _M.lease_token: None,
        }
    )
)

_BEAR = Change(update(MESSAGES).where(*OURS).values(by_name(_M.tokens)))
_PUT_OFF = Change(
    update(MESSAGES)
    .where(*OURS)
    .values({**by_name(_M.next_at), _M.claim_at: given("next_at"), _M.lease_token: None})
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A message that is ours to send until the lease runs out; every write carries the token."""

    token: str
    id: int
    message_id: str
    recipient: str
    subject: str
    frozen: bytes
    attempts: int
    ambiguous: int
    composed_at: datetime
    in_doubt: bool = False  # a try was begun whose end nobody wrote down
    trouble: str = ""  # what held it up the last time
    reply_token: str = ""  # that answers to it bear
    tokens: Mapping[int, str] = field(default_factory=dict)  # of its links, by their letters
    spent: bool = False  # too many doubts: it waits for a person now


@dataclass(frozen=True, slots=True)
class Ended:
    """How a try ended: accepted, refused, later, ambiguous or needs_human, and what was replied.

    ``next_at`` is when to try again, for later and ambiguous; without it a person is needed.
    ``trouble`` is what holds it up, if that is more than this message.
    """

    outcome: str
    reply: str
    at: datetime
    next_at: datetime | None = None
    trouble: str = ""


def is_ours(session: Session, claim: Claim, now: datetime) -> bool:
    """Whether a claim still holds at a moment: only then may the text of the message go out."""
    words = {"number": claim.id, "token": claim.token, "now": from_instant(now)}
    return session.first(_IS_OURS, **words) is not None


def start(session: Session, claim: Claim, now: datetime) -> None:
    """Write down that a try begins, in the transaction that claims."""
    reach("sending.start")
    it = {"number": claim.id}
    begun = {**it, "started_at": from_instant(now), "ended_at": None, "outcome": "", "reply": ""}
    session.together(Write(_COUNT, [it]), Write(_START, [begun]))
    reach("sending.started")


def settle(session: Session, claim: Claim, ended: Ended) -> bool:
    """Write down how a try ended; False, and nothing written, when the claim is ours no more."""
    reach("sending.settle")
    settled, closed = _settling(claim, ended), Write(_END_OURS, [_ending(claim, ended)])
    session.together(settled, closed)
    reach("sending.settled")
    return bool(settled.changed)


def bear(session: Session, claim: Claim, tokens: Mapping[int, str]) -> None:
    """A message that is ours has new links, whose tokens are kept until it has its end."""
    words = {"number": claim.id, "token": claim.token, "tokens": from_tokens(tokens)}
    session.change(_BEAR, **words)


def from_tokens(tokens: Mapping[int, str]) -> str:
    """The tokens of links as they are kept, by the numbers of their letters."""
    return (
        from_json({str(number): each for number, each in tokens.items()}) if tokens else NO_TOKENS
    )


def to_tokens(text: str) -> dict[int, str]:
    """The tokens that are kept; none once the message has its end."""
    found = to_mapping(text) if text else {}
    return {int(number): str(each) for number, each in found.items()}


def put_off(session: Session, claim: Claim, at: datetime) -> None:
    """Let go of a claim without a try: it is not to go before a moment."""
    words = {"number": claim.id, "token": claim.token, "next_at": from_instant(at)}
    session.change(_PUT_OFF, **words)


def looked_at(session: Session, claim: Claim, now: datetime) -> Claim:
    """The claim with its doubts counted; spent when there are too many to send it once more."""
    if not claim.in_doubt:
        return claim
    doubtful = Ended(AMBIGUOUS, "no answer was recorded", now)
    session.change(_END, **_ending(claim, doubtful))
    reach("sending.doubt")
    if claim.ambiguous + 1 > MOST_REPEATED:
        session.together(_settling(claim, doubtful))
        return replace(claim, in_doubt=False, spent=True)
    session.change(_DOUBT, number=claim.id)
    return replace(claim, ambiguous=claim.ambiguous + 1, in_doubt=False)


def state_of(claim: Claim, ended: Ended) -> tuple[str, str]:
    """The state of a message whose try ended so, and the reason."""
    if ended.outcome == AMBIGUOUS and claim.ambiguous + 1 > MOST_REPEATED:
        return NEEDS_HUMAN, TOO_OFTEN
    if ended.outcome in {LATER, AMBIGUOUS}:
        return (NEEDS_HUMAN if ended.next_at is None else WAITING), ended.reply
    return ended.outcome, ended.reply


def _ending(claim: Claim, ended: Ended) -> dict[str, object]:
    at = from_instant(ended.at)
    return {"number": claim.id, "ended_at": at, "outcome": ended.outcome, "reply": ended.reply}


def _settling(claim: Claim, ended: Ended) -> Write:
    state, reply = state_of(claim, ended)
    words = {
        "number": claim.id,
        "token": claim.token,
        "end": state,
        "next_at": from_optional_instant(ended.next_at),
        "doubt": int(ended.outcome == AMBIGUOUS),
        "settled_at": None if state == WAITING else from_instant(ended.at),
        "reply": reply,
        "trouble": ended.trouble,
        # A message that has an end holds no link that opens anything (security 11).
        "tokens": from_tokens(claim.tokens) if state == WAITING else NO_TOKENS,
    }
    return Write(_SETTLE, [words])
