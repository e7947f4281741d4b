"""Firing what is due in a family until nothing is; after a downtime each person hears once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from engine.decide.decide import decide
from engine.errors import ProjectError
from engine.model.decision import Decision
from engine.model.dossier import CaseId, Dossier, PersonId
from engine.model.family import Due, Family, Letter
from engine.model.outcomes import Refusal, TimersDue
from engine.model.plan import Plan
from engine.model.reasons import rank

_ROUNDS = 200  # beats of one family in one catch-up: a chain of windows long past
_DOWNTIME = "superseded: downtime"


class StuckTimerError(ProjectError):
    """A timer that fired is due still: it would fire for ever."""


@dataclass(frozen=True, slots=True)
class Downtime:
    """When the engine was down last, and how late a timer may be while it is only busy.

    ``closes`` is when the working hours of whoever is written to end, on their own clocks: in the
    evening nobody is asked any more. None where letters come at every hour.
    """

    began_at: datetime
    ended_at: datetime
    patience: timedelta
    closes: time | None = None

    def missed(self, due_at: datetime, now: datetime) -> bool:
        """Whether a timer came due while the engine was down, not merely a beat ago."""
        return self.began_at <= due_at <= self.ended_at and now - due_at > self.patience


def fire(family: Family, now: datetime, downtime: Downtime | None = None) -> Decision | None:
    """All that follows from what is due, round after round; None when nothing is.

    Pure, as ``decide``. StuckTimerError: a timer that fired is due still.
    """
    work = _Firing(family, now, downtime)
    for _ in range(_ROUNDS):
        due = work.family.due(now)
        if not due:
            break
        work.fire(due[0])
    return work.decision(family)


class _Firing:
    """Rounds of one family so far."""

    def __init__(self, family: Family, now: datetime, downtime: Downtime | None) -> None:
        self.family, self.now, self.downtime = family, now, downtime
        self.rounds: list[Decision] = []
        self.catches_up = False

    def fire(self, due: Due) -> None:
        late = frozenset(timer.key for timer in due.timers if self._is_late(timer.due_at))
        down = self.downtime if late else None
        event = TimersDue(
            tuple(timer.key for timer in due.timers),
            late_since=None if down is None else down.began_at,
            late=late,
            closes=None if down is None else down.closes,
        )
        decision = decide(self.family, event, self.now, on=due.case_id)
        if isinstance(decision, Refusal):  # nothing a timer does is asked for: it cannot be refused
            raise StuckTimerError(f"timers of {due.case_id} were refused")
        self._refuse_stuck(due, decision)
        self.catches_up = self.catches_up or bool(late) or _ends_a_grace(decision.outcome)
        self.rounds.append(decision)
        self.family = decision.after

    def _is_late(self, due_at: datetime) -> bool:
        return self.downtime is not None and self.downtime.missed(due_at, self.now)

    def _refuse_stuck(self, due: Due, decision: Decision) -> None:
        still = {
            timer.key
            for each in decision.after.due(self.now)
            if each.case_id == due.case_id
            for timer in each.timers
        }
        stuck = [timer.key for timer in due.timers if timer.key in still]
        if stuck and decision.after.cases[due.case_id] == self.family.cases[due.case_id]:
            where = self.family.cases[due.case_id].reference
            raise StuckTimerError(f"firing {', '.join(stuck)} of {where} changed nothing")

    def decision(self, before: Family) -> Decision | None:
        if not self.rounds:
            return None
        whole = Decision(
            outcome=self.rounds[0].outcome,
            before=before,
            after=self.family,
            plans=tuple(plan for each in self.rounds for plan in each.plans),
            letters=tuple(letter for each in self.rounds for letter in each.letters),
            frees=frozenset().union(*(each.frees for each in self.rounds)),
        )
        return _one_letter_each(whole, self.now) if self.catches_up else whole


def _ends_a_grace(outcome: Plan) -> bool:
    """Whether escalations speak that a downtime held back: of a family they end all at once."""
    return any(timer.graced for timer in outcome.timers.settled)


def _one_letter_each(decision: Decision, now: datetime) -> Decision:
    """Of the letters that a catch-up owes, each person keeps the gravest, of these the last (P5).

    Reminders that were owed before it, and not yet written, give way as well. Letters of what a
    person did at that very moment stay.
    """
    cases = decision.after.cases
    owed = sorted(
        decision.after.owed(), key=lambda letter: (_gravity(letter, cases), letter.number)
    )
    kept: dict[PersonId, int] = {
        letter.owed.person: letter.number
        for letter in owed
        if letter.owed_at == now and letter.owed.person is not None
    }
    fresh = {letter.number for letter in decision.letters}
    gone = {
        letter.number: replace(letter, state="superseded", reason=_DOWNTIME)
        for letter in owed
        if (letter.number in fresh or letter.owed.ladder)
        and letter.owed.person is not None
        and kept.get(letter.owed.person, letter.number) != letter.number
    }
    return replace(
        decision,
        letters=tuple(gone.get(letter.number, letter) for letter in decision.letters),
        ended={number: letter for number, letter in gone.items() if number not in fresh},
        after=with_ends(decision.after, gone),
    )


def _gravity(letter: Letter, cases: Mapping[CaseId, Dossier]) -> int:
    """How grave the flag is that a letter tells of, or whose case owes it; else below all."""
    own = cases[letter.case_id].facts if letter.case_id in cases else {}
    return max(rank(facts.get("severity")) for facts in (letter.owed.facts, own))


def with_ends(family: Family, ends: dict[int, Letter]) -> Family:
    """The family with letters at their ends, by number."""
    if not ends:
        return family
    letters = {
        stay: tuple(ends.get(letter.number, letter) for letter in row)
        for stay, row in family.letters.items()
    }
    return replace(family, letters=letters)
