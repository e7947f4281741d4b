"""For which centre of a side somebody files a record."""

from engine.checks.records import Problem
from engine.model.dossier import Dossier
from engine.model.outcomes import Filed


def answers_for(dossier: Dossier, event: Filed) -> str:
    """The key of the centre named, else the only one of the side that files; else none."""
    mine = [centre.key for centre in dossier.parties_of(event.by.role)]
    return event.centre or (mine[0] if len(mine) == 1 else "")


def strangers(dossier: Dossier, event: Filed) -> tuple[Problem, ...]:
    """A centre that stands on no side answers nothing."""
    roles = (*dossier.parties, *(dossier.parent.dossier.parties if dossier.parent else ()))
    keys = sorted({centre.key for role in roles for centre in dossier.parties_of(role)})
    if not event.centre or event.centre in keys:
        return ()
    sentence = f"{event.centre} stands on no side of the case"
    return (Problem("centre", sentence, f"Choose one of: {', '.join(keys)}."),)
