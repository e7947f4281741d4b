"""Incidents are retried when a person says so (P18)."""

from engine.decide.acts import Verb
from engine.model.dossier import CaseId
from engine.model.outcomes import By
from runtime.families import Families
from runtime.permission import leave_of_office
from runtime.second_look import written_anew
from runtime.use_cases.dead_address import tell_again
from runtime.use_cases.directory import Entered
from runtime.wiring import Runtime
from storage.cases import lookups, timers
from storage.database.transactions import transaction
from storage.mail import outbox, overviews, sending, troubles
from storage.programme import incidents
from storage.programme.incidents import BOUNCE, LOOKUP, MAIL, MESSAGE, OVERVIEW, Trouble


def retry_incident(runtime: Runtime, number: int, by: By) -> Entered:
    """Take an incident off the list and let the next beat try again what failed; what that is.

    NotFoundError when no such incident is open.
    """
    with transaction(runtime.database) as session:
        by = leave_of_office(session, runtime, by, Verb.INCIDENT)
        found = incidents.incident(session, number)
        incidents.settle(session, number, runtime.clock())
        acting = Families(session, runtime, runtime.clock())
        case_id, trouble = found.trouble.case_id, found.trouble
        again = () if case_id is None else _again(acting, case_id, trouble, by)
        if trouble.kind == MAIL and (waiting := troubles.wake(session, trouble.cause)):
            again = (f"{waiting} messages",)
        if trouble.kind == OVERVIEW and (anew := overviews.forget_failed(session)):
            again = (f"{anew} overviews",)
    return Entered(f"incident {number}", f"to be tried again: {', '.join(again) or 'nothing'}")


def _again(acting: Families, case_id: CaseId, trouble: Trouble, by: By) -> tuple[str, ...]:
    """Let what failed in a case be tried again; what that is, in words."""
    held = timers.release(acting.session, case_id)
    owed = outbox.owe_again(acting.session, case_id)
    if trouble.kind == LOOKUP:
        lookups.owe_again(acting.session, case_id, acting.now)
    messages = _send_again(acting, case_id) if trouble.kind == MESSAGE else 0
    if trouble.kind == BOUNCE:
        tell_again(acting, case_id, trouble, by)
    said = {
        f"{held} timers": held,
        f"{owed} letters": owed,
        f"{messages} messages": messages,
        "a look at what changed": trouble.kind == LOOKUP,
        "news of a dead address": trouble.kind == BOUNCE,
    }
    return tuple(words for words, is_so in said.items() if is_so)


def _send_again(acting: Families, case_id: CaseId) -> int:
    """Let the messages of a case go that wait for a person, written anew where that is needed."""
    stuck = troubles.stuck(acting.session, case_id)
    for message, recipient in stuck:
        if not written_anew(acting, message, recipient):
            sending.retry(acting.session, message, acting.now)
    return len(stuck)
