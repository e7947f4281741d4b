"""Letters owed and messages frozen, until each has an end that is written down (P3, P8, P9)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.model.dossier import CaseId, PersonId
from storage.database.columns import from_instant, to_instant, to_mapping
from storage.database.failpoints import reach
from storage.database.session import Session
from storage.database.statements import Change, Statement
from storage.errors import ConflictError

_OWED = Statement[tuple[int, str, int, int, int, str, str, int | None, str, str, str, str, str]](
    """SELECT i.id, i.key, i.case_id, i.root_id, i.stay, i.letter, i.audience, i.person_id,
        i.ladder, i.facts, i.owed_at, c.state, r.reference
    FROM intents i JOIN cases c ON c.id = i.case_id JOIN cases r ON r.id = i.root_id
    WHERE i.state = 'owed' ORDER BY i.id LIMIT :limit FOR UPDATE OF i SKIP LOCKED"""
)
_OVERTAKEN = Change(
    """UPDATE intents SET state = 'superseded', reason = 'superseded: a later one is owed'
    WHERE case_id = :case AND state = 'needs_human' AND ladder <> '' AND EXISTS (
        SELECT 1 FROM intents i WHERE i.case_id = :case AND i.state = 'needs_human'
            AND i.ladder = intents.ladder AND i.id > intents.id
            AND (i.person_id = intents.person_id OR i.audience = intents.audience
                AND (i.owed_at > intents.owed_at OR i.person_id IS NULL)))"""
)
_OWE_AGAIN = Change(
    "UPDATE intents SET state = 'owed', reason = '' WHERE case_id = :case AND state = 'needs_human'"
)
_SETTLE_INTENT = Change(
    "UPDATE intents SET state = :state, reason = :reason WHERE id = :id AND state = 'owed'"
)
_FREEZE = Statement[tuple[int]](
    """INSERT INTO messages (message_id, person_id, recipient, subject, text, frozen, composed_at,
        state, next_at, attempts, ambiguous, lease_token, settled_at, reply, claim_at)
    VALUES (:message_id, :person, :recipient, :subject, :text, :frozen, :composed_at,
        'waiting', :next_at, 0, 0, NULL, NULL, '', :next_at)
    RETURNING id"""
)
_LINK = Change(
    """UPDATE intents SET state = 'composed', message_id = :message
    WHERE id = :id AND state = 'owed'"""
)


@dataclass(frozen=True, slots=True)
class OwedLetter:
    """A letter owed and not yet composed; ``reference`` is that of the root of its case."""

    id: int
    key: str
    case_id: CaseId
    root_id: CaseId
    visit: int
    letter: str
    audience: str
    person: PersonId | None
    ladder: str
    facts: Mapping[str, object]
    owed_at: datetime
    state: str  # where the case stands now
    reference: str


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A composed message: ``frozen`` are its bytes, which never change again (P3 d)."""

    message_id: str
    person: PersonId
    recipient: str
    subject: str
    text: str
    frozen: bytes
    composed_at: datetime
    next_at: datetime | None = None  # not to be sent before; at once when nothing is said


def owed(session: Session, limit: int) -> tuple[OwedLetter, ...]:
    """The oldest letters that wait to be composed; another writer does not get the same ones."""
    return tuple(
        OwedLetter(
            id=row[0],
            key=row[1],
            case_id=CaseId(row[2]),
            root_id=CaseId(row[3]),
            visit=row[4],
            letter=row[5],
            audience=row[6],
            person=None if row[7] is None else PersonId(row[7]),
            ladder=row[8],
            facts=to_mapping(row[9]),
            owed_at=to_instant(row[10]),
            state=row[11],
            reference=row[12],
        )
        for row in session.all(_OWED, limit=limit)
    )


def compose(session: Session, message: NewMessage, intents: Iterable[int]) -> int:
    """Freeze a message for one or several letters owed; ConflictError when one is owed no more."""
    reach("outbox.compose")
    number = session.all(
        _FREEZE,
        message_id=message.message_id,
        person=message.person,
        recipient=message.recipient,
        subject=message.subject,
        text=message.text,
        frozen=message.frozen,
        composed_at=from_instant(message.composed_at),
        next_at=from_instant(message.next_at or message.composed_at),
    )[0][0]
    reach("outbox.frozen")
    rows = [{"id": intent, "message": number} for intent in intents]
    if session.change_each(_LINK, rows) != len(rows):
        raise ConflictError("one of these letters is not owed any more; look again")
    reach("outbox.composed")
    return number


def end(session: Session, intents: Iterable[int], state: str, reason: str) -> int:
    """Letters that are not to be sent: ``superseded`` by what came later, or ``withheld``.

    The reason is what a reader of the list will see.
    """
    return _end(session, intents, state, reason)


def need_human(session: Session, intents: Iterable[int], reason: str) -> int:
    """Letters that cannot be composed: nobody in the role, no address, a fact that is missing."""
    return _end(session, intents, "needs_human", reason)


def owe_again(session: Session, case_id: CaseId) -> int:
    """Let what needed a person be composed after all: to each reader the last one of a ladder."""
    session.change(_OVERTAKEN, case=case_id)
    return session.change(_OWE_AGAIN, case=case_id)


def _end(session: Session, intents: Iterable[int], state: str, reason: str) -> int:
    reach(f"outbox.{state}")
    rows = ({"id": intent, "state": state, "reason": reason} for intent in intents)
    return session.change_each(_SETTLE_INTENT, rows)
