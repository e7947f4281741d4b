"""What a centre and a person must be before they are entered.

ProjectError
└── DirectoryError   a centre or a person cannot be as asked; the message names field and remedy
"""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.errors import ProjectError
from engine.model.dossier import Dossier
from engine.suggestions import suggestion
from engine.time.working_days import calendar_exists
from engine.time.zones import zone_exists
from notifications.addresses import checked_address, checked_name
from runtime.wiring import Runtime
from storage.directory.rows import Centre, Contact
from storage.errors import NotFoundError


class DirectoryError(ProjectError):
    """A centre or a person cannot be as asked."""


@dataclass(frozen=True, slots=True)
class NewContact:
    """A person to enter: who they are, at which centre, and their roles in the whole programme."""

    contact: Contact
    centre: str = ""
    roles: tuple[str, ...] = ()


def check_centre(runtime: Runtime, centre: Centre) -> None:
    """Refuse a centre that cannot be: DirectoryError names the field and the remedy."""
    for wrong in _wrong_centre(runtime, centre):
        raise DirectoryError(f"centre {centre.key}: {wrong}")


def check_person(runtime: Runtime, new: NewContact) -> None:
    """Refuse a person who cannot be written to; AddressError or DirectoryError says why."""
    checked_name(new.contact.name)
    if checked_address(new.contact.email) != new.contact.email:
        written = checked_address(new.contact.email)
        raise DirectoryError(f"person {new.contact.key}: write the address as {written}")
    if not new.contact.name.strip():
        raise DirectoryError(f"person {new.contact.key}: the name is empty: write it")
    known = {role for each in runtime.programme.workflows.values() for role in each.roles}
    for role in new.roles:
        if role not in known:
            near = suggestion(role, sorted(known))
            raise DirectoryError(f"person {new.contact.key}: no role {role}: {near}")


def _wrong_centre(runtime: Runtime, centre: Centre) -> Iterator[str]:
    sides = {side for each in runtime.programme.workflows.values() for side in each.sides}
    if not centre.name.strip() or not centre.short_name.strip():
        yield "name and short_name are needed: write them"
    if centre.side not in sides:
        yield f"no side {centre.side}: {suggestion(centre.side, sorted(sides))}"
    if not zone_exists(centre.zone):
        yield f"no time zone {centre.zone}: use an IANA name such as Europe/Vienna"
    if centre.country and not calendar_exists(centre.country, centre.region or None):
        place = f"{centre.country} {centre.region}".strip()
        yield f"no public holidays are known for {place}: write an ISO code such as AT"


def check_substitute(dossier: Dossier, role: str, old: Contact, new: Contact) -> None:
    """Refuse a substitute who cannot be: DirectoryError says why, and what would be right."""
    playing = [person.key for person in dossier.people_as(role) if not person.general]
    if old.key not in playing:
        named = f"it is {', '.join(playing)}" if playing else "nobody is named for this case"
        raise NotFoundError(f"{old.key} does not play the role {role} here: {named}")
    if old.key == new.key:
        raise DirectoryError(f"{new.key} would follow themselves: name somebody else with --new")
    if new.key in playing:
        raise DirectoryError(f"{new.key} is {role} here already: name somebody else with --new")
    if role in dossier.parties and new.centre_id != old.centre_id:
        where = " and ".join(party.name for party in dossier.parties[role])
        raise DirectoryError(
            f"{new.key} is not of the centre of {old.key}, but {where} is {role} here: "
            "name somebody of that centre, or add them there first"
        )
