"""The next message to send, looked at once more if it has waited, its try begun; the next try."""

import logging
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from engine.errors import ProjectError
from runtime.families import Families
from runtime.links import renewed
from runtime.second_look import second_look
from runtime.wiring import Runtime
from runtime.workers import held_up
from storage.database.transactions import Session, savepoint
from storage.errors import UnavailableError
from storage.mail import attempts, sending, withholding
from storage.mail.attempts import NEEDS_HUMAN, TOO_OFTEN, Claim, Ended
from storage.mail.withholding import Withheld

log = logging.getLogger(__name__)

MOST_LOOKS = 50  # messages in one transaction
_JUST_COMPOSED = timedelta(minutes=1)  # what was looked at so shortly ago is right still


@dataclass(frozen=True, slots=True)
class MoreWait:
    """So many messages were looked at, none may go, and others may wait: look once more."""


def next_claim(runtime: Runtime, session: Session) -> Claim | MoreWait | None:
    """The oldest message that may go; None when none waits, and what holds up none is settled.

    To be committed before anything of it is sent, and before more is looked at: whoever else
    writes does not wait for all that is not to go.
    """
    now, lease = runtime.clock(), runtime.settings.engine.lease_seconds
    acting = Families(session, runtime, now)
    for _ in range(MOST_LOOKS):
        claim = sending.take(session, now, lease, secrets.token_hex(16))
        if claim is None:
            held_up.settle(session, now)
            return None
        if claim.spent:
            held_up.needs_person(session, claim.id, TOO_OFTEN, now)
        elif now - claim.composed_at < _JUST_COMPOSED or _may_go(acting, claim):
            attempts.start(session, claim, now)
            return _with_links(runtime, session, claim)
    return MoreWait()


def next_try(acting: Families, claim: Claim, at: datetime) -> datetime:
    """When a message is tried again that may be by then: in the working hours of its reader."""
    try:
        with savepoint(acting.session):
            return second_look(acting, claim.id, claim.recipient).opens_at(at)
    except UnavailableError:
        raise
    except Exception as error:  # noqa: BLE001 - it is asked again before the try itself
        _warn(error)
        return at


def _with_links(runtime: Runtime, session: Session, claim: Claim) -> Claim:
    """The claim with all tokens of its links; one that has had its end goes with new ones."""
    fresh = renewed(session, runtime, claim)
    if not fresh:
        return claim
    attempts.bear(session, claim, fresh)
    return replace(claim, tokens=fresh)


def _may_go(acting: Families, claim: Claim) -> bool:
    """Whether a message may go as it is, and now; if not, what becomes of it is written."""
    session, now = acting.session, acting.now
    try:
        with savepoint(session):
            look = second_look(acting, claim.id, claim.recipient)
            opens_at, found = look.opens_at(now), look.over()
    except UnavailableError:
        raise
    except Exception as error:  # noqa: BLE001 - a letter too much rather than none (P7)
        _warn(error)
        return True
    if found is None or (claim.ambiguous and found.anew and not found.moved):
        if opens_at > now:
            attempts.put_off(session, claim, opens_at)
        return opens_at <= now
    _withhold(acting, claim, found)
    return False


def _withhold(acting: Families, claim: Claim, found: Withheld) -> None:
    session, now = acting.session, acting.now
    if claim.ambiguous:
        found = replace(found, reason=f"{found.reason}, and it may have arrived before")
    if claim.ambiguous and found.anew:
        # No second text to another address while a try at the first one is in doubt.
        attempts.settle(session, claim, Ended(NEEDS_HUMAN, found.reason, now))
        held_up.needs_person(session, claim.id, found.reason, now)
    else:
        withholding.withhold(session, claim, found, now)
    log.info("message withheld: %s", found.reason, extra={"number": claim.id})


def _warn(error: Exception) -> None:
    known = isinstance(error, ProjectError)
    log.warning("message not looked at: %s", error, exc_info=not known)
