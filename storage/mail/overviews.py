"""The overview of somebody in a week: which message it is, and there is one (N-22)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, delete, exists, func, or_, select

from engine.model.dossier import CaseId, PersonId
from storage.database.columns import from_day, from_instant, to_optional_day
from storage.database.failpoints import reach
from storage.database.session import Session
from storage.database.statements import Change, Statement, given, insert_into
from storage.schema.tables import CASES, OVERVIEWS, PEOPLE, ROLES

_O, _R, _C, _P = OVERVIEWS.c, ROLES.c, CASES.c, PEOPLE.c
_OF_WEEK = Statement[tuple[int]](select(_O.person_id).where(_O.week == given("week")))
_OF_MESSAGE = Statement[tuple[int, str, str, str]](
    select(_P.id, _P.key, _P.email, _O.week)
    .select_from(OVERVIEWS)
    .join(PEOPLE, _P.id == _O.person_id)
    .where(_O.message_id == given("message"))
)
_KEEP = Change(insert_into(OVERVIEWS))
_FORGET = Change(delete(OVERVIEWS).where(_O.message_id == given("message")))
_FORGET_FAILED = Change(delete(OVERVIEWS).where(_O.message_id.is_(None)))
_MAIN, _READS = ROLES.alias("main"), PEOPLE.alias("reads")
# A deputy follows what nobody before them can be told of.
_IS_TOLD = or_(
    _R.main,
    ~exists()
    .where(
        _MAIN.c.role == _R.role,
        func.coalesce(_MAIN.c.case_id, 0) == func.coalesce(_R.case_id, 0),
        _MAIN.c.ends_on.is_(None),
        _MAIN.c.main,
        _READS.c.id == _MAIN.c.person_id,
        _READS.c.reachable,
    )
    .correlate(ROLES),
)
_FOLLOWING = Statement[tuple[str, int, str | None]](
    select(_R.role, _R.person_id, _R.starts_on)
    .distinct()
    .select_from(ROLES)
    .join(PEOPLE, _P.id == _R.person_id)
    .outerjoin(CASES, _C.id == _R.case_id)
    .where(_R.ends_on.is_(None), _C.closed_at.is_(None), _P.reachable, _IS_TOLD)
)
_HERE = ROLES.alias("here")
# Who plays a role in a case plays it there instead of whoever plays it in the whole programme.
_OWN = exists().where(_HERE.c.case_id == _C.id, _HERE.c.role == _R.role, _HERE.c.ends_on.is_(None))
_FOLLOWED = Statement[tuple[str, int]](
    select(_R.role, _C.id)
    .select_from(CASES)
    .join(ROLES, or_(_R.case_id == _C.id, and_(_R.case_id.is_(None), ~_OWN)))
    .where(
        _R.person_id == given("person"),
        _R.ends_on.is_(None),
        _IS_TOLD,
        _C.closed_at.is_(None),
        _C.parent_id.is_(None),
        _C.opened_at <= given("before"),
    )
    .order_by(_C.id)
)


@dataclass(frozen=True, slots=True)
class Follower:
    """Somebody in a role, of the whole programme or of open cases, since a day."""

    role: str
    person: PersonId
    starts_on: date | None


@dataclass(frozen=True, slots=True)
class Written:
    """The overview that a message is: of the week of a Monday, to whom, and their address now."""

    person: PersonId
    key: str
    email: str
    week: date


def followers(session: Session, roles: Collection[str]) -> tuple[Follower, ...]:
    """Whoever plays one of these roles by now and can be written to, each role of theirs."""
    found = (
        Follower(role, PersonId(person), to_optional_day(since))
        for role, person, since in session.all(_FOLLOWING)
        if role in roles
    )
    return tuple(sorted(found, key=lambda each: (each.person, each.role)))


def followed(
    session: Session, person: PersonId, roles: Collection[str], before: datetime
) -> tuple[CaseId, ...]:
    """The open cases that somebody follows in these roles, and that were open at a moment."""
    rows = session.all(_FOLLOWED, person=person, before=from_instant(before))
    return tuple(dict.fromkeys(CaseId(case) for role, case in rows if role in roles))


def written_to(session: Session, week: date) -> frozenset[PersonId]:
    """Who has the overview of the week of a Monday."""
    return frozenset(PersonId(row[0]) for row in session.all(_OF_WEEK, week=from_day(week)))


def keep(session: Session, person: PersonId, week: date, message: int | None) -> None:
    """A message is the overview of somebody in a week; a second one of that week is refused.

    None: it could not be written.
    """
    session.change(_KEEP, person_id=person, week=from_day(week), message_id=message)
    reach("overviews.kept")


def forget_failed(session: Session) -> int:
    """Let the overviews be written that could not be; how many."""
    return session.change(_FORGET_FAILED)


def written(session: Session, message: int) -> Written | None:
    """The overview that a message is; None where it is none."""
    found = session.first(_OF_MESSAGE, message=message)
    if found is None:
        return None
    person, key, email, week = found
    return Written(PersonId(person), key, email, date.fromisoformat(week))


def forget(session: Session, message: int) -> None:
    """A message is no overview any more: it is not sent."""
    session.change(_FORGET, message=message)
