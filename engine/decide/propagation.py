"""Passing on: what an event in one case brings about in its parent, its children, its siblings."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from engine.decide.dependencies import looks_up
from engine.decide.step import step
from engine.model.decision import Decision
from engine.model.dossier import EMPTY, CaseId, Child, Dossier
from engine.model.family import Family, Letter
from engine.model.outcomes import CLOCK, Event, FlagRaised, Refreshed, Refusal, Started, Triggered
from engine.model.passing import ChildOpened, FlagPassedUp, Told
from engine.model.plan import Plan


@dataclass(slots=True)
class Propagation:
    """A decision in the making: the family as it is by now, and the events still to be taken."""

    family: Family
    now: datetime
    waiting: deque[tuple[CaseId, Event]] = field(default_factory=deque)
    plans: list[Plan] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)

    def take(self, case_id: CaseId, event: Event) -> Plan | Refusal:
        """One event in one case; what it passes on waits for its turn."""
        there = self.family.cases.get(case_id)
        if there is None or there.void:  # closed, or taken back, by what came before
            return Refusal(case_id, "", type(event).__name__.lower(), ())
        before = self.family.whole(case_id)
        outcome = step(self.family.workflow(case_id), before, event, self.now)
        if isinstance(outcome, Refusal):
            return outcome
        if outcome.changed:
            self.keep(outcome)
        return outcome

    def keep(self, plan: Plan) -> None:
        """The family as it is after a plan; what it passes on waits for its turn."""
        self._keep(plan)
        self.plans.append(plan)
        self.waiting.extend(self._passed_on(plan))

    def decision(self, outcome: Plan, before: Family) -> Decision:
        return Decision(
            outcome,
            before,
            self.family,
            tuple(self.plans),
            tuple(self.letters),
            frees=frozenset(
                plan.before.workflow for plan in self.plans if _frees_a_place(self.family, plan)
            ),
        )

    def _keep(self, plan: Plan) -> None:
        family, case_id, after = self.family, plan.case_id, plan.after
        letters = tuple(
            Letter(
                family.next_letter + place,
                case_id,
                plan.stay,
                owed,
                plan.at,
                reader.name
                if (reader := plan.before.reader(owed.person)) is not None
                else owed.audience,
            )
            for place, owed in enumerate(plan.letters)
        )
        self.letters.extend(letters)
        key = (case_id, plan.stay)
        timers = plan.timers
        touched = (*timers.settled, *timers.moved, *timers.armed)
        awake = {(case_id, timer.key) for timer in touched}  # whatever held them before
        bare = replace(after, parent=None, children=(), asked=(), heard=())
        self.family = replace(
            family,
            cases={**family.cases, case_id: bare},
            children=self._lines(bare),
            letters={**family.letters, key: (*family.letters.get(key, ()), *letters)}
            if letters
            else family.letters,
            held={k: at for k, at in family.held.items() if k not in awake}
            if family.held
            else family.held,
            next_letter=family.next_letter + len(letters),
        )

    def _lines(self, after: Dossier) -> dict[CaseId, tuple[Child, ...]]:
        """The line of a case among the children of its parent, as it reads now."""
        children, above = dict(self.family.children), self.family.parents.get(after.id)
        if above is not None:
            children[above] = tuple(
                replace(
                    line,
                    state=after.state,
                    closed_at=after.closed_at,
                    facts=after.facts,
                    void=after.void,
                )
                if line.id == after.id
                else line
                for line in children[above]
            )
        return children

    def _passed_on(self, plan: Plan) -> Iterator[tuple[CaseId, Event]]:
        for passed in plan.passed:
            match passed:
                case ChildOpened():
                    yield self._open(plan.before, passed), Started(CLOCK)
                case Told():
                    yield from _told(plan.before, passed)
                case FlagPassedUp():
                    yield from _passed_up(plan.before, passed)
        yield from self._look_again(plan)

    def _look_again(self, plan: Plan) -> Iterator[tuple[CaseId, Event]]:
        """Dates hang on one another across parent and children: whoever may be touched looks."""
        if plan.touches_children:
            yield from ((child, Refreshed()) for child in self._looking_up(plan.case_id))
        above = self.family.parents.get(plan.case_id)
        if above is not None and (plan.moved or plan.facts != plan.before.facts):
            yield above, Refreshed()
            siblings = self._looking_up(above)
            yield from ((other, Refreshed()) for other in siblings if other != plan.case_id)

    def _looking_up(self, parent: CaseId) -> tuple[CaseId, ...]:
        """The open children of a case for which anything hangs on it."""
        return tuple(
            line.id
            for line in self.family.children.get(parent, ())
            if line.closed_at is None and looks_up(self.family.workflow(line.id))
        )

    def _open(self, opener: Dossier, opened: ChildOpened) -> CaseId:
        """A new case under the opener, or beside it; named after its parent and its workflow."""
        family = self.family
        above = opener.parent.dossier if opened.under_parent and opener.parent else opener
        workflow = family.definitions.current[opened.workflow]
        siblings = family.children.get(above.id, ())
        partnership = family.cases[above.id].partnership
        number = 1 + sum(line.workflow == workflow.name for line in siblings)
        bare = Dossier(
            id=CaseId(family.next_case),
            workflow=workflow.name,
            digest=workflow.digest,
            reference=f"{above.reference}/{workflow.name}-{number}",
            state=workflow.initial,
            stay=0,
            version=0,
            entered_at=self.now,
            opened_at=self.now,
            office=opener.office,
            facts=dict(opened.facts) or EMPTY,
            people=family.people,
            partnership=partnership,
        )
        line = Child(
            bare.id, workflow.name, workflow.initial, self.now, None, bare.facts, partnership
        )
        self.family = replace(
            family,
            definitions=replace(
                family.definitions,
                pinned={**family.definitions.pinned, workflow.digest: workflow},
            ),
            cases={**family.cases, bare.id: bare},
            parents={**family.parents, bare.id: above.id},
            children={**family.children, above.id: (*siblings, line)},
            next_case=family.next_case + 1,
        )
        return bare.id


def _frees_a_place(family: Family, plan: Plan) -> bool:
    held = family.definitions.pinned[plan.before.digest].states.get(plan.left)
    return held is not None and held.holds_place and not plan.holds_place


def _told(dossier: Dossier, told: Told) -> Iterator[tuple[CaseId, Event]]:
    """Those who are told are the cases that were open before the step."""
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
