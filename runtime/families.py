"""Families out of the database, decided, and back again: the one way cases change."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from engine.decide.acts import Action, Verb
from engine.decide.decide import decide
from engine.decide.put_right import put_right
from engine.decide.step import subject
from engine.decide.unmet import owned
from engine.model.decision import Decision
from engine.model.definition import Workflow
from engine.model.dossier import CaseId, Dossier
from engine.model.family import FRESH, Family
from engine.model.others import NotLoadedError
from engine.model.outcomes import Refusal, Unmet
from engine.model.plan import Plan
from engine.model.putting_right import Cause, PutRight
from engine.time.zones import local_day
from runtime.past import joined, known, recalled
from runtime.permission import entitled, leave, office_circle
from runtime.pinned_letters import keep
from runtime.wiring import Runtime
from storage.cases import cases
from storage.database.transactions import Session

A = TypeVar("A")
E = TypeVar("E", bound=Cause)


def dossier_of(
    runtime: Runtime, session: Session, case_id: CaseId, reads: frozenset[str] = frozenset()
) -> Dossier:
    """A case as it stands, to be looked at: nothing is locked.

    ``reads`` asks for what other cases hold as well.
    """
    store = runtime.store
    dossier = store.load(session, case_id, known(runtime), lock=False).whole(case_id)
    if not reads:
        return dossier
    return replace(dossier, others=store.others(session, dossier, runtime.workflow, reads))


@dataclass(frozen=True, slots=True)
class Families:
    """Families within one open transaction, at one moment."""

    session: Session
    runtime: Runtime
    now: datetime

    @property
    def today(self) -> date:
        """The day by the programme's own zone."""
        return local_day(self.now, self.runtime.settings.programme.zone)

    def load(self, case_id: CaseId) -> Family:
        """The family of a case, locked until the end of the transaction."""
        return self.runtime.store.load(self.session, case_id, known(self.runtime), lock=True)

    def look(self, case_id: CaseId) -> Family:
        """The family of a case as it stands; nothing is locked."""
        return self.runtime.store.load(self.session, case_id, known(self.runtime), lock=False)

    def look_whole(self, root: CaseId) -> Family:
        """The same with the closed cases that still owe a letter."""
        family = self.look(root)
        for case_id in cases.closed_owing(self.session, root):
            family = joined(family, self.look(case_id), case_id)
        return family

    def decide(self, family: Family, event: Cause, on: CaseId) -> Decision | Refusal:
        """All that follows from an event, if it is its person's to cause.

        What its checks read of other families is loaded.
        """
        if isinstance(event, PutRight):
            return self._put_right(family, event, on)
        asked = self.entitled(family, event, on)
        if isinstance(asked, Refusal):
            return asked
        return self.with_others(family, lambda whole: decide(whole, asked, self.now, on=on))

    def entitled(self, family: Family, event: E, on: CaseId) -> E | Refusal:
        """The event with the role of its person, or why it is not theirs to cause."""
        asked = entitled(self.session, self.runtime, family, event, on)
        return self._refused(family, event, asked, on) if isinstance(asked, Unmet) else asked

    def _put_right(self, family: Family, event: PutRight, on: CaseId) -> Decision | Refusal:
        asked = entitled(self.session, self.runtime, family, event, on)
        found = recalled(self.session, self.runtime, family, event, on)
        if not isinstance(found, Unmet) and found[1].own[0].kind == "migrated":
            asked = self._of_who_migrates(event)
        if isinstance(asked, Unmet):
            return self._refused(family, event, asked, on)
        if isinstance(found, Unmet):
            return self._refused(family, event, found, on)
        whole, past = found
        return self.with_others(whole, lambda each: put_right(each, past, asked, self.now, on=on))

    def _refused(self, family: Family, event: Cause, unmet: Unmet, on: CaseId) -> Refusal:
        lacks = owned((unmet,), family.workflow(on).runs)
        return Refusal(on, family.whole(on).state, subject(event), lacks)

    def _of_who_migrates(self, event: PutRight) -> PutRight | Unmet:
        """A version is taken back by whoever may bring pairs to one."""
        circle = office_circle(self.session, self.runtime)
        by = replace(event.by, role="")
        answer = leave(self.session, self.runtime, by, Action(Verb.MIGRATE), circle)
        return answer if isinstance(answer, Unmet) else replace(event, by=answer)

    def with_others(self, family: Family, ask: Callable[[Family], A]) -> A:
        """Ask a question of a family, and again each time it needs to know of other families."""
        while True:
            try:
                return ask(family)
            except NotLoadedError as missing:
                # Places are counted under a lock, or two cases could take the last one.
                cases.lock_programme(self.session)
                family = self._knowing(family, missing)

    def looking(self, family: Family, ask: Callable[[Family], A]) -> A:
        """The same where nothing is decided: nothing is locked."""
        while True:
            try:
                return ask(family)
            except NotLoadedError as missing:
                family = self._knowing(family, missing)

    def _knowing(self, family: Family, missing: NotLoadedError) -> Family:
        case_id = CaseId(missing.case_id)
        before = family.others.get(case_id)
        reads = frozenset({missing.what}) | (before.loaded if before is not None else frozenset())
        if before is not None and missing.what in before.loaded:
            raise missing
        dossier = family.whole(case_id)
        found = self.runtime.store.others(self.session, dossier, self.runtime.workflow, reads)
        return replace(family, others={**family.others, case_id: found})

    def write(self, decision: Decision) -> tuple[Plan, ...]:
        """Write all of it; new cases stay on the definitions they begin on (P12)."""
        for plan in decision.plans:
            if plan.case_id >= FRESH and not plan.before.version:
                self.pin(plan.before.workflow)
        plans = self.runtime.store.write(self.session, decision, self.now)
        if self.runtime.witness is not None:
            for plan in plans:
                self.runtime.witness(plan, plan.before)
        return plans

    def happen(self, case_id: CaseId, event: Cause, *, along: bool = False) -> Plan | Refusal:
        """Decide an event and write all that follows; what became of it, with all that is owed.

        ``along`` with the event before it: they are of one command.
        """
        family = self.runtime.store.renewed(self.session, self.load(case_id), event)
        decision = self.decide(family, event, case_id)
        if isinstance(decision, Refusal):
            return decision
        self.write(replace(decision, along=along))
        return replace(decision.outcome, letters=tuple(each.owed for each in decision.letters))

    def pin(self, name: str) -> Workflow:
        """The current definition for a new case; its text is kept, so the case can stay on it."""
        return keep(self.session, self.runtime.programme, name, self.now)
