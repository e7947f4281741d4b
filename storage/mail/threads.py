"""Which messages somebody has had already about a matter: a ladder of a stay, or a meeting."""

from sqlalchemy import and_, or_, select

from engine.model.dossier import PersonId
from storage.database.session import Session
from storage.database.statements import Statement, given
from storage.schema.tables import INTENTS, MESSAGES

LONGEST = 10  # messages: enough for a mail program to find the first

_M, _OWED, _I = MESSAGES.c, INTENTS.alias("owed"), INTENTS.c
_EARLIER = Statement[tuple[int, str]](
    select(_M.id, _M.message_id)
    .distinct()
    .select_from(_OWED)
    .join(
        INTENTS,
        and_(
            _I.root_id == _OWED.c.root_id,
            _I.case_id == _OWED.c.case_id,
            or_(
                and_(_OWED.c.ladder != "", _I.ladder == _OWED.c.ladder, _I.stay == _OWED.c.stay),
                and_(_OWED.c.meeting != "", _I.meeting == _OWED.c.meeting),
            ),
        ),
    )
    .join(MESSAGES, _M.id == _I.message_id)
    .where(_OWED.c.id == given("number"), _M.person_id == given("person"), _M.state != "withheld")
    .order_by(_M.id.desc())
    .limit(given("limit"))
)


def earlier(session: Session, number: int, person: PersonId) -> tuple[str, ...]:
    """The ids of the last messages to a person in the matter of a letter, the oldest first."""
    found = session.all(_EARLIER, number=number, person=person, limit=LONGEST)
    return tuple(message_id for _, message_id in reversed(found))
