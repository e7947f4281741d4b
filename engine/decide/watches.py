"""Watches: requirements looked at after events, which raise a flag when they are not met."""

from engine.decide.draft import Draft
from engine.decide.unmet import lacking
from engine.model.definition import Watch
from engine.model.outcomes import Event, Filed, Signed
from engine.model.reasons import reasons_of


def watch(draft: Draft, event: Event) -> None:
    for each in draft.workflow.watches:
        if looks_at(each, draft, event):
            _look(draft, each)


def looks_at(each: Watch, draft: Draft, event: Event) -> bool:
    if isinstance(event, Filed) and event.imported:
        return False  # old evidence raises nothing
    if any(state in each.left for state in draft.left):
        return True
    if draft.workflow.state(draft.dossier.state).final:
        return False  # nobody acts on a flag of a case that has ended
    filed = isinstance(event, Filed | Signed) and event.record in each.filed
    return filed or each.always


def _look(draft: Draft, each: Watch) -> None:
    missing = lacking(draft.view(), each.requirement)
    if not missing:
        return
    cause = "; ".join(unmet.detail for unmet in missing)
    if each.always and _was_raised(draft, each.flag.flag, cause):
        return
    before = draft.event
    draft.event = {**before, "cause": cause}
    draft.raise_flag(each.flag, cause, each.requirement.name)
    draft.event = before


def _was_raised(draft: Draft, flag: str, cause: str) -> bool:
    """A watch that looks after every event raises a flag once for each cause that stands."""
    return any(
        child.facts.get("flag") == flag
        and any(reason.words == cause for reason in reasons_of(child.facts))
        for child in draft.dossier.children
    )
