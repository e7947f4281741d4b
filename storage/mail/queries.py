"""Read models of the mail: letters owed and what became of them, messages with their tries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.model.dossier import CaseId
from storage.database.columns import from_instant, to_instant, to_mapping, to_optional_instant
from storage.database.session import Session
from storage.database.statements import Statement
from storage.errors import NotFoundError

_OWED = """SELECT i.id, i.key, i.case_id, c.reference, r.reference, i.letter, i.audience,
        p.key, p.name, i.ladder, i.facts, i.owed_at, COALESCE(m.state, i.state),
        COALESCE(m.reply, i.reason), m.id, m.subject, m.recipient, m.attempts, m.next_at,
        m.settled_at
    FROM intents i JOIN cases c ON c.id = i.case_id JOIN cases r ON r.id = i.root_id
        LEFT JOIN people p ON p.id = i.person_id LEFT JOIN messages m ON m.id = i.message_id
    WHERE (:root = 0 OR i.root_id = :root) AND (:case = 0 OR i.case_id = :case)
        AND (:state = '' OR COALESCE(m.state, i.state) = :state)
        AND i.owed_at >= :since AND i.owed_at <= :until AND i.id > :after AND i.id < :before
    ORDER BY i.id"""
# fmt: off
_Row = tuple[
    int, str, int, str, str, str, str, str | None, str | None, str, str, str, str, str,
    int | None, str | None, str | None, int | None, str | None, str | None,
]
# fmt: on
_LETTERS = Statement[_Row](f"{_OWED} LIMIT :limit")
_LATEST = Statement[_Row](f"{_OWED} DESC LIMIT :limit")
_LAST = 2**62

# What a letter can be: owed, or as it ended, or as its message is.
STATES = ("owed", "superseded", "withheld", "needs_human", "waiting", "accepted", "refused")
_MESSAGE = Statement[
    tuple[int, str, str, str, str, bytes, str, str, str, int, int, str | None, str]
](
    """SELECT id, message_id, recipient, subject, text, frozen, composed_at, state, next_at,
        attempts, ambiguous, settled_at, reply FROM messages WHERE id = :id"""
)
_ATTEMPTS = Statement[tuple[int, str, str | None, str, str]](
    """SELECT number, started_at, ended_at, outcome, reply FROM attempts
    WHERE message_id = :id ORDER BY number"""
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which letters are meant: of a family or a case, in a state, owed between two moments."""

    root: CaseId | None = None
    case: CaseId | None = None
    state: str = ""
    since: datetime | None = None
    until: datetime | None = None
    after: int = 0  # the id of the last letter seen already
    before: int = _LAST  # the same, where the newest come first
    limit: int = 10_000


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter owed; ``state`` is that of its message once it has one, ``reason`` why it is so."""

    id: int
    key: str
    case_id: CaseId
    reference: str
    root: str
    letter: str
    audience: str
    person: str | None
    name: str | None
    ladder: str
    facts: Mapping[str, object]
    owed_at: datetime
    state: str
    reason: str
    message: int | None
    subject: str | None
    recipient: str | None
    attempts: int
    next_at: datetime | None
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class AttemptLine:
    """One try to send a message."""

    number: int
    started_at: datetime
    ended_at: datetime | None
    outcome: str
    reply: str


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message whole: its text, its bytes, every try."""

    id: int
    message_id: str
    recipient: str
    subject: str
    text: str
    frozen: bytes
    composed_at: datetime
    state: str
    next_at: datetime
    attempts: int
    ambiguous: int
    settled_at: datetime | None
    reply: str
    tries: tuple[AttemptLine, ...]


ALL = Asked()


def letters(session: Session, asked: Asked = ALL) -> tuple[LetterLine, ...]:
    """Letters with what became of each, in the order they were owed."""
    return _lines(session.all(_LETTERS, **_values(asked)))


def latest_letters(session: Session, asked: Asked = ALL) -> tuple[LetterLine, ...]:
    """The same, the newest first: a limit takes the newest."""
    return _lines(session.all(_LATEST, **_values(asked)))


def _values(asked: Asked) -> dict[str, object]:
    return {
        "root": asked.root or 0,
        "case": asked.case or 0,
        "state": asked.state,
        "since": "" if asked.since is None else from_instant(asked.since),
        "until": "~" if asked.until is None else from_instant(asked.until),
        "after": asked.after,
        "before": asked.before,
        "limit": asked.limit,
    }


def _lines(rows: list[_Row]) -> tuple[LetterLine, ...]:
    return tuple(
        LetterLine(
            id=row[0],
            key=row[1],
            case_id=CaseId(row[2]),
            reference=row[3],
            root=row[4],
            letter=row[5],
            audience=row[6],
            person=row[7],
            name=row[8],
            ladder=row[9],
            facts=to_mapping(row[10]),
            owed_at=to_instant(row[11]),
            state=row[12],
            reason=row[13],
            message=row[14],
            subject=row[15],
            recipient=row[16],
            attempts=row[17] or 0,
            next_at=to_optional_instant(row[18]),
            settled_at=to_optional_instant(row[19]),
        )
        for row in rows
    )


def message(session: Session, number: int) -> MessageView:
    """One message with its tries."""
    found = session.first(_MESSAGE, id=number)
    if found is None:
        raise NotFoundError(f"there is no message {number}; pairing mail list shows them all")
    return MessageView(
        *found[:6],
        composed_at=to_instant(found[6]),
        state=found[7],
        next_at=to_instant(found[8]),
        attempts=found[9],
        ambiguous=found[10],
        settled_at=to_optional_instant(found[11]),
        reply=found[12],
        tries=_tries(session, number),
    )


def _tries(session: Session, number: int) -> tuple[AttemptLine, ...]:
    return tuple(
        AttemptLine(at, to_instant(started), to_optional_instant(ended), outcome, reply)
        for at, started, ended, outcome, reply in session.all(_ATTEMPTS, id=number)
    )
