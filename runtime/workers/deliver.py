"""Messages are sent, one at a time, and how each ended is recorded; what came back is acted on."""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from engine.errors import ProjectError
from engine.model.outcomes import Undeliverable
from notifications.addresses import checked_address
from notifications.mailer import (
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
from runtime.isolation import alone
from runtime.wiring import Runtime
from storage.database.transactions import Session, reading, transaction
from storage.directory import directory
from storage.errors import StorageError, UnavailableError, UnknownOutcomeError
from storage.mail import attempts, sending
from storage.mail.attempts import ACCEPTED, AMBIGUOUS, LATER, REFUSED, Claim, Ended
from storage.mail.sending import Enclosed
from storage.programme.incidents import BOUNCE, Trouble

log = logging.getLogger(__name__)

_PATIENCE = timedelta(days=5)  # P18: then a person is needed
_FIRST_WAIT = timedelta(minutes=5)
_LONGEST_WAIT = timedelta(hours=4)
_DOUBLINGS = 10
_TRIES = 2  # to write an outcome down alone, after it could not be written with the next claim
_FRESH = timedelta(seconds=10)  # a claim this young is nobody else's, whatever the clocks say


@dataclass(frozen=True, slots=True)
class Sent:
    """How the messages of one round ended."""

    accepted: int = 0
    later: int = 0
    refused: int = 0
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Returned:
    """A message that a server refused for good, and what it said."""

    recipient: str
    subject: str
    reply: str


class LeaseLostError(ProjectError):
    """Another worker has taken the message over: this one sends nothing (P9)."""


def deliver(runtime: Runtime, mailer: Mailer, *, stop: Callable[[], bool] = lambda: False) -> Sent:
    """Send what is due over one kept connection, the oldest first.

    How one try ended and that the next one begins are written in one commit: a letter costs one.
    """
    ended = []
    claim = None if stop() else _begin(runtime)
    while claim is not None:
        outcome = _send(runtime, mailer, claim)
        ended.append(outcome)
        claim = _settle(runtime, claim, outcome, goes_on=not stop())
    return Sent(
        accepted=sum(isinstance(each, Delivered) for each in ended),
        later=sum(isinstance(each, TryLater) for each in ended),
        refused=sum(isinstance(each, Rejected) for each in ended),
        unknown=sum(not isinstance(each, Delivered | TryLater | Rejected) for each in ended),
    )


def _begin(runtime: Runtime) -> Claim | None:
    with transaction(runtime.database) as session:
        return _next(runtime, session)


def _next(runtime: Runtime, session: Session) -> Claim | None:
    lease = runtime.settings.engine.lease_seconds
    return sending.begin(session, runtime.clock(), lease, secrets.token_hex(16))


def _send(runtime: Runtime, mailer: Mailer, claim: Claim) -> Outcome:
    begun_at, agreed = runtime.clock(), False

    def before_data() -> None:
        nonlocal agreed
        # Nobody else takes over a claim as fresh as this: only who was held up asks again (P9).
        if runtime.clock() - begun_at > _FRESH and not _is_ours(runtime, claim):
            raise LeaseLostError(f"message {claim.message_id} belongs to another worker now")
        agreed = True

    sender = runtime.settings.mail.from_address
    try:
        return mailer.send(
            Outgoing(claim.message_id, sender, claim.recipient, claim.frozen), before_data
        )
    except LeaseLostError as error:
        return TryLater(str(error))
    except StorageError as error:
        return TryLater(spoken(error))  # nothing was sent: it cannot be known whose it is
    except Exception as error:  # the edge of a beat: one bad message harms only itself (P18)
        log.exception("message failed", extra={"number": claim.id})
        return Unknown(spoken(repr(error))) if agreed else TryLater(spoken(repr(error)))


def _is_ours(runtime: Runtime, claim: Claim) -> bool:
    with reading(runtime.database) as session:
        return attempts.is_ours(session, claim, runtime.clock())


def _settle(runtime: Runtime, claim: Claim, outcome: Outcome, *, goes_on: bool) -> Claim | None:
    """Write down how a try ended, and in the same commit that the next one begins."""
    # Nothing else runs between the server's answer and its record (P3 c).
    try:
        with transaction(runtime.database) as session:
            _write_down(runtime, session, claim, outcome)
            return _next(runtime, session) if goes_on else None
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
    match outcome:
        case Delivered(reply):
            ended = Ended(ACCEPTED, reply, now)
        case Rejected(reply):
            ended = Ended(REFUSED, reply, now)
        case TryLater(reply):
            ended = _again(LATER, reply, claim, now)
        case _:
            ended = _again(AMBIGUOUS, outcome.reply, claim, now)
    if attempts.settle(session, claim, ended) and ended.outcome == REFUSED:
        acting = Families(session, runtime, now)
        returned = Returned(claim.recipient, claim.subject, ended.reply)
        for letter in sending.letters_of(session, claim.id):
            came_back(acting, letter, returned)


def _again(outcome: str, reply: str, claim: Claim, now: datetime) -> Ended:
    """Again in 5 minutes, doubled up to 4 hours, with jitter; after 5 days a person is needed."""
    if now - claim.composed_at > _PATIENCE:
        return Ended(outcome, reply, now)
    wait = min(_FIRST_WAIT * 2 ** min(claim.attempts, _DOUBLINGS), _LONGEST_WAIT)
    return Ended(outcome, reply, now, now + wait * (1 + secrets.randbelow(200) / 1000))


def came_back(acting: Families, letter: Enclosed, returned: Returned) -> None:
    """A refused address is dead: the facilitator is told, the next contact is asked (P18)."""
    person = directory.person(acting.session, letter.person_id)
    if checked_address(person.email) == returned.recipient:  # not put right meanwhile
        directory.mark_unreachable(acting.session, person.id, returned.reply, acting.today)
    event = Undeliverable(
        letter=letter.letter,
        audience=letter.audience,
        name=person.name,
        address=returned.recipient,
        subject=returned.subject,
        reason=returned.reply,
        facts=letter.facts,
    )
    _tell(acting, letter, event)


def _tell(acting: Families, intent: Enclosed, event: Undeliverable) -> None:
    """What cannot be told becomes an incident: the refusal itself stays written down."""

    def tell() -> None:
        acting.happen(intent.case_id, event)
        if intent.root_id != intent.case_id:
            # People belong to the parent: its notices and flags tell of the dead address.
            acting.happen(intent.root_id, replace(event, letter=""))

    cause = f"letter {intent.letter} to {event.address} came back"
    alone(acting, Trouble(BOUNCE, cause, case_id=intent.case_id), tell)
