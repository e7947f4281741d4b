"""Somebody is away, or back: whatever cases they take part in look again."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from engine.decide.acts import Verb
from engine.model.dossier import CaseId
from engine.model.outcomes import By, Refreshed
from engine.model.people import PersonId
from engine.time.zones import local_day
from runtime.families import Families
from runtime.isolation import alone
from runtime.permission import leave_of_office
from runtime.use_cases.directory import Entered
from runtime.use_cases.directory_checks import DirectoryError
from runtime.wiring import Runtime
from storage.database.transactions import Session, transaction
from storage.directory import absences, directory, roles
from storage.directory.absences import AbsenceEntry
from storage.directory.rows import Contact
from storage.programme.incidents import LOOKUP, Trouble

AUTOMATIC_REPLY = "automatic reply"
_LONGEST = timedelta(days=366)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NewAbsence:
    """Somebody is away from a day to another, both counted, where they are: keys of people.

    ``source`` says what told of it; empty where somebody enters it.
    """

    person: str
    first_on: date
    last_on: date
    substitute: str = ""
    source: str = ""


def away(runtime: Runtime, new: NewAbsence, by: By) -> Entered:
    """Enter an absence, or change one it overlaps; the cases of the person look again."""
    with transaction(runtime.database) as session:
        by = leave_of_office(session, runtime, by, Verb.DIRECTORY)
        return enter_absence(Families(session, runtime, runtime.clock()), new, by)


def back(runtime: Runtime, key: str, by: By) -> Entered:
    """The absence that goes on ended yesterday; one that is to come is taken out.

    Without any, nothing changes.
    """
    with transaction(runtime.database) as session:
        by = leave_of_office(session, runtime, by, Verb.DIRECTORY)
        acting = Families(session, runtime, runtime.clock())
        known = directory.person(session, key)
        today = _today(acting, known)
        left = [each for each in absences.absences_of(session, known.id) if each.last_on >= today]
        for entry in left[:1]:
            _give_way(session, entry, today)
        looked = _look_again(acting, known.id, by) if left else 0
        return Entered(key, "back" if left else "unchanged", looked)


def enter_absence(acting: Families, new: NewAbsence, by: By) -> Entered:
    """Enter an absence within an open transaction; the cases of the person look again.

    An absence that it overlaps gives way to it. What an automatic reply tells only adds days, and
    leaves who stands in. DirectoryError: the days or the substitute cannot be.
    """
    session = acting.session
    known = directory.person(session, new.person)
    today = _today(acting, known)
    for wrong in _wrong_days(new, today):
        raise DirectoryError(f"person {new.person}: {wrong}")
    stands_in = _substitute(session, known, new.substitute) if new.substitute else None
    entry = AbsenceEntry(
        known.id, new.first_on, new.last_on, new.substitute, new.source or by.actor
    )
    before = absences.absences_of(session, known.id)
    overlapped = [each for each in before if _overlap(each, entry)]
    if new.source == AUTOMATIC_REPLY:
        entry = _added(entry, overlapped)
        deputy = entry.substitute
        stands_in = directory.person_id(session, deputy) if deputy else None
    if any(replace(each, source=entry.source) == entry for each in overlapped):
        return Entered(new.person, "unchanged")
    # No two overlap: on each day it is clear who stands in.
    for each in overlapped:
        absences.remove(session, each)
    absences.enter(session, entry, stands_in)
    return Entered(new.person, "away", _look_again(acting, known.id, by))


def _look_again(acting: Families, person: PersonId, by: By) -> int:
    """Let the pairs of a person look again, with all that goes on in them; how many did.

    And those of whoever they stand in for: somebody else answers there then.
    """
    session = acting.session
    people = (person, *absences.stood_in_for(session, person))
    # By number: two who lock the same pairs in two orders would wait for each other.
    roots = sorted({root for each in people for root in roles.cases_of(session, each)})
    return sum(
        alone(
            acting,
            Trouble(LOOKUP, "a person or a centre changed", case_id=root),
            partial(_family_looks, acting, root, by),
        )
        for root in roots
    )


def _family_looks(acting: Families, root: CaseId, by: By) -> None:
    for case_id in sorted(acting.load(root).cases):
        acting.happen(case_id, Refreshed(by))


def _added(entry: AbsenceEntry, overlapped: list[AbsenceEntry]) -> AbsenceEntry:
    """What was entered already, with the days that an automatic reply adds."""
    named = (each.substitute for each in overlapped if each.substitute)
    return replace(
        entry,
        first_on=min(each.first_on for each in (entry, *overlapped)),
        last_on=max(each.last_on for each in (entry, *overlapped)),
        substitute=entry.substitute or next(named, ""),
    )


def _overlap(one: AbsenceEntry, other: AbsenceEntry) -> bool:
    return one.first_on <= other.last_on and other.first_on <= one.last_on


def _give_way(session: Session, entry: AbsenceEntry, today: date) -> None:
    """Keep of an absence the days before today."""
    absences.remove(session, entry)
    if entry.first_on < today:
        stands_in = directory.person_id(session, entry.substitute) if entry.substitute else None
        absences.enter(session, replace(entry, last_on=today - _DAY), stands_in)


def _today(acting: Families, known: Contact) -> date:
    """The day it is where somebody is at home."""
    centre = _home(acting.session, known)
    return local_day(acting.now, centre.zone) if centre is not None else acting.today


def _wrong_days(new: NewAbsence, today: date) -> Iterator[str]:
    if new.last_on < new.first_on:
        yield f"away from {new.first_on} until {new.last_on}: swap the two days"
    if new.last_on < today:
        yield f"{new.last_on} has gone by: nothing that was sent since changes"
    if new.last_on - new.first_on > _LONGEST:
        instead = f"pairing pair substitute PAIR ROLE --instead-of {new.person} --new PERSON"
        yield f"away for more than a year: let somebody else play the role, with {instead}"


def _substitute(session: Session, known: Contact, key: str) -> PersonId:
    """Whoever is to answer meanwhile: somebody else of the same centre, or of the same side."""
    named = directory.person(session, key)
    if named.id == known.id:
        raise DirectoryError(f"{key} would stand in for themselves: name somebody else")
    if named.centre_id != known.centre_id and _side(session, named) != _side(session, known):
        raise DirectoryError(
            f"{key} is neither of the centre of {known.key} nor of its side: "
            "name somebody who is, or add them there first"
        )
    return named.id


def _side(session: Session, known: Contact) -> str:
    centre = _home(session, known)
    return directory.OFFICE if centre is None else centre.side


def _home(session: Session, known: Contact) -> directory.Centre | None:
    if known.centre_id is None:
        return None
    return directory.centre(session, directory.centre_key(session, known.centre_id))
