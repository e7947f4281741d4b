"""Who may be named for a role in a case: who comes from a centre plays its side alone."""

from collections.abc import Collection, Mapping

from engine.model.definition import Workflow
from engine.model.dossier import Dossier

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


def _of_another(role: str, key: str, home: str, centres: Collection[str]) -> str:
    if not home or home in centres:
        return ""
    if not centres:
        return f"{key} is of {home}, and no centre is {role} here yet: name the centre"
    there = f"{' and '.join(centres)} {'is' if len(centres) == 1 else 'are'} {role} here"
    remedy = f"name somebody of {' or '.join(centres)}, or enter them there first"
    return f"{key} is of {home}, but {there}: {remedy}"
