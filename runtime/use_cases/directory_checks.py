"""What a centre and a person must be before they are entered.

ProjectError
└── DirectoryError   a centre or a person cannot be as asked; the message names field and remedy
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from engine.checks.among import words_of
from engine.decide.players import Sides, misplaced, twofold
from engine.errors import ProjectError
from engine.literals import choice
from engine.model.definition import SYSTEM, Workflow
from engine.model.dossier import CaseId
from engine.model.outcomes import CLOCK
from engine.suggestions import suggestion
from engine.time.countries import country_code
from engine.time.working_days import calendar_exists
from engine.time.zones import countries_of_zones, zone_exists
from notifications.addresses import AddressError, checked_address, checked_name, has_letters
from runtime.families import Families
from runtime.wiring import Runtime
from storage.database.transactions import Session
from storage.directory import directory
from storage.directory.rows import Centre, Contact

_OURS = frozenset({SYSTEM, CLOCK.actor})  # who acts where nobody does

_ONE_WORD = "a key has no blanks: tables tell keys apart by them"


class DirectoryError(ProjectError):
    """A centre or a person cannot be as asked."""


@dataclass(frozen=True, slots=True)
class NewContact:
    """A person to enter: who they are, at which centre, and their roles in the whole programme."""

    contact: Contact
    centre: str = ""
    roles: tuple[str, ...] = ()


def fit_centre(runtime: Runtime, centre: Centre) -> Centre:
    """A centre as it is kept: names checked, the country by its code.

    Refuses one that cannot be: DirectoryError names the field and the remedy.
    """
    for wrong in _wrong_centre(runtime, centre):
        raise DirectoryError(f"centre {centre.key}: {wrong}")
    try:
        country = country_code(centre.country) if centre.country.strip() else ""
        named = replace(
            centre,
            facts={name: _fitting(runtime, centre, name) for name in centre.facts},
            name=checked_name(centre.name),
            short_name=checked_name(centre.short_name),
            city=checked_name(centre.city),
        )
    except (AddressError, ValueError) as error:
        raise DirectoryError(f"centre {centre.key}: {error}") from None
    if country and not calendar_exists(country, centre.region or None):
        place = f"{country} {centre.region}".strip()
        raise DirectoryError(
            f"centre {centre.key}: no public holidays are known for {place}: correct the region"
        )
    return replace(named, country=country)


def odd_zone(centre: Centre) -> str:
    """What to look at again where a centre's time zone is that of another country; else empty.

    Not of a country without a zone of its own: those keep the time of a neighbour.
    """
    own = countries_of_zones()
    of_zone = own.get(centre.zone, centre.country)
    if of_zone == centre.country or centre.country not in own.values():
        return ""
    near = next(zone for zone, country in own.items() if country == centre.country)
    return (
        f"{centre.zone} is a time zone of {of_zone}, and the centre lies in {centre.country}: "
        f"look again, {near} may be meant"
    )


def _fitting(runtime: Runtime, centre: Centre, fact: str) -> object:
    """A fact of a centre, by its list where one of the programme's workflows names one."""
    value, path = centre.facts[fact], f"parties.{centre.side}.{fact}"
    lists = (words_of(each, path) for each in runtime.programme.workflows.values())
    words = next(filter(None, lists), ())
    try:
        return choice(str(value), words) if words else value
    except ValueError as error:
        raise ValueError(f"{fact}: {error}") from None


def fit_person(runtime: Runtime, new: NewContact) -> NewContact:
    """A person as they are kept: name without outer blanks, address in its right spelling.

    Refuses one who cannot be written to; AddressError or DirectoryError says why.
    """
    contact = new.contact
    if contact.key in _OURS:
        raise DirectoryError(f"person {contact.key}: the journal calls timers so: choose another")
    if not _is_one_word(contact.key):
        raise DirectoryError(f"person {contact.key}: {_ONE_WORD}")
    if not has_letters(contact.name):
        raise DirectoryError(f"person {contact.key}: the name is empty: write it")
    _check_roles(runtime, new)
    fit = replace(
        contact,
        name=checked_name(contact.name),
        email=checked_address(contact.email.strip()),
        phone=checked_name(contact.phone),
        hours=checked_name(contact.hours),
    )
    return replace(new, contact=fit)


def _check_roles(runtime: Runtime, new: NewContact) -> None:
    workflows = runtime.programme.workflows.values()
    known = {role for each in workflows for role in each.roles}
    sides = {side for each in workflows for side in each.sides}
    for role in new.roles:
        if role not in known:
            near = suggestion(role, sorted(known))
            raise DirectoryError(f"person {new.contact.key}: no role {role}: {near}")
        if role in sides:
            raise DirectoryError(
                f"person {new.contact.key}: {role} is a side and played in a pair, for a centre: "
                "write the centre they come from, and leave the role out"
            )


def check_player(
    session: Session, workflow: Workflow, role: str, contact: Contact, sides: Sides
) -> None:
    """Refuse somebody of the wrong centre for a role; DirectoryError says whom to name."""
    if wrong := wrong_player(session, workflow, role, contact, sides):
        raise DirectoryError(wrong)


def wrong_player(
    session: Session, workflow: Workflow, role: str, contact: Contact, sides: Sides
) -> str:
    """Why somebody may not be named for a role in a case; empty where they may."""
    number = contact.centre_id
    home = directory.centre_key(session, number) if number is not None else ""
    return misplaced(workflow, role, contact.key, home, sides)


def check_cast(acting: Families, case_id: CaseId) -> None:
    """Refuse one person on a side and in another role of a case; DirectoryError names them."""
    dossier = acting.load(case_id).whole(case_id)
    if wrong := twofold(acting.runtime.workflow_of(dossier), dossier):
        raise DirectoryError(wrong)


def _wrong_centre(runtime: Runtime, centre: Centre) -> Iterator[str]:
    sides = {side for each in runtime.programme.workflows.values() for side in each.sides}
    if not _is_one_word(centre.key):
        yield _ONE_WORD
    if not has_letters(centre.name) or not has_letters(centre.short_name):
        yield "name and short_name are needed: write them"
    if centre.side not in sides:
        yield f"no side {centre.side}: {suggestion(centre.side, sorted(sides))}"
    if not zone_exists(centre.zone):
        yield f"no time zone {centre.zone}: use an IANA name such as Europe/Vienna"


def _is_one_word(key: str) -> bool:
    return key.split() == [key]
