"""The pure heart: decide(family, event, now): all that follows in a family, or why nothing does."""

from datetime import datetime

from engine.decide.propagation import Propagation
from engine.errors import ProjectError
from engine.model.decision import Decision
from engine.model.dossier import CaseId
from engine.model.family import Family
from engine.model.outcomes import Event, Refusal
from engine.model.plan import Plan

_MOST = 500  # events that may follow from one; more is a loop between definitions


class EndlessError(ProjectError):
    """Definitions pass events to one another without end."""


def decide(
    family: Family, event: Event, now: datetime, *, on: CaseId | None = None
) -> Decision | Refusal:
    """Everything that follows from an event in one case of a family (the root unless it is named).

    Pure: the same arguments give the same answer. A forecast is this in a loop, a preview is this
    without the write. Events follow one another first in, first out; of each plan first what it
    passes on, in order, then its open children that hang on it, its parent, its siblings.

    NotLoadedError: a check reads what other families hold, and it is not in ``family.others``.
    EndlessError: definitions pass events to one another without end.
    """
    work = Propagation(family, now)
    outcome = work.take(on if on is not None else family.root, event)
    if isinstance(outcome, Refusal):
        return outcome
    return followed(work, outcome, family)


def followed(work: Propagation, outcome: Plan, before: Family) -> Decision:
    """The decision once nothing waits any more."""
    for _ in range(_MOST):
        if not work.waiting:
            return work.decision(outcome, before)
        work.take(*work.waiting.popleft())
    where = outcome.before.reference
    raise EndlessError(f"more than {_MOST} events follow from one in case {where}")
