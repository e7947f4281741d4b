"""What a person decides about a message that cannot go out by itself."""

from runtime.wiring import Runtime
from storage.database.transactions import transaction
from storage.mail import sending


def retry_message(runtime: Runtime, number: int) -> None:
    """Let a message go out once more, byte for byte; NotFoundError when none waits for it."""
    with transaction(runtime.database) as session:
        sending.retry(session, number, runtime.clock())
