"""Read models of the mail: letters owed and what became of each, in pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import func, select

from engine.model.dossier import CaseId, PersonId
from engine.model.family import Held
from storage.database.columns import (
    from_optional_instant,
    held_of,
    to_instant,
    to_mapping,
    to_optional_instant,
)
from storage.database.session import Session
from storage.database.statements import Statement, given
from storage.errors import NotFoundError
from storage.schema.tables import CASES, INTENTS, MESSAGES, PEOPLE

_I, _M = INTENTS.c, MESSAGES.c
_CASE, _ROOT = CASES.alias("c"), CASES.alias("r")
_STATE = func.coalesce(_M.state, _I.state)
_LETTERS = (
    select(
        _I.id,
        _I.key,
        _I.case_id,
        _CASE.c.reference,
        _ROOT.c.reference,
        _I.letter,
        _I.audience,
        PEOPLE.c.key,
        PEOPLE.c.name,
        _I.ladder,
        _I.facts,
        _I.owed_at,
        _STATE,
        func.coalesce(_M.reply, _I.reason),
        _M.id,
        _M.subject,
        _M.recipient,
        _M.attempts,
        _M.next_at,
        _M.settled_at,
        _I.stay,
        _I.person_id,
        _I.goes_at,
        _I.held_until,
        _I.held_why,
    )
    .join(_CASE, _CASE.c.id == _I.case_id)
    .join(_ROOT, _ROOT.c.id == _I.root_id)
    .outerjoin(PEOPLE, PEOPLE.c.id == _I.person_id)
    .outerjoin(MESSAGES, _M.id == _I.message_id)
    .limit(given("limit"))
)
_WANTED = {
    "root": _I.root_id == given("root"),
    "case": _I.case_id == given("case"),
    "state": given("state") == _STATE,
    "since": _I.owed_at >= given("since"),
    "until": _I.owed_at <= given("until"),
    "after": _I.id > given("after"),
    "before": _I.id < given("before"),
    "message": _I.message_id == given("message"),
}
# fmt: off
_Row = tuple[
    int, str, int, str, str, str, str, str | None, str | None, str, str, str, str, str,
    int | None, str | None, str | None, int | None, str | None, str | None,
    int, int | None, str, str, str,
]
# fmt: on
# What a letter can be: owed, or as it ended, or as its message is.
STATES = (
    *("owed", "superseded", "withheld", "withdrawn", "needs_human"),
    *("waiting", "accepted", "refused"),
)


@dataclass(frozen=True, slots=True)
class LetterQuery:
    """Which letters are meant: of a family or a case, in a state, owed between two moments."""

    root: CaseId | None = None
    case: CaseId | None = None
    state: str = ""
    since: datetime | None = None
    until: datetime | None = None
    after: int = 0  # the id of the last letter seen already
    before: int = 0  # the same, where the newest come first
    message: int | None = None  # those that go in it
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
    stay: int
    person_id: PersonId | None
    goes_at: datetime | None  # when a letter that is owed goes, or is looked at again
    held: Held | None


ALL = LetterQuery()


def letters(session: Session, asked: LetterQuery = ALL) -> tuple[LetterLine, ...]:
    """Letters with what became of each, in the order they were owed."""
    values = _values(asked)
    return _lines(session.all(_oldest(tuple(values)), limit=asked.limit, **values))


def letter(session: Session, number: int) -> LetterLine:
    """One letter owed, by the number under which it is listed."""
    found = letters(session, LetterQuery(after=number - 1, limit=1))
    if not found or found[0].id != number:
        raise NotFoundError(f"there is no letter {number}; pairing mail list shows them all")
    return found[0]


def latest_letters(session: Session, asked: LetterQuery = ALL) -> tuple[LetterLine, ...]:
    """The same, the newest first: a limit takes the newest."""
    values = _values(asked)
    return _lines(session.all(_latest(tuple(values)), limit=asked.limit, **values))


# Only what is asked for stands in the text: a condition that may be empty uses no index.
@cache
def _oldest(wanted: tuple[str, ...]) -> Statement[_Row]:
    return Statement(_LETTERS.where(*(_WANTED[name] for name in wanted)).order_by(_I.id))


@cache
def _latest(wanted: tuple[str, ...]) -> Statement[_Row]:
    return Statement(_LETTERS.where(*(_WANTED[name] for name in wanted)).order_by(_I.id.desc()))


def _values(asked: LetterQuery) -> dict[str, object]:
    """What is asked for, by name; nothing for what is not."""
    values: dict[str, object] = {
        "root": asked.root,
        "case": asked.case,
        "state": asked.state,
        "since": from_optional_instant(asked.since),
        "until": from_optional_instant(asked.until),
        "after": asked.after,
        "before": asked.before,
        "message": asked.message,
    }
    return {name: value for name, value in values.items() if value}


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
            stay=row[20],
            person_id=None if row[21] is None else PersonId(row[21]),
            goes_at=to_optional_instant(row[22] or None) if row[12] == "owed" else None,
            held=held_of(row[23], row[24]),
        )
        for row in rows
    )
