"""Letters owed so far and what became of each; a message with every try to send it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from engine.model.dossier import CaseId
from engine.model.family import Held
from engine.suggestions import suggestion
from engine.time.zones import local_day
from runtime.links import without_tokens
from runtime.queries.case_lines import UnknownWordError
from runtime.wiring import Runtime
from storage.database.transactions import reading
from storage.errors import NotFoundError
from storage.mail import messages, queries
from storage.mail.attempts import NEEDS_HUMAN
from storage.mail.intents import OWED
from storage.mail.queries import LetterQuery

LETTER_STATES = queries.STATES
_REMEDY = "once it is put right: pairing mail retry NUMBER"


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter owed and what became of it: the state of its message once it has one."""

    number: int
    key: str
    case: str
    letter: str
    role: str
    person: str | None
    name: str | None
    state: str
    reason: str
    owed_at: datetime
    settled_at: datetime | None
    message: int | None
    subject: str | None
    to: str | None
    attempts: int
    goes_at: datetime | None  # when one that is owed goes, or is looked at again


@dataclass(frozen=True, slots=True)
class Try:
    """One try to send a message; without an end it may have arrived or not."""

    number: int
    started_at: datetime
    ended_at: datetime | None
    outcome: str
    reply: str


@dataclass(frozen=True, slots=True)
class MessageLine:
    """A message as it was composed, and every try to send it; by the number of a letter in it."""

    number: int
    message_id: str
    to: str
    subject: str
    state: str
    composed_at: datetime
    settled_at: datetime | None
    attempts: int
    ambiguous: int
    reply: str
    text: str
    tries: tuple[Try, ...]


@dataclass(frozen=True, slots=True)
class Sought:
    """Which letters: of a pair, in a state, since a moment; older than one, so many at most."""

    root: CaseId | None = None
    state: str = ""
    since: datetime | None = None
    before: int | None = None
    limit: int | None = None
    page: int = 500  # read at once


def letter_lines(runtime: Runtime, sought: Sought) -> Iterator[LetterLine]:
    """The letters, the newest first."""
    if sought.state and sought.state not in LETTER_STATES:
        near = suggestion(sought.state, list(LETTER_STATES))
        raise UnknownWordError(f"no letter is ever {sought.state}: {near}")
    return islice(_newest(runtime, sought), sought.limit)


def message(runtime: Runtime, number: int) -> MessageLine:
    """The message in which a letter goes; NotFoundError when there is none of this number."""
    with reading(runtime.database) as session:
        letter = queries.letter(session, number)
        if letter.message is None:
            why = _why(letter.id, letter.state, letter.reason)
            told = f": {why}" if why else ""
            raise NotFoundError(f"letter {number} is not written, it is {letter.state}{told}")
        found = messages.message(session, letter.message)
    return MessageLine(
        number=number,
        message_id=found.message_id,
        to=found.recipient,
        subject=found.subject,
        state=found.state,
        composed_at=found.composed_at,
        settled_at=found.settled_at,
        attempts=found.attempts,
        ambiguous=found.ambiguous,
        reply=found.reply,
        text=without_tokens(found.text),
        tries=tuple(
            Try(each.number, each.started_at, each.ended_at, each.outcome, each.reply)
            for each in found.tries
        ),
    )


def _newest(runtime: Runtime, sought: Sought) -> Iterator[LetterLine]:
    """Page after page, each read by itself: a slow reader holds no transaction open."""
    size = min(sought.page, sought.limit or sought.page)
    asked = LetterQuery(sought.root, state=sought.state, since=sought.since, limit=size)
    if sought.before is not None:
        asked = replace(asked, before=sought.before)
    while True:
        with reading(runtime.database) as session:
            page = queries.latest_letters(session, asked)
        yield from (letter_line(runtime, each) for each in page)
        if len(page) < size:
            return
        asked = replace(asked, before=page[-1].id)


def _why(number: int, state: str, reason: str) -> str:
    """Why a letter ended so; of one that waits for a person also the command that sends it."""
    if state != NEEDS_HUMAN:
        return reason
    remedy = _REMEDY.replace("NUMBER", str(number))
    return "; ".join(filter(None, (reason, remedy)))


def _held(runtime: Runtime, line: queries.LetterLine) -> Held | None:
    """What keeps a letter that is owed from going: a person holds it back."""
    held = line.held if line.state == OWED else None
    return held if held is not None and held.waits_at(runtime.clock()) else None


def _why_held(runtime: Runtime, held: Held) -> str:
    if held.until is None:
        return f"on hold: {held.why}"
    day = local_day(held.until, runtime.settings.programme.zone)
    return f"not before {day}: {held.why}"


def letter_line(runtime: Runtime, line: queries.LetterLine) -> LetterLine:
    """A letter as lists show it; one on hold goes at no moment."""
    held = _held(runtime, line)
    why = _why(line.id, line.state, line.reason)
    return LetterLine(
        number=line.id,
        key=line.key,
        case=line.reference,
        letter=line.letter,
        role=line.audience,
        person=line.person,
        name=line.name,
        state=line.state,
        reason=why if held is None else _why_held(runtime, held),
        owed_at=line.owed_at,
        settled_at=line.settled_at,
        message=line.message,
        subject=line.subject,
        to=line.recipient,
        attempts=line.attempts,
        goes_at=None if held is not None and held.until is None else line.goes_at,
    )
