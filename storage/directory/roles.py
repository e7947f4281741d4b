"""Who plays which role, in one case or in the whole programme, from when to when."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, func, or_, select, update

from engine.model.dossier import CaseId, PersonId
from storage.database.columns import from_day, from_optional_day, to_optional_day
from storage.database.session import Session
from storage.database.statements import Change, Statement, by_name, given, insert_into
from storage.errors import NotFoundError
from storage.schema.tables import CASES, ROLES

_R, _C = ROLES.c, CASES.c
_PLAYED = (_R.role == given("role"), _R.ends_on.is_(None))
_HERE = func.coalesce(_R.case_id, 0) == given("case")
_GIVE = Change(insert_into(ROLES, ends_on=None))
_END = Statement[tuple[bool, str, str]](
    update(ROLES)
    .where(_HERE, *_PLAYED, _R.person_id == given("person"))
    .values(by_name(_R.ends_on))
    .returning(_R.main, _R.function, _R.department)
)
_RELIEVE = Change(
    update(ROLES).where(_R.case_id == given("case"), *_PLAYED).values(by_name(_R.ends_on))
)
_REINSTATE = Change(
    update(ROLES)
    .where(_R.case_id == given("case"), _R.role == given("role"), _R.ends_on == given("ends_on"))
    .values({_R.ends_on: None})
)
_MINE = (_R.case_id == given("case"), _R.role == given("role"), _R.person_id == given("person"))
_FORGET = Change(delete(ROLES).where(*_MINE, _R.ends_on.is_(None)))
_LAST_TIME = select(func.max(_R.id)).where(*_MINE).scalar_subquery()
_PLAY_AGAIN = Change(update(ROLES).where(_R.id == _LAST_TIME).values({_R.ends_on: None}))
_OF_CASE = Statement[tuple[int | None, str, int, bool, str, str, str | None, str | None]](
    select(
        _R.case_id,
        _R.role,
        _R.person_id,
        _R.main,
        _R.function,
        _R.department,
        _R.starts_on,
        _R.ends_on,
    )
    .where(_HERE)
    .order_by(_R.id)
)
_CASES = Statement[tuple[int]](
    select(_C.id)
    .distinct()
    .join(ROLES, or_(_R.case_id == _C.id, _R.case_id.is_(None)))
    .where(
        _R.person_id == given("person"),
        _R.ends_on.is_(None),
        _C.closed_at.is_(None),
        _C.parent_id.is_(None),
    )
    .order_by(_C.id)
)


@dataclass(frozen=True, slots=True)
class Role:
    """A role as it was given; without a case it is one of the whole programme."""

    role: str
    person: PersonId
    starts_on: date | None = None  # since the case was opened
    case_id: CaseId | None = None
    main: bool = True
    function: str = ""
    department: str = ""
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Substitution:
    """From a day on, somebody else plays a role; it takes effect when it is written."""

    role: str
    old: PersonId
    new: PersonId
    on: date
    case_id: CaseId | None = None


def give(session: Session, role: Role) -> None:
    """Let a person play a role from now on."""
    session.change(
        _GIVE,
        case_id=role.case_id,
        role=role.role,
        person_id=role.person,
        main=role.main,
        function=role.function,
        department=role.department,
        starts_on=from_optional_day(role.starts_on),
    )


def relieve(session: Session, case_id: CaseId, role: str, on: date) -> int:
    """Let nobody play a role of a case any more; the answer is how many did."""
    return session.change(_RELIEVE, case=case_id, role=role, ends_on=from_day(on))


def reinstate(session: Session, case_id: CaseId, role: str, on: date) -> int:
    """Whoever was relieved of a role of a case on a day plays it as before."""
    return session.change(_REINSTATE, case=case_id, role=role, ends_on=from_day(on))


def forget(session: Session, case_id: CaseId, role: str, person: PersonId) -> None:
    """Somebody was named for a role of a case by mistake: they never played it."""
    session.change(_FORGET, case=case_id, role=role, person=person)


def play_again(session: Session, case_id: CaseId, role: str, person: PersonId) -> None:
    """Whoever gave a role of a case away plays it as before."""
    session.change(_PLAY_AGAIN, case=case_id, role=role, person=person)


def substitute(session: Session, change: Substitution) -> None:
    """Let another person play the role of one who leaves, with the same place and department."""
    for main, function, department in _ended(session, change):
        role = Role(
            change.role,
            change.new,
            change.on,
            change.case_id,
            main=bool(main),
            function=function,
            department=department,
        )
        give(session, role)


def roles(session: Session, case_id: CaseId | None) -> tuple[Role, ...]:
    """Every role of a case, or of the whole programme, those that ended too."""
    return tuple(
        Role(
            role,
            PersonId(person),
            to_optional_day(starts_on),
            None if case is None else CaseId(case),
            main=bool(main),
            function=function,
            department=department,
            ends_on=to_optional_day(ends_on),
        )
        for case, role, person, main, function, department, starts_on, ends_on in session.all(
            _OF_CASE, case=case_id or 0
        )
    )


def cases_of(session: Session, person: PersonId) -> tuple[CaseId, ...]:
    """The open cases at the top of their family in which somebody plays a role now."""
    return tuple(CaseId(row[0]) for row in session.all(_CASES, person=person))


def _ended(session: Session, change: Substitution) -> list[tuple[bool, str, str]]:
    ended = session.all(
        _END,
        case=change.case_id or 0,
        role=change.role,
        person=change.old,
        ends_on=from_day(change.on),
    )
    if not ended:
        raise NotFoundError(f"this person does not play the role {change.role} here")
    return ended
