"""For which centre of a side somebody files or signs."""

from engine.checks.records import FieldProblem
from engine.model.dossier import Dossier
from engine.model.outcomes import Filed, Signed


def speaks_for(dossier: Dossier, role: str, event: Filed | Signed) -> str:
    """The key of the centre named, else the only one of the side, else the actor's own; or none."""
    mine = [centre.key for centre in dossier.parties_of(role)]
    if event.centre or len(mine) == 1:
        return event.centre or mine[0]
    own = (each for each in dossier.people_as(role) if each.key and each.key == event.by.actor)
    return next((each.centre for each in own if each.centre in mine), "")


def strangers(dossier: Dossier, event: Filed) -> tuple[FieldProblem, ...]:
    """A centre that stands on no side answers nothing."""
    roles = (*dossier.parties, *(dossier.parent.dossier.parties if dossier.parent else ()))
    keys = sorted({centre.key for role in roles for centre in dossier.parties_of(role)})
    if not event.centre or event.centre in keys:
        return ()
    sentence = f"{event.centre} stands on no side of the case"
    return (FieldProblem("centre", sentence, f"Choose one of: {', '.join(keys)}."),)
