"""Messages are sent, one at a time, and how each ended is recorded; what came back is acted on."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from engine.errors import ProjectError
from engine.outcomes import Undeliverable
from notifications.mailer import Delivered, Mailer, Outcome, Outgoing, Rejected, TryLater
from runtime.acting import Acting
from runtime.wiring import Runtime
from storage import directory, sending
from storage.database import Session, transaction
from storage.sending import Claim, Ended

_PATIENCE = timedelta(days=5)  # P18: then a person is needed
_FIRST_WAIT = timedelta(minutes=5)
_LONGEST_WAIT = timedelta(hours=4)
_DOUBLINGS = 10


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
    def before_data() -> None:
        with transaction(runtime.database) as session:
            if not sending.start_attempt(session, claim, runtime.clock()):
                raise LeaseLostError(f"message {claim.message_id} belongs to another worker now")

    sender = runtime.settings.mail.from_address
    try:
        outcome = mailer.send(
            Outgoing(claim.message_id, sender, claim.recipient, claim.frozen), before_data
        )
    except LeaseLostError as error:
        return TryLater(str(error))
    # Nothing runs between the server's answer and its record (P3 c).
    _settle(runtime, claim, outcome)
    return outcome


def _settle(runtime: Runtime, claim: Claim, outcome: Outcome) -> None:
    now = runtime.clock()
    with transaction(runtime.database) as session:
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
        return Ended(sending.NEEDS_HUMAN, reply, now)
    wait = min(_FIRST_WAIT * 2 ** min(claim.attempts, _DOUBLINGS), _LONGEST_WAIT)
    return Ended(outcome, reply, now, now + wait * (1 + secrets.randbelow(200) / 1000))


def _came_back(acting: Acting, claim: Claim, reply: str) -> None:
    """A refused address is dead: the facilitator is told, the next contact is asked (P18)."""
    session: Session = acting.session
    for intent in sending.letters_of(session, claim.id):
        person = directory.person(session, intent.person_id)
        directory.mark_unreachable(session, person.id, reply, acting.now)
        event = Undeliverable(
            letter=intent.letter,
            audience=intent.audience,
            name=person.name,
            address=claim.recipient,
            subject=claim.subject,
            reason=reply,
            facts=intent.facts,
        )
        acting.happen(intent.case_id, event)
        if intent.root_id != intent.case_id:
            # People belong to the parent: its notices and flags tell of the dead address.
            acting.happen(intent.root_id, replace(event, letter=""))
