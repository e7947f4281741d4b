"""When people do not answer, and who does meanwhile."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select

from engine.model.people import PersonId
from storage.database.columns import from_day
from storage.database.session import Session
from storage.database.statements import Change, Statement, given, insert_into
from storage.schema.tables import ABSENCES, PEOPLE

_A, _DEPUTY = ABSENCES.c, PEOPLE.alias("deputy")
_EVERY = (
    select(_A.person_id, _A.first_on, _A.last_on, _DEPUTY.c.key, _A.source)
    .outerjoin(_DEPUTY, _DEPUTY.c.id == _A.substitute_id)
    .order_by(_A.person_id, _A.first_on)
)
_Row = tuple[int, str, str, str | None, str]
_ABSENCES = Statement[_Row](_EVERY)
_OF_PERSON = Statement[_Row](_EVERY.where(_A.person_id == given("person")))
_STOOD_IN_FOR = Statement[tuple[int]](
    select(_A.person_id).distinct().where(_A.substitute_id == given("person"))
)
_ENTER = Change(insert_into(ABSENCES))
_REMOVE = Change(
    delete(ABSENCES).where(_A.person_id == given("person"), _A.first_on == given("first_on"))
)


@dataclass(frozen=True, slots=True)
class AbsenceEntry:
    """Days on which somebody does not answer, the last one too; ``substitute`` is a key.

    ``source`` is the key of who entered it, or what told of it.
    """

    person: PersonId
    first_on: date
    last_on: date
    substitute: str = ""
    source: str = ""


def absences(session: Session) -> tuple[AbsenceEntry, ...]:
    """Of everybody, those of one person in the order of their days."""
    return tuple(map(_entry, session.all(_ABSENCES)))


def absences_of(session: Session, person: PersonId) -> tuple[AbsenceEntry, ...]:
    """Of one person, the earliest first."""
    return tuple(map(_entry, session.all(_OF_PERSON, person=person)))


def stood_in_for(session: Session, person: PersonId) -> tuple[PersonId, ...]:
    """For whom somebody answers in an absence of theirs, be it over or to come."""
    return tuple(PersonId(row[0]) for row in session.all(_STOOD_IN_FOR, person=person))


def enter(session: Session, new: AbsenceEntry, substitute: PersonId | None) -> None:
    """Keep an absence; whatever it overlaps was removed before."""
    session.change(
        _ENTER,
        person_id=new.person,
        first_on=from_day(new.first_on),
        last_on=from_day(new.last_on),
        substitute_id=substitute,
        source=new.source,
    )


def remove(session: Session, entry: AbsenceEntry) -> None:
    """Take an absence out, as if it had never been entered."""
    session.change(_REMOVE, person=entry.person, first_on=from_day(entry.first_on))


def _entry(row: _Row) -> AbsenceEntry:
    person, first_on, last_on, substitute, source = row
    return AbsenceEntry(
        PersonId(person),
        date.fromisoformat(first_on),
        date.fromisoformat(last_on),
        substitute or "",
        source,
    )
