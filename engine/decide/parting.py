"""The end of a partnership: what belonged to it is history, and its side is to be named anew."""

from dataclasses import replace

from engine.checks.hierarchy import effects
from engine.decide.draft import Draft
from engine.letters.ladders import LIVE_FROM
from engine.model.definition import SetFact, Workflow
from engine.model.dossier import Dossier
from engine.model.evidence import Ended
from engine.model.partners import parted


def part(draft: Draft, trigger: str) -> None:
    """End the partnership, if this step does: nothing of it counts for the next one."""
    found = draft.workflow.partnership
    if found is None or trigger not in found.ends:
        return
    dossier, number = draft.dossier, draft.dossier.partnership
    ended = Ended(number, tuple(c.key for c in dossier.parties_of(found.side)), trigger, draft.now)
    stays = tuple(
        replace(stay, partnership=number + 1) if stay.number == dossier.stay else stay
        for stay in dossier.stays
    )
    after = replace(
        dossier,
        partnership=number + 1,
        stays=stays,
        facts=_facts(draft.workflow, dossier, found.keeps),
        dates={},
        people=tuple(p for p in dossier.people if p.general or p.role != found.side),
        parties={side: there for side, there in dossier.parties.items() if side != found.side},
        left=tuple(p for p in dossier.people if not p.general and p.role == found.side),
        children=(),
        former=replace(dossier.former, ended=(*dossier.former.ended, ended)),
    )
    draft.dossier = parted(draft.workflow, after)
    draft.left.clear()  # nobody is asked about a state that was left with the partner


def _facts(workflow: Workflow, dossier: Dossier, keeps: tuple[str, ...]) -> dict[str, object]:
    """As in a new case, but for what is kept; what was told from outside stands."""
    steps = {effect.fact for effect in effects(workflow) if isinstance(effect, SetFact)}
    gone = {*workflow.facts, *steps} - {*keeps, LIVE_FROM}
    kept = {name: value for name, value in dossier.facts.items() if name not in gone}
    begun = {name: value for name, value in workflow.facts.items() if name not in keeps}
    return {**begun, **kept}
