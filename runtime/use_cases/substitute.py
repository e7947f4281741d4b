"""Another person plays a role in a case from a day on."""

from dataclasses import dataclass
from datetime import date

from engine.decide.acts import Action, Verb
from engine.decide.permissions import circle_of
from engine.decide.players import standing
from engine.model.dossier import CaseId, Dossier
from engine.model.handed import Handed
from engine.model.outcomes import Assigned, By, Refusal, Unmet
from engine.model.plan import Plan
from engine.time.zones import local_day
from runtime.families import Families
from runtime.permission import leave
from runtime.use_cases.directory_checks import DirectoryError, check_cast, check_player
from runtime.use_cases.lost_letters import owed_anew
from runtime.wiring import Runtime
from storage.database.transactions import transaction
from storage.directory import directory, roles
from storage.directory.roles import Role, Substitution
from storage.directory.rows import Contact
from storage.errors import NotFoundError
from storage.mail.posted import posted


@dataclass(frozen=True, slots=True)
class Change:
    """From a day on somebody else plays a role in a case: keys of people."""

    role: str
    old: str
    new: str
    on: date | None = None


def substitute(runtime: Runtime, case_id: CaseId, change: Change, by: By) -> Plan | Refusal:
    """Let another person play a role in a case; the case looks again and may tell of it.

    DirectoryError: the two are the same person, or not of one centre.
    """
    with transaction(runtime.database) as session:
        acting = Families(session, runtime, runtime.clock())
        old, new = directory.person(session, change.old), directory.person(session, change.new)
        family = acting.load(case_id)
        dossier = family.whole(case_id)
        workflow = runtime.workflow_of(dossier)
        circle = circle_of(workflow, dossier)
        allowed = leave(session, runtime, by, Action(Verb.SUBSTITUTE, change.role), circle)
        if isinstance(allowed, Unmet):
            return Refusal(case_id, dossier.state, change.role, (allowed,))
        _check(dossier, change.role, old, new)
        check_player(session, workflow, change.role, new, standing(workflow, dossier))
        day = _day(acting, dossier, change)
        if _named_here(dossier, change.role):
            roles.substitute(session, Substitution(change.role, old.id, new.id, day, case_id))
        else:  # the one of the whole programme goes on as such, behind whoever is named here
            roles.give(session, Role(change.role, new.id, day, case_id))
        check_cast(acting, case_id)
        handed = Handed(old.id, old.name, day)
        letters = tuple(each for each in posted(session, family.root) if each.case == case_id)
        event = Assigned(change.role, change.new, change.old, allowed, handed, letters)
        outcome = acting.happen(case_id, event)
        owed_anew(acting, old, works=False)
        return outcome


def _day(acting: Families, dossier: Dossier, change: Change) -> date:
    """From when: it takes effect at once, so that no day to come is promised."""
    began = local_day(dossier.opened_at, acting.runtime.settings.programme.zone)
    day = change.on or acting.today
    if day > acting.today:
        raise DirectoryError(f"{day} is still to come: name {change.new} on that day")
    if day < began:
        raise DirectoryError(f"{day} is before {dossier.reference} began: write {began} or later")
    return day


def _named_here(dossier: Dossier, role: str) -> list[str]:
    """Who plays a role in this case alone, by key."""
    return [person.key for person in dossier.people_as(role) if not person.general]


def _check(dossier: Dossier, role: str, old: Contact, new: Contact) -> None:
    """Refuse a substitute who cannot be: DirectoryError says why, and what would be right."""
    playing = _named_here(dossier, role)
    if old.key not in (playing or [person.key for person in dossier.people_as(role)]):
        named = f"it is {', '.join(playing)}" if playing else "nobody is named for this case"
        raise NotFoundError(f"{old.key} does not play the role {role} here: {named}")
    if old.key == new.key:
        raise DirectoryError(f"{new.key} would follow themselves: name somebody else with --new")
    if new.key in playing:
        raise DirectoryError(f"{new.key} is {role} here already: name somebody else with --new")
    follows_a_centre = role in dossier.parties and old.centre_id is not None
    if follows_a_centre and new.centre_id != old.centre_id:
        where = " and ".join(party.name for party in dossier.parties[role])
        raise DirectoryError(
            f"{new.key} is not of the centre of {old.key}, but {where} is {role} here: "
            "name somebody of that centre, or add them there first"
        )
