"""The people of a side: of each centre apart, where it holds several."""

from collections.abc import Collection

from engine.model.check import Lack
from engine.model.dossier import Dossier, Party, Person, PersonId, RecordVersion


def teams(
    dossier: Dossier, role: str, only: Collection[str] = ()
) -> tuple[tuple[Person, ...], ...]:
    """Everyone in a role, the people of each centre of its side apart; else all in one.

    ``only``: of several centres those with these keys, if any are given.
    """
    people, centres = dossier.people_as(role), dossier.parties_of(role)
    if len(centres) < 2:  # noqa: PLR2004 - several
        return (people,)
    homes = [home(dossier, person) for person in people]
    return tuple(
        tuple(person for person, there in zip(people, homes, strict=True) if there == centre)
        for centre in centres
        if not only or centre.key in only
    )


def team_of(dossier: Dossier, role: str, email: str) -> tuple[Person, ...]:
    """The team of whoever has an address: those who can stand in; else everyone in the role."""
    found = (team for team in teams(dossier, role) if any(each.email == email for each in team))
    return next(found, dossier.people_as(role))


def party_at(dossier: Dossier, role: str, centre: str) -> Party:
    """A centre of a side by its key, else the first of the side, else the office."""
    there = (each for each in dossier.parties_of(role) if each.key == centre)
    return next(there, dossier.party_of(role))


def team_at(dossier: Dossier, role: str, centre: str) -> tuple[Person, ...]:
    """Everyone in a role who is at home in that centre."""
    there = party_at(dossier, role, centre)
    return tuple(each for each in dossier.people_as(role) if home(dossier, each) == there)


def home(dossier: Dossier, person: Person) -> Party:
    """The centre of a person among those of their side, else the first, else the office."""
    return party_at(dossier, person.role, person.centre)


def home_as(dossier: Dossier, role: str, person: PersonId) -> Party:
    """The centre of whoever plays a role, known by number; of a stranger that of the role."""
    known = next((each for each in dossier.people_as(role) if each.id == person), None)
    return dossier.party_of(role) if known is None else home(dossier, known)


def unsigned(dossier: Dossier, version: RecordVersion, role: str) -> tuple[Lack, ...]:
    """Who of a side has not signed."""
    return still_to(dossier, role, version.signed_by(role), "not signed by")


def unfiled(
    dossier: Dossier, versions: tuple[RecordVersion, ...], role: str, says: str
) -> tuple[Lack, ...]:
    """Who of a side has filed no version."""
    mine = [centre.key for centre in dossier.parties_of(role)]
    done = [each.centre for each in versions if each.centre in mine or not mine]
    return still_to(dossier, role, done, says)


def still_to(dossier: Dossier, role: str, done: Collection[str], says: str) -> tuple[Lack, ...]:
    """Who of a side has yet to do it: each of several centres for itself, else the side."""
    centres = dossier.parties_of(role)
    if len(centres) < 2:  # noqa: PLR2004 - several
        return () if done else (Lack(f"{says} the {role} side", role),)
    return tuple(
        Lack(f"{says} the {role} side ({each.name})", role, each.key)
        for each in centres
        if each.key not in done
    )
