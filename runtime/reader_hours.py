"""The working hours of whoever reads a letter: of their own centre, with what they asked for."""

from dataclasses import dataclass, replace
from datetime import date

from engine.dates.view import View
from engine.letters.catalogue import Catalogue
from engine.model.dossier import Person, PersonId
from engine.model.family import Letter
from engine.model.sides import home_as
from engine.time.slots import Slot
from engine.time.working_days import Workdays
from notifications.slots import Hours
from storage.database.transactions import Session
from storage.directory import directory


@dataclass(frozen=True, slots=True)
class Desk:
    """Where somebody reads their letters: by whose clocks and days, and what they wish."""

    zone: str
    workdays: Workdays
    slot: Slot | None = None
    calm_until: date | None = None

    def hours(self, letters: Catalogue, role: str) -> Hours:
        """Their hours as somebody in a role; a slot of their own stands instead of those of it."""
        own, overview = letters.attention[role], letters.overview
        if self.slot is not None:
            own = replace(own, slots=(self.slot,))
        at = overview.at if overview is not None and role in overview.roles else None
        return Hours(own, self.zone, self.workdays, at, self.calm_until)


def desk_in(view: View, role: str, person: Person | None) -> Desk:
    """The desk of somebody who plays a role in a case; of nobody that of the role itself."""
    if person is None:
        there = view.dossier.party_of(role)
        return Desk(there.zone, there.workdays)
    there = home_as(view.dossier, role, person.id)
    return Desk(there.zone, there.workdays, person.slot, person.calm_until)


def hours_of(
    session: Session, letters: Catalogue, view: View, letter: Letter, person: PersonId | None
) -> Hours | None:
    """The working hours of whoever reads a letter; None where nothing says when they are.

    ``letters`` are those of the programme in force.
    """
    role = letter.owed.audience.partition(".")[0]
    if role not in letters.attention or person is None:
        return None
    return _desk(session, view, role, person).hours(letters, role)


def _desk(session: Session, view: View, role: str, person: PersonId) -> Desk:
    """The desk of a reader: at their own centre, also where it stands in the case no more."""
    reader, there = view.dossier.reader(person), home_as(view.dossier, role, person)
    is_of_side = role in view.workflow.sides
    if reader is not None and (not is_of_side or reader.centre in ("", there.key)):
        return desk_in(view, role, reader)
    known = directory.person(session, person)
    if known.centre_id is None or not is_of_side:
        return Desk(there.zone, there.workdays, known.slot, known.calm_until)
    own = directory.centre(session, directory.centre_key(session, known.centre_id))
    workdays = Workdays(own.country or None, own.region or None, own.closures)
    return Desk(own.zone, workdays, known.slot, known.calm_until)
