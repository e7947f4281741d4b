"""Letters owed and messages frozen, until each has an end that is written down (P3, P8, P9)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import and_, exists, or_, select, update

from engine.model.dossier import CaseId, PersonId
from storage.database.columns import from_instant
from storage.database.failpoints import reach
from storage.database.session import Session
from storage.database.statements import Change, Statement, by_name, given, insert_into
from storage.errors import ConflictError, NotFoundError
from storage.mail.attempts import from_tokens
from storage.mail.intents import ANEW, OWED
from storage.schema.tables import CASES, INTENTS, MESSAGES

SUPERSEDED, NEEDS_HUMAN = "superseded", "needs_human"
_I, _LATER = INTENTS.c, INTENTS.alias("later")
_IS_OWED = (_I.id == given("number"), _I.state == OWED)
_FAMILY = select(CASES.c.root_id).where(CASES.c.id == given("case")).scalar_subquery()
_STUCK = (_I.root_id == _FAMILY, _I.case_id == given("case"), _I.state == NEEDS_HUMAN)
_OVERTAKEN = Change(
    update(INTENTS)
    .where(
        *_STUCK,
        _I.ladder != "",
        exists().where(
            _LATER.c.root_id == _I.root_id,
            _LATER.c.case_id == _I.case_id,
            _LATER.c.state == NEEDS_HUMAN,
            _LATER.c.ladder == _I.ladder,
            _LATER.c.id > _I.id,
            or_(
                _LATER.c.person_id == _I.person_id,
                and_(
                    _LATER.c.audience == _I.audience,
                    or_(_LATER.c.owed_at > _I.owed_at, _LATER.c.person_id.is_(None)),
                ),
            ),
        ),
    )
    .values({_I.state: SUPERSEDED, _I.reason: "superseded: a later letter asks for the same"})
)
_OWE_AGAIN = Change(update(INTENTS).where(*_STUCK).values(ANEW))
_OWE_ONE = Change(
    update(INTENTS).where(_I.id == given("number"), _I.state == NEEDS_HUMAN).values(ANEW)
)
_SETTLE_INTENT = Change(
    update(INTENTS).where(*_IS_OWED).values({_I.state: given("end"), **by_name(_I.reason)})
)
_FREEZE = Statement[tuple[int]](
    insert_into(
        MESSAGES,
        state="waiting",
        attempts=0,
        ambiguous=0,
        lease_token=None,
        settled_at=None,
        reply="",
        trouble="",
    ).returning(MESSAGES.c.id)
)
# One that another worker has at hand is not waited for: it may wait for one of ours.
_FREE = select(_I.id).where(*_IS_OWED).with_for_update(skip_locked=True)
_LINK = Change(
    update(INTENTS)
    .where(_I.id == _FREE.scalar_subquery())
    .values({_I.state: "composed", _I.reason: "", **by_name(_I.message_id)})
)


class TakenError(ConflictError):
    """A letter that was owed goes, or has gone, with another message meanwhile."""


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
    reply_token: str = ""  # that a reply to it bears, where an inbox is read
    tokens: Mapping[int, str] = field(default_factory=dict)  # of its links, by their letters
    conversation: str = ""  # what it is about; empty where that is no one matter


def compose(session: Session, message: NewMessage, intents: Iterable[int]) -> int:
    """Freeze a message for one or several letters owed; TakenError when one is owed no more."""
    reach("outbox.compose")
    at = from_instant(message.next_at or message.composed_at)
    number = session.all(
        _FREEZE,
        message_id=message.message_id,
        person_id=message.person,
        recipient=message.recipient,
        subject=message.subject,
        text=message.text,
        frozen=message.frozen,
        composed_at=from_instant(message.composed_at),
        next_at=at,
        claim_at=at,
        reply_token=message.reply_token,
        tokens=from_tokens(message.tokens),
        conversation=message.conversation,
    )[0][0]
    reach("outbox.frozen")
    rows = [{"number": intent, "message_id": number} for intent in intents]
    if session.change_each(_LINK, rows) != len(rows):
        raise TakenError("one of these letters is not owed any more; look again")
    reach("outbox.composed")
    return number


def end(session: Session, intents: Iterable[int], state: str, reason: str) -> int:
    """Letters that are not to be sent: ``superseded`` by what came later, or ``withheld``.

    The reason is what a reader of the list will see.
    """
    return _end(session, intents, state, reason)


def need_human(session: Session, intents: Iterable[int], reason: str) -> int:
    """Letters that cannot be composed: nobody in the role, no address, a fact that is missing."""
    return _end(session, intents, NEEDS_HUMAN, reason)


def owe_again(session: Session, case_id: CaseId) -> int:
    """Let what needed a person be composed after all: to each reader the last one of a ladder."""
    session.change(_OVERTAKEN, case=case_id)
    return session.change(_OWE_AGAIN, case=case_id)


def owe_one_again(session: Session, number: int) -> None:
    """Let one letter that needed a person be composed after all."""
    if not session.change(_OWE_ONE, number=number):
        raise NotFoundError(f"no letter {number} waits for a person")


def _end(session: Session, intents: Iterable[int], state: str, reason: str) -> int:
    reach(f"outbox.{state}")
    rows = ({"number": intent, "end": state, "reason": reason} for intent in intents)
    return session.change_each(_SETTLE_INTENT, rows)
