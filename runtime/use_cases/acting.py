"""What happens to a case: plan, commit, pass on to children and parent, in one transaction."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from engine.checks.vocabulary import reads_of
from engine.decide.dependencies import looks_up
from engine.decide.step import plan
from engine.errors import ProjectError
from engine.model.definition import Workflow
from engine.model.dossier import CaseId, Dossier
from engine.model.outcomes import CLOCK, Event, FlagRaised, Refreshed, Refusal, Started, Triggered
from engine.model.passing import ChildOpened, FlagPassedUp, Told
from engine.model.plan import Plan
from runtime.wiring import Runtime
from storage.cases import cases
from storage.cases.cases import NewCase
from storage.database.transactions import Session
from storage.programme import definitions

_MOST = 500  # events that may follow from one; more is a loop between definitions


class EndlessError(ProjectError):
    """Definitions pass events to one another without end."""


@dataclass(frozen=True, slots=True)
class Acting:
    """One decision in the making: the open transaction, the parts, the moment."""

    session: Session
    runtime: Runtime
    now: datetime

    def happen(self, case_id: CaseId, event: Event) -> Plan | Refusal:
        """Plan and commit an event and all that it passes on; the outcome of the event itself."""
        outcome, dossier = self._one(case_id, event)
        waiting = deque(self._follow(outcome, dossier))
        for _ in range(_MOST):
            if not waiting:
                return outcome
            further, seen = self._one(*waiting.popleft())
            waiting.extend(self._follow(further, seen))
        raise EndlessError(f"more than {_MOST} events follow from one in case {dossier.reference}")

    def _one(self, case_id: CaseId, event: Event) -> tuple[Plan | Refusal, Dossier]:
        dossier = self.load(case_id, event)
        outcome = plan(self.runtime.workflow(dossier.digest), dossier, event, self.now)
        if isinstance(outcome, Plan) and outcome.changed:
            cases.commit(self.session, outcome, dossier)
            if self.runtime.witness is not None:
                self.runtime.witness(outcome, dossier)
        return outcome, dossier

    def load(self, case_id: CaseId, event: Event) -> Dossier:
        """The dossier, with what the checks of this event read of other cases."""
        dossier = cases.load(self.session, case_id, self.runtime.workflow)
        reads = reads_of(self.runtime.workflow(dossier.digest), dossier, event)
        if not reads:
            return dossier
        # Places are counted under a lock, or two cases could take the last one.
        cases.lock_programme(self.session)
        return cases.load(self.session, case_id, self.runtime.workflow, reads)

    def _follow(self, outcome: Plan | Refusal, dossier: Dossier) -> Iterator[tuple[CaseId, Event]]:
        if not isinstance(outcome, Plan) or not outcome.changed:
            return
        for passed in outcome.passed:
            match passed:
                case ChildOpened():
                    yield self._open(dossier, passed), Started(CLOCK)
                case Told():
                    yield from _told(dossier, passed)
                case FlagPassedUp():
                    yield from _passed_up(dossier, passed)
        yield from self._look_again(outcome, dossier)

    def _open(self, dossier: Dossier, opened: ChildOpened) -> CaseId:
        parent = dossier.parent.dossier if opened.under_parent and dossier.parent else dossier
        workflow = self.pin(opened.workflow)
        new = NewCase(
            workflow=workflow.name,
            digest=workflow.digest,
            initial=workflow.initial,
            reference=None,
            parent_id=parent.id,
            facts=opened.facts,
            opened_at=self.now,
        )
        return cases.open_case(self.session, new)

    def pin(self, name: str) -> Workflow:
        """The current definition for a new case; its text is kept, so the case can stay on it."""
        workflow = self.runtime.programme.workflows[name]
        text = self.runtime.programme.text_of(name)
        definitions.keep(self.session, workflow, text, self.now)
        return workflow

    def _look_again(self, outcome: Plan, dossier: Dossier) -> Iterator[tuple[CaseId, Event]]:
        """Dates hang on one another across parent and children: whoever may be touched looks."""
        if outcome.touches_children:
            yield from ((child, Refreshed()) for child in self._looking_up(dossier.id))
        if dossier.parent is not None and (outcome.moved or outcome.facts != dossier.facts):
            parent = dossier.parent.dossier.id
            yield parent, Refreshed()
            siblings = self._looking_up(parent)
            yield from ((other, Refreshed()) for other in siblings if other != dossier.id)

    def _looking_up(self, parent: CaseId) -> Iterator[CaseId]:
        """The open children of a case for which anything hangs on it."""
        children = cases.open_children_with_definitions(self.session, parent)
        return (child for child, digest in children if looks_up(self.runtime.workflow(digest)))


def _told(dossier: Dossier, told: Told) -> Iterator[tuple[CaseId, Event]]:
    event = Triggered(told.trigger, CLOCK, facts=told.facts)
    if told.to_parent:
        if dossier.parent is not None:
            yield dossier.parent.dossier.id, event
        return
    for child in dossier.children:
        meant = child.id == told.child if told.child else told.workflow in {None, child.workflow}
        if meant and child.closed_at is None:
            yield child.id, event


def _passed_up(dossier: Dossier, passed: FlagPassedUp) -> Iterator[tuple[CaseId, Event]]:
    """Raise a flag in the nearest case above whose workflow declares it."""
    above = dossier.parent
    while above is not None and passed.flag not in above.workflow.flags:
        above = above.dossier.parent
    if above is not None:
        cause = passed.cause or dossier.reference
        yield above.dossier.id, FlagRaised(passed.flag, cause, CLOCK, passed.severity)
