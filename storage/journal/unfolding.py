"""A case out of its folded journal: a dossier as it stood."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import cast

from engine.model.definition import Workflow
from engine.model.dossier import EMPTY_TIMERS, Dossier, Signature, Timer, Waiver
from engine.model.evidence import Former, MilestoneDates, Pause, RecordVersion, Stay
from engine.model.partners import parted
from storage.database.columns import digest, to_instant, to_optional_day, to_optional_instant
from storage.journal.replay import Folded, Row


@dataclass(frozen=True, slots=True)
class Unfolding:
    """A case as it is now, and its folded journal; texts that this only proves are in the rows."""

    now: Dossier
    workflow: Workflow
    folded: Folded
    notes: Mapping[str, tuple[str, str]]  # what was written and when, by its digest
    not_before: Mapping[tuple[int, str], datetime]

    def dossier(self) -> Dossier:
        folded, now = self.folded, self.now
        numbered = cast("dict[int, Row]", folded.stays)
        stays = tuple(_stay(number, row) for number, row in sorted(numbered.items()))
        whole = replace(
            now,
            digest=self.workflow.digest,
            state=folded.state,
            stay=folded.stay,
            entered_at=to_instant(folded.entered_at),
            closed_at=now.closed_at if folded.closed else None,
            facts=dict(folded.facts),
            stays=stays,
            pauses=tuple(_pause(row) for row in folded.pauses),
            records=self._records(),
            dates=dict(sorted(self._dates())),
            waivers={each.requirement: each for each in self._waivers()},
            timers=self._timers(folded.stay),
            earlier={s: self._timers(s) for s in self._interrupted(stays)} or EMPTY_TIMERS,
            partnership=folded.partnership,
            former=Former(
                ended=tuple(e for e in now.former.ended if e.number < folded.partnership),
                waivers=tuple(
                    each for each in now.former.waivers if each.partnership < folded.partnership
                ),
            ),
            void=folded.void,
        )
        return parted(self.workflow, whole)

    def _interrupted(self, stays: tuple[Stay, ...]) -> tuple[int, ...]:
        """The stay to which a paused case may come back."""
        states = self.workflow.states
        if not states[self.folded.state].pauses:
            return ()
        # A state of long ago may be gone from the definition: it was no pause if it ended so.
        known = (s for s in stays if s.state in states)
        return tuple(s.number for s in known if not states[s.state].pauses)[-1:]

    def _records(self) -> dict[str, tuple[RecordVersion, ...]]:
        found: dict[str, list[RecordVersion]] = {}
        for records in (self.now.former.records, self.now.records):
            for name, versions in records.items():
                for version in versions:
                    if (name, version.number) in self.folded.records:
                        found.setdefault(name, []).append(self._version(name, version))
        return {
            name: tuple(sorted(versions, key=lambda each: each.number))
            for name, versions in sorted(found.items())
        }

    def _version(self, name: str, version: RecordVersion) -> RecordVersion:
        known = cast("dict[tuple[str, int, str, str], Row]", self.folded.signatures)
        signed = [
            Signature(role, str(row[0]), date.fromisoformat(str(row[1])), centre)
            for (record, number, role, centre), row in known.items()
            if (record, number) == (name, version.number)
        ]
        signed.sort(key=lambda each: (each.signed_on, each.role, each.centre))
        void = version.void if (name, version.number) in self.folded.voided else ""
        return replace(version, void=void, signatures=tuple(signed))

    def _dates(self) -> Iterable[tuple[str, MilestoneDates]]:
        known = cast("dict[tuple[str, int], Row]", self.folded.dates)
        for (name, partnership), row in known.items():
            if partnership == self.folded.partnership:
                yield name, _milestone(row)

    def _waivers(self) -> Iterable[Waiver]:
        known = cast("dict[tuple[str, int], Row]", self.folded.waivers)
        for (name, partnership), row in sorted(known.items()):
            by, role, proof = map(str, row)
            stands = self.now.waivers.get(name)
            if partnership != self.folded.partnership:
                continue
            if stands is not None and digest(stands.reason) == proof:
                yield stands
            else:
                reason, at = self.notes[proof]
                yield Waiver(name, by, role, reason, to_instant(at), partnership)

    def _timers(self, stay: int) -> tuple[Timer, ...]:
        known = cast("dict[tuple[int, str], Row]", self.folded.timers)
        found = (self._timer((s, key), row) for (s, key), row in known.items() if s == stay)
        return tuple(sorted(found, key=lambda each: (each.ladder, each.rung, each.occurrence)))

    def _timer(self, place: tuple[int, str], row: Row) -> Timer:
        ladder, rung, occurrence = place[1].rsplit("/", 2)
        due_at, graced, settled_at, outcome = row
        return Timer(
            ladder,
            rung,
            int(occurrence),
            to_instant(str(due_at)),
            to_optional_instant(cast("str | None", settled_at)),
            str(outcome),
            graced=bool(graced),
            not_before=self.not_before.get(place),
        )


def _stay(number: int, row: Row) -> Stay:
    state, entered_at, left_at, partnership = row
    left = to_optional_instant(cast("str | None", left_at))
    return Stay(number, str(state), to_instant(str(entered_at)), left, cast(int, partnership))


def _pause(row: Row) -> Pause:
    began_on, ended_on = row
    return Pause(date.fromisoformat(str(began_on)), to_optional_day(cast("str | None", ended_on)))


def _milestone(row: Row) -> MilestoneDates:
    baseline, forecast, actual, moved_to, reason, *agreed = row
    return MilestoneDates(
        baseline=to_optional_day(cast("str | None", baseline)),
        forecast=to_optional_day(cast("str | None", forecast)),
        actual=to_optional_day(cast("str | None", actual)),
        moved_to=to_optional_day(cast("str | None", moved_to)),
        reason=str(reason),
        agreed=bool(agreed),
    )
