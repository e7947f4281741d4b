"""What a person decides about a message that cannot go out by itself."""

from engine.decide.acts import Verb
from engine.model.outcomes import By
from runtime.permission import leave_of_office
from runtime.use_cases.directory import Entered
from runtime.wiring import Runtime
from storage.database.transactions import transaction
from storage.mail import sending


def retry_message(runtime: Runtime, number: int, by: By) -> Entered:
    """Let a message go out once more, byte for byte; NotFoundError when none waits for it."""
    with transaction(runtime.database) as session:
        leave_of_office(session, runtime, by, Verb.MAIL)
        sending.retry(session, number, runtime.clock())
    return Entered(f"message {number}", "sent once more")
