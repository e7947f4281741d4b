"""The cases of a family as they would stand had an act not happened."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from engine.decide.alone import NOTHING, Alone
from engine.decide.past_acts import acted_in, acts_of_people, moved_by_people
from engine.decide.replacing import is_replaced
from engine.decide.taking_back import all_cancelled, as_asked, left_out, taken_back
from engine.model.dossier import CaseId, Dossier
from engine.model.family import Family
from engine.model.partners import every_version
from engine.model.past import Happened, Past, Posted
from engine.model.putting_right import Corrected, PutRight, Undone, Voided


@dataclass(frozen=True, slots=True)
class Undoing:
    """An act, and the family as it stands now."""

    family: Family
    past: Past
    event: PutRight
    now: datetime
    alone: Alone = NOTHING  # what others did since, without it

    def targets(self, on: CaseId) -> dict[CaseId, Dossier]:
        """Every case that is another, and the one it is about first of all."""
        found = {on: self.family.whole(on), **dict(self._targets())}
        return {on: found[on], **dict(sorted(found.items()))}

    def _targets(self) -> Iterator[tuple[CaseId, Dossier]]:
        void = self.void()
        for case, target in self._without().items():
            now = self.family.whole(case)
            if case not in void and target != now and not (now.void and target.void):
                yield case, target
        for case in void:
            now, timers = self.family.whole(case), all_cancelled(self.family.whole(case), self.now)
            yield case, replace(now, void=True, closed_at=now.closed_at or self.now, timers=timers)

    def _without(self) -> dict[CaseId, Dossier]:
        """The cases without the acts, the last of which is taken back first."""
        found: dict[CaseId, Dossier] = {}
        for act, around in reversed(tuple(zip(self.past.acts, self.past.around, strict=True))):
            for case, before in around.before.items():
                if self._stays_over(case, act):
                    continue
                now = found.get(case, self.family.whole(case))
                found[case] = taken_back(before, around.after[case], now, self.event.reason)
        if self.alone is not NOTHING:
            found = {case: self._by_itself(case, each) for case, each in found.items()}
        signed = {case: _as_signed(each, self.family.cases[case]) for case, each in found.items()}
        return {
            case: as_asked(each, self.family.cases[case]) if self.asks_still(case) else each
            for case, each in signed.items()
        }

    def _by_itself(self, case: CaseId, target: Dossier) -> Dossier:
        """With the facts that it would hold, and only the stays that there would have been."""
        gone = {
            number
            for around in self.past.around
            if case in around.before
            for number in {*_stays(around.after[case])} - {*_stays(around.before[case])}
        }
        kept = left_out(target, frozenset(gone - {target.stay}))
        return replace(kept, facts=self.alone.facts.get(case, kept.facts))

    def _stays_over(self, case: CaseId, act: int) -> bool:
        """Whether a case below has ended with signatures under a text that is put right: what is
        open of the right one counts from today, by a flag of its own.
        """
        signing = {each.act for each in self.past.own if each.kind == "signed"}
        ended = case in self.family.parents and self.family.whole(case).closed_at is not None
        return isinstance(self.event, Corrected) and act in signing and ended

    def asks_still(self, case: CaseId) -> bool:
        """Whether what was asked for with it is asked still: another version takes its place, or a
        later one of it stands.
        """
        event = self.event
        if not isinstance(event, Voided):
            return is_replaced(self.past, event)
        latest = self.family.cases[case].latest(event.record)
        return latest is not None and (event.version or latest.number) < latest.number

    def asked(self, posted: Posted) -> bool:
        """Whether a reminder was sent or owed since, of a ladder that began with the act."""
        entries = {(each.case, each.version) for each in self.past.since}
        if not posted.ladder or (posted.case, posted.version) not in entries:
            return False
        first = self.past.around[0]
        before, after = first.before.get(posted.case), first.after.get(posted.case)
        if before is None or after is None or before.stay != after.stay:
            return False
        was = {timer.ladder for timer in before.timers}
        return posted.ladder not in was and posted.ladder in {t.ladder for t in after.timers}

    def void(self) -> frozenset[CaseId]:
        """The cases that there would not be: those opened by it, and in a stay that is undone.

        One in which somebody has acted since stays. Where the act had opened it when it closed
        another of its kind, it has taken the place of that one, which there would not be besides.
        """
        undone = set(self._undone_stays())
        begun = {e.act: (e.case, e.stay) for e in self.past.entries if e.turn == e.act}
        opened = {
            each.case
            for each in self.past.entries
            if each.opens
            if each.act in self.past.acts or (begun[each.act] in undone and self._came_along(each))
        }
        below = {case for case, above in self.family.parents.items() if above in opened}
        there = {case for case, each in self.family.cases.items() if not each.void}
        there &= opened | below
        followed = self._followed(opened)
        stay = acted_in(self.past) | (moved_by_people(self.past) & followed.keys())
        place_taken = {before for after, before in followed.items() if after in stay}
        return frozenset((there - stay) | place_taken)

    def _followed(self, opened: set[CaseId]) -> dict[CaseId, CaseId]:
        """What the act opened in the place of one that it closed, each with that one."""
        parents, cases = self.family.parents, self.family.cases
        closed = {
            (parents[case], cases[case].workflow): case
            for around in reversed(self.past.around)
            for case, before in around.before.items()
            if before.closed_at is None and around.after[case].closed_at is not None
            if case in parents
        }
        kinds = {each: (parents[each], cases[each].workflow) for each in opened if each in parents}
        return {case: closed[kind] for case, kind in kinds.items() if kind in closed}

    def _undone_stays(self) -> Iterator[tuple[CaseId, int]]:
        """The stays that the act began and that end with it."""
        for case, target in self._without().items():
            now, kept = self.family.cases[case], set(_stays(target))
            yield from ((case, number) for number in _stays(now) if number not in kept)

    def gone(self) -> frozenset[tuple[CaseId, int]]:
        """The entries whose letters said what is so no more."""
        void, undone = self.void(), set(self._undone_stays())
        return frozenset(
            (each.case, each.version)
            for each in self.past.entries
            if self._is_gone(each, void, undone)
        )

    def _is_gone(
        self, each: Happened, void: frozenset[CaseId], undone: set[tuple[CaseId, int]]
    ) -> bool:
        if each.act in self.past.acts or each.case in void:
            return True
        return (each.case, each.stay) in undone and self._came_along(each)

    def _came_along(self, each: Happened) -> bool:
        """Whether something in a stay that is undone came with the stay, and not of itself: what a
        person did there, and the receipt of it, stand unless they rest on the act.
        """
        if not (isinstance(self.event, Undone) and self.event.acts):
            return True  # nobody has done anything since, or it is for a person to look at
        return each.kind != "receipted" and each.act not in acts_of_people(self.past.since)


def _stays(dossier: Dossier) -> Iterator[int]:
    return (each.number for each in (*dossier.former.stays, *dossier.stays))


def _as_signed(target: Dossier, now: Dossier) -> Dossier:
    """What is void keeps the signatures under it, and why it is: they are history as well."""
    known = {(n, each.number): each for n, every in every_version(now).items() for each in every}
    records = {
        name: tuple(
            replace(each, signatures=was.signatures, void=was.void or each.void)
            for each in versions
            for was in (known[name, each.number],)
        )
        for name, versions in target.former.records.items()
    }
    return replace(target, former=replace(target.former, records=records))
