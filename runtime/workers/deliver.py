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
from runtime.use_cases.acting import Acting
from runtime.wiring import Runtime
from storage.database.transactions import savepoint, transaction
from storage.directory import directory
from storage.errors import StorageError, UnavailableError, UnknownOutcomeError
from storage.mail import sending
from storage.mail.sending import Claim, Enclosed, Ended
from storage.programme import incidents
from storage.programme.incidents import Trouble

log = logging.getLogger(__name__)

_PATIENCE = timedelta(days=5)  # P18: then a person is needed
_FIRST_WAIT = timedelta(minutes=5)
_LONGEST_WAIT = timedelta(hours=4)
_DOUBLINGS = 10
_TRIES = 2  # to write an outcome down, before the last one


@dataclass(frozen=True, slots=True)
class Sent:
    """How the messages of one round ended."""

    accepted: int = 0
    later: int = 0
    refused: int = 0
    unknown: int = 0


class LeaseLostError(ProjectError):
    """Another worker has taken the message over: this one sends nothing (P9)."""


def deliver(runtime: Runtime, mailer: Mailer, *, stop: Callable[[], bool] = lambda: False) -> Sent:
    """Send what is due over one kept connection, the oldest first."""
    ended = []
    while not stop():
        claim = _claim(runtime)
        if claim is None:
            break
        ended.append(_send(runtime, mailer, claim))
    return Sent(
        accepted=sum(isinstance(each, Delivered) for each in ended),
        later=sum(isinstance(each, TryLater) for each in ended),
        refused=sum(isinstance(each, Rejected) for each in ended),
        unknown=sum(not isinstance(each, Delivered | TryLater | Rejected) for each in ended),
    )


def _claim(runtime: Runtime) -> Claim | None:
    lease = runtime.settings.engine.lease_seconds
    while True:
        with transaction(runtime.database) as session:
            now = runtime.clock()
            if sending.next_due(session) is None:
                return None
            claims = sending.claim(session, now, 1, lease, secrets.token_hex(16))
            if claims:
                return claims[0]
            if not sending.is_waiting(session, now):
                return None


def _send(runtime: Runtime, mailer: Mailer, claim: Claim) -> Outcome:
    started = False

    def before_data() -> None:
        nonlocal started
        with transaction(runtime.database) as session:
            if not sending.start_attempt(session, claim, runtime.clock()):
                raise LeaseLostError(f"message {claim.message_id} belongs to another worker now")
        started = True

    sender = runtime.settings.mail.from_address
    try:
        outcome = mailer.send(
            Outgoing(claim.message_id, sender, claim.recipient, claim.frozen), before_data
        )
    except LeaseLostError as error:
        return TryLater(str(error))
    except StorageError:
        raise  # the attempt may be written down or not: whoever claims the message next looks
    except Exception as error:  # the edge of a beat: one bad message harms only itself (P18)
        log.exception("message failed", extra={"number": claim.id})
        outcome = Unknown(spoken(repr(error))) if started else TryLater(spoken(repr(error)))
    # Nothing runs between the server's answer and its record (P3 c).
    _settle(runtime, claim, outcome)
    return outcome


def _settle(runtime: Runtime, claim: Claim, outcome: Outcome) -> None:
    """Write down how a try ended: lost words would cost a second copy, so it is tried again."""
    for _ in range(_TRIES):
        try:
            return _write_down(runtime, claim, outcome)
        except (UnavailableError, UnknownOutcomeError) as error:
            log.warning("outcome of a message not written: %s", error, extra={"number": claim.id})
    return _write_down(runtime, claim, outcome)


def _write_down(runtime: Runtime, claim: Claim, outcome: Outcome) -> None:
    with transaction(runtime.database) as session:
        now = runtime.clock()
        match outcome:
            case Delivered(reply):
                sending.settle(session, claim, Ended(sending.ACCEPTED, reply, now))
            case Rejected(reply):
                if sending.settle(session, claim, Ended(sending.REFUSED, reply, now)):
                    _came_back(Acting(session, runtime, now), claim, reply)
            case TryLater(reply):
                sending.settle(session, claim, _again(sending.LATER, reply, claim, now))
            case _:
                sending.settle(session, claim, _again(sending.AMBIGUOUS, outcome.reply, claim, now))


def _again(outcome: str, reply: str, claim: Claim, now: datetime) -> Ended:
    """Again in 5 minutes, doubled up to 4 hours, with jitter; after 5 days a person is needed."""
    if now - claim.composed_at > _PATIENCE:
        return Ended(outcome, reply, now)
    wait = min(_FIRST_WAIT * 2 ** min(claim.attempts, _DOUBLINGS), _LONGEST_WAIT)
    return Ended(outcome, reply, now, now + wait * (1 + secrets.randbelow(200) / 1000))


def _came_back(acting: Acting, claim: Claim, reply: str) -> None:
    """A refused address is dead: the facilitator is told, the next contact is asked (P18)."""
    for intent in sending.letters_of(acting.session, claim.id):
        person = directory.person(acting.session, intent.person_id)
        if checked_address(person.email) == claim.recipient:  # not put right meanwhile
            directory.mark_unreachable(acting.session, person.id, reply, acting.now)
        event = Undeliverable(
            letter=intent.letter,
            audience=intent.audience,
            name=person.name,
            address=claim.recipient,
            subject=claim.subject,
            reason=reply,
            facts=intent.facts,
        )
        _tell(acting, intent, event)


def _tell(acting: Acting, intent: Enclosed, event: Undeliverable) -> None:
    """What cannot be told becomes an incident: the refusal itself stays written down."""
    session = acting.session
    try:
        with savepoint(session):
            acting.happen(intent.case_id, event)
            if intent.root_id != intent.case_id:
                # People belong to the parent: its notices and flags tell of the dead address.
                acting.happen(intent.root_id, replace(event, letter=""))
    except UnavailableError:
        raise
    except Exception as error:  # the edge of a beat: one bad case harms only itself (P18)
        log.exception("refused letter not told of", extra={"case": intent.case_id})
        cause = f"letter {intent.letter} to {event.address} came back"
        trouble = Trouble("bounce", cause, str(error) or repr(error), intent.case_id)
        incidents.report(session, trouble, acting.now)
