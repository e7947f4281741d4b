"""Who may be named for a role in a case: who comes from a centre plays its side alone."""

from collections.abc import Collection, Mapping

from engine.model.definition import Workflow
from engine.model.dossier import Dossier, Person

Sides = Mapping[str, Collection[str]]  # the keys of the centres that stand on each side


def standing(workflow: Workflow, dossier: Dossier) -> Sides:
    """The centres of a case by their sides, a child's those of its parent."""
    return {side: [each.key for each in dossier.parties_of(side)] for side in workflow.sides}


def misplaced(workflow: Workflow, role: str, key: str, home: str, sides: Sides) -> str:
    """Why somebody who comes from a centre may not be named for a role; empty where they may.

    ``home`` is the key of their centre, empty for who comes from none.
    """
    if role in workflow.sides:
        return _of_another(role, key, home, sides.get(role, ()))
    own = next((side for side, centres in sides.items() if home in centres), "")
    there = f"{key} is of {home}, which is {own} here: name somebody else as {role}"
    return there if own else ""


def twofold(workflow: Workflow, dossier: Dossier) -> str:
    """Who plays a side of a case and another role there; empty where nobody does."""
    played: dict[str, list[str]] = {}
    for person in dossier.people:
        held = played.setdefault(person.key, [])
        if person.role not in held:
            held.append(person.role)
    for key, held in played.items():
        if len(held) > 1 and any(role in workflow.sides for role in held):
            roles = " and ".join(held)
            return f"{key} would be {roles} here: name somebody else for one of them"
    return ""


def impartial(workflow: Workflow, dossier: Dossier) -> tuple[Person, ...]:
    """Everybody who takes part, but nobody of a side by a role of the office in the programme."""
    everybody = dossier.everybody()
    homes = {each.key for side in workflow.sides for each in dossier.parties_of(side)}
    of_a_side = {person.key for person in everybody if person.role in workflow.sides}
    return tuple(
        person
        for person in everybody
        if not person.general
        or person.role not in workflow.office
        or (person.centre not in homes and person.key not in of_a_side)
    )


def _of_another(role: str, key: str, home: str, centres: Collection[str]) -> str:
    if not home or home in centres:
        return ""
    if not centres:
        return f"{key} is of {home}, and no centre is {role} here yet: name the centre"
    there = f"{' and '.join(centres)} {'is' if len(centres) == 1 else 'are'} {role} here"
    remedy = f"name somebody of {' or '.join(centres)}, or enter them there first"
    return f"{key} is of {home}, but {there}: {remedy}"
