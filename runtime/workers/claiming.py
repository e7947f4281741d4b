"""The next message to send, looked at once more if it has waited, its try begun."""

import logging
import secrets
from dataclasses import replace
from datetime import timedelta

from engine.errors import ProjectError
from runtime.families import Families
from runtime.second_look import looked_over
from runtime.wiring import Runtime
from runtime.workers import held_up
from storage.database.transactions import Session, savepoint
from storage.errors import UnavailableError
from storage.mail import attempts, sending, withholding
from storage.mail.attempts import NEEDS_HUMAN, TOO_OFTEN, Claim, Ended

log = logging.getLogger(__name__)

_JUST_COMPOSED = timedelta(minutes=1)  # what was looked at so shortly ago is right still


def next_claim(runtime: Runtime, session: Session) -> Claim | None:
    """The oldest message that may go; None when none waits, and what holds up none is settled.

    To be committed before anything of it is sent.
    """
    now, lease = runtime.clock(), runtime.settings.engine.lease_seconds
    acting = Families(session, runtime, now)
    while claim := sending.take(session, now, lease, secrets.token_hex(16)):
        if claim.spent:
            held_up.needs_person(session, claim.id, TOO_OFTEN, now)
        elif now - claim.composed_at < _JUST_COMPOSED or _is_right(acting, claim):
            attempts.start(session, claim, now)
            return claim
    held_up.settle(session, now)
    return None


def _is_right(acting: Families, claim: Claim) -> bool:
    """Whether a message may go as it is; if not, what becomes of it is written."""
    session, now = acting.session, acting.now
    try:
        with savepoint(session):
            found = looked_over(acting, claim.id, claim.recipient)
    except UnavailableError:
        raise
    except Exception as error:  # a letter too much rather than none (P7)
        known = isinstance(error, ProjectError)
        log.warning("message not looked at: %s", error, exc_info=not known)
        return True
    if found is None or (claim.ambiguous and found.anew and not found.moved):
        return True
    if claim.ambiguous:
        found = replace(found, reason=f"{found.reason}, and it may have arrived before")
    if claim.ambiguous and found.anew:
        # No second text to another address while a try at the first one is in doubt.
        attempts.settle(session, claim, Ended(NEEDS_HUMAN, found.reason, now))
        held_up.needs_person(session, claim.id, found.reason, now)
    else:
        withholding.withhold(session, claim, found, now)
    log.info("message withheld: %s", found.reason, extra={"number": claim.id})
    return False
