"""What a person decides about a letter that cannot go out by itself."""

from dataclasses import replace

from engine.decide.acts import Verb
from engine.model.outcomes import By
from runtime.families import Families
from runtime.permission import leave_of_office
from runtime.second_look import written_anew
from runtime.use_cases.directory import Entered
from runtime.wiring import Runtime
from storage.database.transactions import Session, transaction
from storage.errors import NotFoundError
from storage.mail import outbox, queries, sending
from storage.mail.queries import LetterQuery
from storage.programme import incidents

_WAITING_FOR_A_PERSON = ("needs_human", "refused")


def retry_letter(runtime: Runtime, number: int, by: By) -> Entered:
    """Let a letter go out after all; NotFoundError when none of this number waits for a person.

    Its message is sent once more, byte for byte; one that could not be written, or whose reader
    has another address by now, is written anew.
    """
    with transaction(runtime.database) as session:
        leave_of_office(session, runtime, by, Verb.MAIL)
        letter = queries.letter(session, number)
        if letter.state not in _WAITING_FOR_A_PERSON:
            raise NotFoundError(f"no letter {number} waits for a person: it is {letter.state}")
        if letter.message is not None:
            acting = Families(session, runtime, runtime.clock())
            if written_anew(acting, letter.message, letter.recipient or ""):
                return Entered(f"letter {number}", "owed")
            sending.retry(session, letter.message, acting.now)
            return Entered(f"letter {number}", "waiting")
        outbox.owe_one_again(session, number)
        trouble = incidents.of_letter(letter.letter, letter.key)
        incidents.settle_cause(session, trouble, runtime.clock())
        if not _waiting_for_the_same(session, letter.reason):
            together = replace(trouble, cause=letter.reason)  # of a role that nobody played
            incidents.settle_cause(session, together, runtime.clock())
    return Entered(f"letter {number}", "owed")


def _waiting_for_the_same(session: Session, reason: str) -> bool:
    """Whether other letters wait for a person for the very same reason."""
    waiting = queries.letters(session, LetterQuery(state=_WAITING_FOR_A_PERSON[0]))
    return any(each.reason == reason for each in waiting)
