"""Messages are sent, one at a time, and how each ended is recorded; what came back is acted on."""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from engine.errors import ProjectError
from notifications.link_slots import put_in
from notifications.mailer import (
    NO_WAY_OUT,
    Delivered,
    Mailer,
    Outcome,
    Outgoing,
    Rejected,
    TryLater,
    Unknown,
    spoken,
)
from runtime.families import Families
from runtime.wiring import Runtime
from runtime.workers import held_up
from runtime.workers.claiming import MoreWait, next_claim, next_try
from runtime.workers.reply_to import return_path
from runtime.workers.undelivered import Returned, came_back, overview_came_back
from storage.database.transactions import Session, reading, transaction
from storage.errors import StorageError, UnavailableError, UnknownOutcomeError
from storage.mail import attempts
from storage.mail.attempts import ACCEPTED, AMBIGUOUS, LATER, REFUSED, Claim, Ended
from storage.mail.enclosed import enclosed

log = logging.getLogger(__name__)

_PATIENCE = timedelta(days=5)  # P18: then a person is needed
_FIRST_WAIT = timedelta(minutes=5)
_LONGEST_WAIT = timedelta(hours=4)  # with what chance adds to it
_JITTER = 0.2  # of a wait, at most
_DOUBLINGS = 10
_TRIES = 2  # to write an outcome down alone, after it could not be written with the next claim
_FRESH = timedelta(seconds=10)  # a claim this young is nobody else's, whatever the clocks say


@dataclass(frozen=True, slots=True)
class Sent:
    """How the messages of one round ended; what a server said where more than one is held up."""

    accepted: int = 0
    later: int = 0
    refused: int = 0
    unknown: int = 0
    trouble: str = ""


class LeaseLostError(ProjectError):
    """Another worker has the message, or could have it before the server answers (P9)."""


def deliver(runtime: Runtime, mailer: Mailer, *, stop: Callable[[], bool] = lambda: False) -> Sent:
    """Send what is due over one kept connection, the oldest first.

    How one try ended and that the next one begins are written in one commit: a letter costs one.
    Where no letter can leave the round is over: the others keep their place and their tries.
    """
    ended: list[Outcome] = []
    claim = None if stop() else _begin(runtime)
    while claim is not None:
        if isinstance(claim, MoreWait):
            claim = None if stop() else _begin(runtime)
            continue
        outcome = _send(runtime, mailer, claim)
        ended.append(outcome)
        goes_on = not stop() and _trouble(outcome) != NO_WAY_OUT
        claim = _settle(runtime, claim, outcome, goes_on=goes_on)
    return Sent(
        accepted=sum(isinstance(each, Delivered) for each in ended),
        later=sum(isinstance(each, TryLater) for each in ended),
        refused=sum(isinstance(each, Rejected) for each in ended),
        unknown=sum(not isinstance(each, Delivered | TryLater | Rejected) for each in ended),
        trouble=next((each.reply for each in reversed(ended) if _trouble(each)), ""),
    )


def _trouble(outcome: Outcome) -> str:
    return outcome.trouble if isinstance(outcome, TryLater) else ""


def _begin(runtime: Runtime) -> Claim | MoreWait | None:
    with transaction(runtime.database) as session:
        return next_claim(runtime, session)


def _send(runtime: Runtime, mailer: Mailer, claim: Claim) -> Outcome:
    begun_at, agreed = runtime.clock(), False

    def before_data() -> None:
        nonlocal agreed
        # The lease covers all that follows a claim as fresh as this: see the settings (P9).
        if runtime.clock() - begun_at > _FRESH and not _is_ours(runtime, claim):
            raise LeaseLostError(
                f"the lease on message {claim.message_id} is over, or would be before it is sent"
            )
        agreed = True

    frozen = put_in(claim.frozen, claim.tokens)
    sender = return_path(runtime, claim.reply_token)
    try:
        return mailer.send(Outgoing(claim.message_id, sender, claim.recipient, frozen), before_data)
    except LeaseLostError as error:
        return TryLater(str(error))
    except StorageError as error:
        return TryLater(spoken(error))  # nothing was sent: it cannot be known whose it is
    except Exception as error:  # the edge of a beat: one bad message harms only itself (P18)
        log.exception("message failed", extra={"number": claim.id})
        return Unknown(spoken(repr(error))) if agreed else TryLater(spoken(repr(error)))


def _is_ours(runtime: Runtime, claim: Claim) -> bool:
    """Whether we hold a claim until the server may have answered the final dot."""
    needed = timedelta(seconds=runtime.settings.mail.longest_end)
    with reading(runtime.database) as session:
        return attempts.is_ours(session, claim, runtime.clock() + needed)


def _settle(
    runtime: Runtime, claim: Claim, outcome: Outcome, *, goes_on: bool
) -> Claim | MoreWait | None:
    """Write down how a try ended, and in the same commit that the next one begins."""
    # Nothing else runs between the server's answer and its record (P3 c).
    try:
        with transaction(runtime.database) as session:
            _write_down(runtime, session, claim, outcome)
            return next_claim(runtime, session) if goes_on else None
    except StorageError as error:
        log.warning("outcome of a message not written: %s", error, extra={"number": claim.id})
    _insist(runtime, claim, outcome)
    return _begin(runtime) if goes_on else None


def _insist(runtime: Runtime, claim: Claim, outcome: Outcome) -> None:
    """Write it down alone: lost words would cost a second copy, so it is tried again."""
    for tries_left in reversed(range(_TRIES)):
        try:
            with transaction(runtime.database) as session:
                _write_down(runtime, session, claim, outcome)
        except (UnavailableError, UnknownOutcomeError):
            if not tries_left:
                raise
        else:
            return


def _write_down(runtime: Runtime, session: Session, claim: Claim, outcome: Outcome) -> None:
    now = runtime.clock()
    acting = Families(session, runtime, now)
    match outcome:
        case Delivered(reply):
            ended = Ended(ACCEPTED, reply, now)
        case Rejected(reply):
            ended = Ended(REFUSED, reply, now)
        case TryLater(reply, trouble):
            ended = _again(acting, claim, Ended(LATER, reply, now, trouble=trouble))
        case _:
            ended = _again(acting, claim, Ended(AMBIGUOUS, outcome.reply, now))
    if not attempts.settle(session, claim, ended):
        return
    held_up.note(session, claim, ended)
    if ended.outcome == REFUSED:
        returned = Returned(claim.recipient, claim.subject, ended.reply)
        came_back(acting, enclosed(session, claim.id), returned)
        overview_came_back(acting, claim.id, returned)


def _again(acting: Families, claim: Claim, ended: Ended) -> Ended:
    """Again in 5 minutes, doubled up to 4 hours, with jitter, in the working hours of its reader;
    after 5 days a person is needed.

    Not where no letter can leave: one incident says so, and all of them go on once that is mended.
    """
    if ended.at - claim.composed_at > _PATIENCE and ended.trouble != NO_WAY_OUT:
        return ended
    longest = _LONGEST_WAIT / (1 + _JITTER)
    wait = min(_FIRST_WAIT * 2 ** min(claim.attempts, _DOUBLINGS), longest)
    added = wait * _JITTER * (secrets.randbelow(1000) / 1000)
    return replace(ended, next_at=next_try(acting, claim, ended.at + wait + added))
