"""Plan: what one event does to one case, as the case before it and after it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.model.dossier import (
    CaseId,
    Dossier,
    MilestoneDates,
    Pause,
    RecordVersion,
    Signature,
    Stay,
    Waiver,
)
from engine.model.migrating import Migrated
from engine.model.outcomes import (
    LetterOwed,
    Refreshed,
    TimersDue,
    Unmet,
)
from engine.model.passing import Passed
from engine.model.putting_right import Cause, PutRight
from engine.model.timer_changes import NO_TIMERS, TimerChanges


@dataclass(frozen=True, slots=True)
class Plan:
    """All that an event changes in a case, to be written together or not at all (P1).

    Everything but the letters and what is passed on is the difference of ``before`` and ``after``;
    ``timers`` are told apart because those of a stay that ended are in neither any more.
    """

    event: Cause | Migrated
    at: datetime
    before: Dossier
    after: Dossier
    holds_place: bool
    timers: TimerChanges = NO_TIMERS
    letters: tuple[LetterOwed, ...] = ()
    passed: tuple[Passed, ...] = ()
    warnings: tuple[Unmet, ...] = ()

    @property
    def case_id(self) -> CaseId:
        return self.before.id

    @property
    def version(self) -> int:
        return self.before.version + 1

    @property
    def left(self) -> str:
        return self.before.state

    @property
    def entered(self) -> str:
        return self.after.state

    @property
    def left_stay(self) -> int:
        """The stay whose timers were settled."""
        return self.before.stay

    @property
    def stay(self) -> int:
        return self.after.stay

    @property
    def entered_at(self) -> datetime:
        return self.after.entered_at

    @property
    def closed(self) -> bool:
        return self.after.closed_at is not None

    @property
    def facts(self) -> Mapping[str, object]:
        """All facts after it."""
        return self.after.facts

    @property
    def stays(self) -> tuple[Stay, ...]:
        """The stays that are new or changed."""
        known = {*self.before.former.stays, *self.before.stays}
        every = (*self.after.former.stays, *self.after.stays)
        return tuple(stay for stay in every if stay not in known)

    @property
    def pauses(self) -> tuple[Pause, ...]:
        """The pauses that are new or changed, by their place: two of one day may look alike."""
        before = self.before.pauses
        return tuple(
            pause
            for place, pause in enumerate(self.after.pauses)
            if place >= len(before) or before[place] != pause
        )

    @property
    def filed(self) -> tuple[tuple[str, RecordVersion], ...]:
        before = self.before.records
        return tuple(
            (name, version)
            for name, versions in self.after.records.items()
            if versions is not before.get(name)
            for version in versions[len(before.get(name, ())) :]
        )

    @property
    def signed(self) -> tuple[tuple[str, int, Signature], ...]:
        """New signatures, each with the record and the version it stands under."""
        return tuple(
            (name, old.number, signature)
            for name, versions in self.before.records.items()
            if versions is not (standing := self.after.records.get(name, versions))
            for old, new in zip(versions, standing, strict=False)
            for signature in new.signatures
            if signature not in old.signatures
        )

    @property
    def waiver(self) -> Waiver | None:
        before = self.before.waivers
        new = (each for name, each in self.after.waivers.items() if before.get(name) != each)
        return next(new, None)

    @property
    def dates(self) -> Mapping[str, MilestoneDates]:
        """The milestones whose dates changed."""
        before = self.before.dates
        return {name: each for name, each in self.after.dates.items() if before.get(name) != each}

    @property
    def moved(self) -> bool:
        return self.before.stays != self.after.stays

    @property
    def relieved(self) -> tuple[str, ...]:
        """The sides whose centres and people left with the partnership that ended."""
        before, after = self.before, self.after
        if before.partnership == after.partnership:
            return ()
        there = {*before.parties, *(each.role for each in before.people if not each.general)}
        still = {*after.parties, *(each.role for each in after.people)}
        return tuple(sorted(there - still))

    @property
    def restores(self) -> bool:
        """Whether ``after`` is written whole, not what is new: it was put right, or migrated."""
        return isinstance(self.event, PutRight | Migrated)

    @property
    def touches_children(self) -> bool:
        """Whether its dates or records changed: then what hangs on them below looks again."""
        before, after = self.before, self.after
        return (
            after.dates != before.dates
            or after.records.keys() != before.records.keys()
            or bool(self.filed)
            or self.moved
            or after.pauses != before.pauses
            or after.facts != before.facts
        )

    @property
    def changed(self) -> bool:
        """False: nothing to write."""
        if isinstance(self.event, Refreshed) and self.event.why:
            return True
        return not isinstance(self.event, Refreshed | TimersDue) or bool(
            self.dates or self.passed or self.letters or self.timers != NO_TIMERS
        )
