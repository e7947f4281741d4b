"""Who plays which role, in one case or in the whole programme, from when to when."""

from dataclasses import dataclass
from datetime import date

from engine.model.dossier import CaseId, PersonId
from storage.database.columns import from_day, from_optional_day, to_optional_day
from storage.database.session import Session
from storage.database.statements import Change, Statement
from storage.errors import NotFoundError

_GIVE = Change(
    """INSERT INTO roles (case_id, role, person_id, main, function, department, starts_on, ends_on)
    VALUES (:case, :role, :person, :main, :function, :department, :starts_on, NULL)"""
)
_END = Statement[tuple[bool, str, str]](
    """UPDATE roles SET ends_on = :on
    WHERE COALESCE(case_id, 0) = :case AND role = :role AND person_id = :person
        AND ends_on IS NULL
    RETURNING main, function, department"""
)
_RELIEVE = Change(
    """UPDATE roles SET ends_on = :on
    WHERE case_id = :case AND role = :role AND ends_on IS NULL"""
)
_OF_CASE = Statement[tuple[int | None, str, int, bool, str, str, str | None, str | None]](
    """SELECT case_id, role, person_id, main, function, department, starts_on, ends_on FROM roles
    WHERE COALESCE(case_id, 0) = :case ORDER BY id"""
)
_CASES = Statement[tuple[int]](
    """SELECT DISTINCT c.id FROM roles r
        JOIN cases c ON (c.id = r.case_id OR r.case_id IS NULL) AND c.closed_at IS NULL
    WHERE r.person_id = :person AND r.ends_on IS NULL AND c.parent_id IS NULL ORDER BY c.id"""
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
        case=role.case_id,
        role=role.role,
        person=role.person,
        main=role.main,
        function=role.function,
        department=role.department,
        starts_on=from_optional_day(role.starts_on),
    )


def end(session: Session, role: str, person: PersonId, on: date, case_id: CaseId | None) -> None:
    """Let a person play a role no more; NotFoundError when they do not play it."""
    _ended(session, Substitution(role, person, person, on, case_id))


def relieve(session: Session, case_id: CaseId, role: str, on: date) -> int:
    """Let nobody play a role of a case any more; the answer is how many did."""
    return session.change(_RELIEVE, case=case_id, role=role, on=from_day(on))


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
        on=from_day(change.on),
    )
    if not ended:
        raise NotFoundError(f"this person does not play the role {change.role} here")
    return ended
