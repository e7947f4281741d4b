"""Incidents are retried when a person says so (P18)."""

from engine.decide.acts import Verb
from engine.model.outcomes import By
from runtime.permission import leave_of_office
from runtime.use_cases.directory import Entered
from runtime.wiring import Runtime
from storage.cases import lookups, timers
from storage.database.transactions import transaction
from storage.mail import outbox
from storage.programme import incidents
from storage.programme.incidents import LOOKUP


def retry_incident(runtime: Runtime, number: int, by: By) -> Entered:
    """Take an incident off the list and let the next beat try again what failed; what that is.

    NotFoundError when no such incident is open.
    """
    held, owed = 0, 0
    with transaction(runtime.database) as session:
        leave_of_office(session, runtime, by, Verb.INCIDENT)
        found = incidents.incident(session, number)
        incidents.settle(session, number, runtime.clock())
        if (case_id := found.trouble.case_id) is not None:
            held = timers.release(session, case_id)
            owed = outbox.owe_again(session, case_id)
            if found.trouble.kind == LOOKUP:
                lookups.owe_again(session, case_id, runtime.clock())
    return Entered(f"incident {number}", f"tried again: {held} timers, {owed} letters")
