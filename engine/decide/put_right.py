"""put_right(family, past, event, now): an act taken back or corrected, and who is told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from engine.decide.after_end import ended_before
from engine.decide.alone import NOTHING, alone
from engine.decide.apart import filed_apart, heard_since
from engine.decide.changes import changed, not_known_then, signed_as_it_is, wrong_changes
from engine.decide.decide import followed
from engine.decide.fire import with_ends
from engine.decide.forecast_anew import forecast_anew
from engine.decide.letters_wrong import mail_of, sent_after_all
from engine.decide.new_version import next_number
from engine.decide.noting import noted_anew
from engine.decide.past_acts import what_of
from engine.decide.propagation import Propagation
from engine.decide.readers import last_filed
from engine.decide.replacing import Replaced, replaced
from engine.decide.resting import (
    answering,
    done_along,
    gone_along,
    past_partnership,
    played,
    rested,
    rests,
    staying,
    titles_of,
)
from engine.decide.signing_again import SIGNED_BEFORE
from engine.decide.telling import Mail, Said
from engine.decide.undoing import Undoing
from engine.decide.unmet import not_taken, owned
from engine.decide.unsaying import read_before, unsaid
from engine.model.act_titles import title_of
from engine.model.changes import Correction
from engine.model.decision import Decision
from engine.model.definition import State
from engine.model.differences import differences
from engine.model.dossier import CaseId, Dossier, PersonId
from engine.model.family import Family
from engine.model.outcomes import Filed, LetterOwed, Refreshed, Refusal, Unmet
from engine.model.past import Past, Posted
from engine.model.plan import Plan
from engine.model.putting_right import Corrected, PutRight, Undone
from engine.model.sides import party_at, team_at, unsigned


def put_right(
    family: Family, past: Past, event: PutRight, now: datetime, *, on: CaseId
) -> Decision | Refusal:
    """All that follows when an act is taken back, or taken back and done as it is right.

    Pure, as ``decide``. What the act changed is as before it unless somebody changed it since;
    then every case that it touched looks again. NotLoadedError, EndlessError as there.
    """
    event = replace(event, act=past.act, what=what_of(past))
    others = alone(family, past) if isinstance(event, Undone) and event.acts else NOTHING
    undoing = Undoing(family, past, event, now, others)
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
        lacks = owned(unmet, self.family.workflow(self.on).runs)
        return Refusal(self.on, dossier.state, type(self.event).__name__.lower(), lacks)

    def refused(self) -> tuple[Unmet, ...]:
        if not self.event.reason.strip():
            return (not_taken("reason", "no reason is given", "Write why it is put right."),)
        return self._stays() or tuple(self._no_place())

    def _stays(self) -> tuple[Unmet, ...]:
        match self.event:
            case Undone(acts=()):
                return rests(self.past, self.family, self.event.reason)
            case Undone():  # whoever named the acts has looked what rests on them
                return past_partnership(self.past, self.targets, self.on)
            case Corrected():
                return self._not_corrected(self.event)
            case _:
                return ()

    def _not_corrected(self, event: Corrected) -> tuple[Unmet, ...]:
        dossier, workflow = self.family.whole(self.on), self.family.workflow(self.on)
        wrong = last_filed(self.family, self.past, self.on)
        ended = ended_before(workflow, dossier, self.past, event)
        if odd := ended or wrong_changes(event.record, wrong.content, event.changes):
            return odd
        right = changed(wrong.content, event.changes)
        kind = workflow.records[event.record]
        early = not_known_then(kind, dossier, wrong, right)
        return early or signed_as_it_is(kind, dossier, wrong, right)

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
        signing = self._who_signs_again(mail, plans)
        told = (each for each in mail.told(self._said()) if each.person not in signing)
        plans[0] = replace(plans[0], letters=(*plans[0].letters, *told))
        for plan in plans:
            work.keep(plan)
        if isinstance(self.event, Corrected):
            filed = work.take(self.on, self._right(self.event))
            if isinstance(filed, Refusal):
                return filed
        apart = tuple(filed_apart(self.family, self.past, self.event, self.targets))
        for case, event in apart:
            work.take(case, event)
        open_still = owned((*self._rested(work), *mail.untold()), workflow.runs)
        work.plans[0] = first = replace(plans[0], warnings=open_still)
        again = (case for case, target in self.targets.items() if not target.void)
        work.waiting.extend((case, Refreshed()) for case in again)
        records = frozenset((case, filed.record) for case, filed in apart)
        heard = read_before(mail, workflow) | heard_since(self.past, records)
        return unsaid(followed(work, first, self.family), mail, heard)

    def _who_signs_again(self, mail: Mail, plans: list[Plan]) -> frozenset[PersonId | None]:
        """Who is asked to sign the right text: they read what is another there, and once."""
        event = self.event
        workflow = self.family.workflow(self.on)
        if not isinstance(event, Corrected) or not workflow.records[event.record].signatories:
            return frozenset()
        tried = Propagation(with_ends(self.family, mail.ends), mail.now)
        for plan in plans:
            tried.keep(plan)
        filed = tried.take(self.on, self._right(event))
        letters = () if isinstance(filed, Refusal) else filed.letters
        return frozenset(each.person for each in letters if each.facts.get(SIGNED_BEFORE))

    def _plan(self, case: CaseId, target: Dossier, now: datetime) -> Plan:
        before = self.family.whole(case)
        after = replace(
            target, version=before.version + 1, parent=before.parent, children=before.children
        )
        if isinstance(self.event, Corrected) and case == self.on:
            instead = self._instead(self.event, after)
            workflow = self.family.workflow(self.on)
            facts = noted_anew(workflow, after, self.past, instead)
            dates = forecast_anew(workflow, before, after, instead)
            after = replace(after, facts=facts, dates=dates)
        holds_place = self._state(target).holds_place and not after.void
        anew = (each for each in sent_after_all(self.past) if each.case == case)
        letters = tuple(_owed(each) for each in anew)
        return Plan(self.event, now, before, after, letters=letters, holds_place=holds_place)

    def _instead(self, event: Corrected, after: Dossier) -> Replaced:
        wrong = last_filed(self.family, self.past, self.on)
        number = next_number(after, event.record)
        right = replace(wrong, number=number, content=changed(wrong.content, event.changes))
        return Replaced(event.record, wrong, right)

    def _state(self, dossier: Dossier) -> State:
        """The state of a case by the version of the definition that it runs on."""
        return self.family.definitions.pinned[dossier.digest].state(dossier.state)

    def _rested(self, work: Propagation) -> tuple[Unmet, ...]:
        workflow = self.family.workflow(self.on)
        if isinstance(self.event, Undone):
            return done_along(workflow, self.family.whole(self.on), self.past)
        after = work.family.whole(self.on)
        found = rested(workflow, after, self.past, work.now)
        if isinstance(self.event, Corrected):
            return found
        answers = answering(workflow, after, self.past, work.now)
        return (*found, *answers, *staying(self.family, self.past, self.targets))

    def _said(self) -> Said:
        first = self.past.own[0]
        title = title_of(self.family.workflow(self.on), first.kind, first.what) or first.what
        dossier = self.family.whole(self.on)
        said = Said(title, zone=dossier.office.zone)
        if isinstance(self.event, Undone) and self.event.acts:
            along = gone_along(self.past)
            others = tuple(played(dossier, along))
            said = replace(said, along=titles_of(self.family, along), others=others)
        if first.kind == "signed":
            around = self.past.around[0]
            was, did = around.before[self.on], around.after[self.on]
            ((side, centre),) = self._signed(did) - self._signed(was)
            who = f"signature of {party_at(dossier, side, centre).short_name} under the {title}"
            signers, missing = team_at(dossier, side, centre), frozenset(self._unsigned())
            return replace(said, title=who, unsigned=missing, signers=signers)
        if first.handed is not None:
            return replace(said, title=f"The new {first.what.partition(':')[0]}")
        instead = replaced(self.family, self.past, self.event, self.on)
        if instead is not None:
            changes = differences(instead.wrong.content, instead.right.content)
            return replace(said, changes=changes)
        if isinstance(self.event, Undone) and first.kind == "voided":
            return replace(said, title=f"taking back of the {title}")
        return said

    def _unsigned(self) -> Iterator[PersonId]:
        """Everybody of the sides that have not signed, once the signature is taken back."""
        what, target = self.past.own[0].what, self.targets[self.on]
        version, kind = target.latest(what), self.family.workflow(self.on).records[what]
        if version is None:
            return
        for side in kind.signatories:
            for lack in unsigned(target, version, side):
                yield from (each.id for each in team_at(target, side, lack.centre))

    def _signed(self, dossier: Dossier) -> frozenset[tuple[str, str]]:
        """The sides that have signed the record in force, of several centres each by its key."""
        version = dossier.latest(self.past.own[0].what)
        signatures = version.signatures if version is not None else ()
        return frozenset((each.role, each.centre) for each in signatures)

    def _right(self, event: Corrected) -> Filed:
        wrong = last_filed(self.family, self.past, self.on)
        correction = Correction(wrong.number, event.reason, wrong.filed_at, wrong.centre)
        content = changed(wrong.content, event.changes)
        return Filed(event.record, content, event.by, corrects=correction)


def _owed(letter: Posted) -> LetterOwed:
    return LetterOwed(letter.letter, letter.audience, letter.person, letter.ladder, letter.facts)
