"""Which messages somebody has had already about a matter: a ladder of a stay, a meeting, or what
a letter answers.
"""

from collections.abc import Iterable

from sqlalchemy import and_, or_, select

from engine.model.dossier import PersonId
from engine.model.family import Letter
from engine.model.letter_words import answered_by
from storage.database.session import Session
from storage.database.statements import Statement, given
from storage.schema.tables import INTENTS, MESSAGES

LONGEST = 10  # messages: enough for a mail program to find the first

_M, _OWED, _I = MESSAGES.c, INTENTS.alias("owed"), INTENTS.c
_OF_ONE_CASE = (_I.root_id == _OWED.c.root_id, _I.case_id == _OWED.c.case_id)
_OF_ONE_MEETING = and_(_OWED.c.meeting != "", _I.meeting == _OWED.c.meeting)
_EARLIER = Statement[tuple[int, str]](
    select(_M.id, _M.message_id)
    .distinct()
    .select_from(_OWED)
    .join(
        INTENTS,
        and_(
            *_OF_ONE_CASE,
            or_(
                and_(_OWED.c.ladder != "", _I.ladder == _OWED.c.ladder, _I.stay == _OWED.c.stay),
                _OF_ONE_MEETING,
            ),
        ),
    )
    .join(MESSAGES, _M.id == _I.message_id)
    .where(_OWED.c.id == given("number"), _M.person_id == given("person"), _M.state != "withheld")
    .order_by(_M.id.desc())
    .limit(given("limit"))
)

_CARRYING = Statement[tuple[int, str]](
    select(_M.id, _M.message_id)
    .select_from(INTENTS)
    .join(MESSAGES, _M.id == _I.message_id)
    .where(_I.id == given("number"), _M.state != "withheld")
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


def earlier(session: Session, letters: Iterable[Letter], person: PersonId) -> tuple[str, ...]:
    """The ids of the last messages to a person in the matters of some letters, the oldest first.

    What a letter answers or puts right is among them, whoever had that: the office is told of
    letters that it was not sent, and all that it hears of one is one conversation.
    """
    letters = tuple(letters)
    about = {number for each in letters for number in answered_by(each.owed.facts)}
    matters = {*about, *(each.number for each in letters)}
    found = {
        *(
            row
            for number in matters
            for row in session.all(_EARLIER, number=number, person=person, limit=LONGEST)
        ),
        *(row for number in about for row in session.all(_CARRYING, number=number)),
    }
    return tuple(message_id for _, message_id in sorted(found)[-LONGEST:])


def first_token(session: Session, number: int, person: PersonId) -> str:
    """The token of the first message to a person about the meeting of a letter; empty before."""
    found = session.first(_FIRST_TOKEN, number=number, person=person)
    return "" if found is None else found[0]
