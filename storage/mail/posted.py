"""The letters of a family with the messages that carry them: what was said, and whether it left."""

from sqlalchemy import func, select

from engine.model.dossier import CaseId, PersonId
from engine.model.past import Posted
from storage.database.columns import to_mapping, to_optional_instant
from storage.database.session import Session
from storage.database.statements import Statement, given
from storage.schema.tables import ATTEMPTS, INTENTS, MESSAGES

_I, _M, _A = INTENTS.c, MESSAGES.c, ATTEMPTS.c
_TRIED = (
    select(func.min(_A.started_at)).where(_A.message_id == _M.id).correlate(MESSAGES)
).scalar_subquery()
_POSTED = Statement[
    tuple[
        int,
        str,
        int,
        str,
        str,
        int | None,
        str,
        str,
        str,
        int | None,
        str | None,
        str | None,
        str | None,
        str,
    ]
](
    select(
        _I.id,
        _I.key,
        _I.case_id,
        _I.letter,
        _I.audience,
        func.coalesce(_I.person_id, _M.person_id),
        _I.ladder,
        _I.meeting,
        func.coalesce(_M.state, _I.state),
        _M.id,
        _M.subject,
        _TRIED,
        _M.composed_at,
        _I.facts,
    )
    .select_from(INTENTS)
    .outerjoin(MESSAGES, _M.id == _I.message_id)
    .where(_I.root_id == given("root"))
    .order_by(_I.id)
)


def posted(session: Session, root: CaseId) -> tuple[Posted, ...]:
    """Every letter of a family, the oldest first."""
    return tuple(
        Posted(
            number=number,
            case=CaseId(case),
            version=int(key.split("/")[1]),
            letter=letter,
            audience=audience,
            person=None if person is None else PersonId(person),
            ladder=ladder,
            meeting=meeting,
            state=state,
            message=message,
            subject=subject or "",
            sent_at=to_optional_instant(tried),
            composed_at=to_optional_instant(composed),
            facts=to_mapping(facts),
        )
        for (
            number,
            key,
            case,
            letter,
            audience,
            person,
            ladder,
            meeting,
            state,
            message,
            subject,
            tried,
            composed,
            facts,
        ) in session.all(_POSTED, root=root)
    )
