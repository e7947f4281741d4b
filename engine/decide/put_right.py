"""put_right(family, past, event, now): an act taken back or corrected, and who is told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from engine.decide.changes import changed, wrong_changes
from engine.decide.decide import followed
from engine.decide.fire import with_ends
from engine.decide.letters_wrong import mail_of
from engine.decide.past_acts import rests, title_of, what_of
from engine.decide.propagation import Propagation
from engine.decide.readers import last_filed
from engine.decide.resting import rested
from engine.decide.telling import Mail, Said
from engine.decide.undoing import Undoing
from engine.decide.unmet import not_taken
from engine.decide.unsaying import read_before, unsaid
from engine.model.changes import Correction
from engine.model.decision import Decision
from engine.model.definition import State
from engine.model.differences import differences
from engine.model.dossier import CaseId, Dossier
from engine.model.family import Family
from engine.model.outcomes import Filed, Refreshed, Refusal, Unmet
from engine.model.past import Past
from engine.model.plan import Plan
from engine.model.putting_right import Corrected, PutRight, Undone


def put_right(
    family: Family, past: Past, event: PutRight, now: datetime, *, on: CaseId
) -> Decision | Refusal:
    """All that follows when an act is taken back, or taken back and done as it is right.

    Pure, as ``decide``. What the act changed is as before it unless somebody changed it since;
    then every case that it touched looks again. NotLoadedError, EndlessError as there.
    """
    event = replace(event, act=past.act, what=what_of(past))
    undoing = Undoing(family, past, event, now)
    work = _Work(family, past, event, undoing.targets(on), on)
    if wrong := work.refused():
        return work.refusal(wrong)
    return work.decide(mail_of(undoing, on))


@dataclass(frozen=True, slots=True)
class _Work:
    family: Family
    past: Past
    event: PutRight
    targets: Mapping[CaseId, Dossier]  # every case that is another now, the one it is about first
    on: CaseId

    def refusal(self, unmet: tuple[Unmet, ...]) -> Refusal:
        dossier = self.family.whole(self.on)
        runs = self.family.workflow(self.on).runs
        owned = tuple(each if each.owner else replace(each, owner=runs) for each in unmet)
        return Refusal(self.on, dossier.state, type(self.event).__name__.lower(), owned)

    def refused(self) -> tuple[Unmet, ...]:
        if not self.event.reason.strip():
            return (not_taken("reason", "no reason is given", "Write why it is put right."),)
        if isinstance(self.event, Undone):
            references = {case: each.reference for case, each in self.family.cases.items()}
            if resting := rests(self.past, references, self.event.reason):
                return resting
        if isinstance(self.event, Corrected):
            wrong = last_filed(self.family, self.past, self.on)
            if found := wrong_changes(self.event.record, wrong.content, self.event.changes):
                return found
        return tuple(self._no_place())

    def _no_place(self) -> Iterator[Unmet]:
        """A place that was left may be another's by now: nobody waives that (B-01)."""
        for case, target in self.targets.items():
            left = not self._state(self.family.whole(case)).holds_place
            if left and self._state(target).holds_place:
                yield from self._taken(target)

    def _taken(self, target: Dossier) -> Iterator[Unmet]:
        for side, centres in target.parties.items():
            for centre in centres:
                other = self.past.holders.get((side, centre.key))
                if other is not None and other != target.reference:
                    detail = f"{centre.name} is in {other} by now"
                    yield not_taken(target.reference, detail, "End that one first.")

    def decide(self, mail: Mail) -> Decision | Refusal:
        work = Propagation(with_ends(self.family, mail.ends), mail.now)
        plans = [self._plan(case, target, mail.now) for case, target in self.targets.items()]
        workflow = self.family.workflow(self.on)
        plans[0] = replace(plans[0], letters=mail.told(workflow, self._said()))
        for plan in plans:
            work.keep(plan)
        if isinstance(self.event, Corrected):
            filed = work.take(self.on, self._right(self.event))
            if isinstance(filed, Refusal):
                return filed
        first = replace(plans[0], warnings=(*self._rested(work), *mail.untold(workflow)))
        work.plans[0] = first
        again = (case for case, target in self.targets.items() if not target.void)
        work.waiting.extend((case, Refreshed()) for case in again)
        return unsaid(followed(work, first, self.family), mail, read_before(mail, workflow))

    def _plan(self, case: CaseId, target: Dossier, now: datetime) -> Plan:
        before = self.family.whole(case)
        after = replace(
            target, version=before.version + 1, parent=before.parent, children=before.children
        )
        holds_place = self._state(target).holds_place and not after.void
        return Plan(self.event, now, before, after, holds_place=holds_place)

    def _state(self, dossier: Dossier) -> State:
        """The state of a case by the version of the definition that it runs on."""
        return self.family.definitions.pinned[dossier.digest].state(dossier.state)

    def _rested(self, work: Propagation) -> tuple[Unmet, ...]:
        if isinstance(self.event, Undone):
            return ()
        after = work.family.whole(self.on)
        return rested(self.family.workflow(self.on), after, self.past, work.now)

    def _said(self) -> Said:
        title = title_of(self.family.workflow(self.on), self.past)
        if not isinstance(self.event, Corrected):
            return Said(title)
        wrong = last_filed(self.family, self.past, self.on).content
        return Said(title, differences(wrong, changed(wrong, self.event.changes)))

    def _right(self, event: Corrected) -> Filed:
        wrong = last_filed(self.family, self.past, self.on)
        correction = Correction(wrong.number, event.reason, wrong.filed_at, wrong.centre)
        content = changed(wrong.content, event.changes)
        return Filed(event.record, content, event.by, corrects=correction)
