"""Which messages somebody has had already in a conversation."""

from dataclasses import dataclass

from sqlalchemy import and_, select

from engine.model.dossier import PersonId
from engine.model.letter_words import answered_by
from engine.model.outcomes import LetterOwed
from storage.database.session import Session
from storage.database.statements import Statement, given
from storage.schema.tables import INTENTS, MESSAGES

LONGEST = 10  # messages: enough for a mail program to find the first

_M, _OWED, _I = MESSAGES.c, INTENTS.alias("owed"), INTENTS.c
_OF_ONE_CASE = (_I.root_id == _OWED.c.root_id, _I.case_id == _OWED.c.case_id)
_OF_ONE_MEETING = and_(_OWED.c.meeting != "", _I.meeting == _OWED.c.meeting)
_CARRYING = Statement[tuple[int, str, str]](
    select(_M.id, _M.message_id, _M.conversation)
    .select_from(INTENTS)
    .join(MESSAGES, _M.id == _I.message_id)
    .where(_I.id == given("number"), _M.conversation != "", _M.state != "withheld")
)
_EARLIER = Statement[tuple[int, str]](
    select(_M.id, _M.message_id)
    .where(
        _M.conversation == given("conversation"),
        _M.conversation != "",
        _M.person_id == given("person"),
        _M.state != "withheld",
    )
    .order_by(_M.id.desc())
    .limit(given("limit"))
)

_FIRST_TOKEN = Statement[tuple[str]](
    select(_M.reply_token)
    .select_from(_OWED)
    .join(INTENTS, and_(*_OF_ONE_CASE, _OF_ONE_MEETING))
    .join(MESSAGES, _M.id == _I.message_id)
    .where(_OWED.c.id == given("number"), _M.person_id == given("person"), _M.reply_token != "")
    .order_by(_M.id)
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation with somebody: its name, and the ids of its last messages, oldest first."""

    conversation: str = ""
    earlier: tuple[str, ...] = ()


def thread(session: Session, letter: LetterOwed, person: PersonId, own: str) -> Thread:
    """What a letter to a person goes on with; ``own`` is its conversation by what it is about.

    One that answers or puts right another, or tells of it, is of the conversation in which that
    went. It names that message, whoever had it: what the office hears of it stands beside the
    replies to it.
    """
    about = answered_by(letter.facts)
    carried = [row for number in about for row in session.all(_CARRYING, number=number)]
    conversation = next((found for _, _, found in carried), own)
    had = session.all(_EARLIER, conversation=conversation, person=person, limit=LONGEST)
    found = {*had, *((number, name) for number, name, of in carried if of == conversation)}
    return Thread(conversation, tuple(name for _, name in sorted(found)[-LONGEST:]))


def first_token(session: Session, number: int, person: PersonId) -> str:
    """The token of the first message to a person about the meeting of a letter; empty before."""
    found = session.first(_FIRST_TOKEN, number=number, person=person)
    return "" if found is None else found[0]
