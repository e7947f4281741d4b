"""For which centre of a side somebody files or signs: the one that they come from."""

from collections.abc import Iterator

from engine.checks.records import FieldProblem
from engine.decide.draft import Draft
from engine.model.definition import SYSTEM, Workflow
from engine.model.dossier import Dossier, Person
from engine.model.outcomes import NOBODY_ELSE, By, Filed, Signed, Unmet
from engine.suggestions import choice_of


def speaks_for(dossier: Dossier, roles: tuple[str, ...], event: Filed | Signed) -> str:
    """The key of the centre named, else the only one of the side, else the speaker's own."""
    if event.centre:
        return event.centre
    mine = _of_roles(dossier, roles)
    if len(mine) == 1:
        return mine[0]
    own = (each.centre for each in _speaking(dossier, roles, event.by))
    return next((centre for centre in own if centre in mine), "")


def sides_of(workflow: Workflow, dossier: Dossier, by: By, roles: tuple[str, ...]) -> list[str]:
    """The sides, of those whose act it is, that the one who says it plays; none for the office."""
    if not by.heard_from:
        return [] if by.role in workflow.office else [by.role]
    played = {each.role for each in dossier.everybody() if each.key == by.heard_from}
    return [role for role in roles if role in played and role not in workflow.office]


def strangers(dossier: Dossier, event: Filed) -> tuple[FieldProblem, ...]:
    """A centre that stands on no side answers nothing."""
    roles = (*dossier.parties, *(dossier.parent.dossier.parties if dossier.parent else ()))
    keys = sorted({centre.key for role in roles for centre in dossier.parties_of(role)})
    if not event.centre or event.centre in keys:
        return ()
    sentence = "stands on no side of the case"
    return (FieldProblem(event.centre, sentence, choice_of(event.centre, keys)),)


def foreign(draft: Draft, event: Filed | Signed, roles: tuple[str, ...]) -> tuple[Unmet, ...]:
    """A person of a side speaks for a centre of their own, and so does who notes what they said.

    What the office files itself may be about any centre of the case.
    """
    dossier = draft.dossier
    sides = tuple(sides_of(draft.workflow, dossier, event.by, roles))
    if not event.centre or event.by.role == SYSTEM or not sides:
        return ()
    own = tuple(_own(dossier, sides, event.by))
    if event.centre in own:
        return ()
    speaker = event.by.heard_from or event.by.actor
    says = f"For {event.centre} speaks somebody who belongs to it."
    remedy = _remedy(dossier, event.centre, own, roles)
    return (Unmet(event.record, says, f"{speaker} is not of {event.centre}", NOBODY_ELSE, remedy),)


def _remedy(dossier: Dossier, centre: str, own: tuple[str, ...], roles: tuple[str, ...]) -> str:
    ways = [f"Name {' or '.join(own)}."] if own else []
    theirs = (p for role in roles for p in dossier.people_as(role) if p.centre == centre)
    ways += [f"Ask: {person.name} <{person.email}> ({person.role})." for person in theirs][:1]
    return " ".join(ways) or "Leave the centre out."


def _own(dossier: Dossier, sides: tuple[str, ...], by: By) -> Iterator[str]:
    """The centres one may speak for; a person of no centre is of the only one of their side."""
    speaking = _speaking(dossier, sides, by)
    for side in sides:
        centres = [centre.key for centre in dossier.parties_of(side)]
        found = [person for person in speaking if person.role == side]
        homes = {person.centre for person in found if person.centre}
        # Who is not known by key is judged by the role alone, as ``may`` does.
        alone = not found or (not homes and len(centres) == 1)
        yield from (key for key in centres if alone or key in homes)


def _speaking(dossier: Dossier, roles: tuple[str, ...], by: By) -> list[Person]:
    speaker = by.heard_from or by.actor
    people = (person for role in roles for person in dossier.people_as(role))
    return [person for person in people if person.key and person.key == speaker]


def _of_roles(dossier: Dossier, roles: tuple[str, ...]) -> list[str]:
    return [centre.key for role in roles for centre in dossier.parties_of(role)]
