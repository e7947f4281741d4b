"""The longest silence of each state: nobody acts, so after how many days is some person told?

What is promised holds as long as each audience has somebody who can be written to, while no more
than ten weekdays in a row of working days are holidays or closures, and the engine runs. Beyond it
are what people did: dates moved by hand, pauses and their ends, cases adopted half way, and steps
that a parent or a child tells.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from engine.checks.hierarchy import Lineage, lineage
from engine.lint.certainty import Certainty, certainty_of
from engine.lint.notifications import Mark, marks
from engine.lint.witnesses import Witness, witness
from engine.model.definition import RESUME, Effect, Ladder, Notify, State, Transition, Workflow
from engine.time.spans import longest_days

# Entered just after midnight, told at the hour letters are due: less than a day more.
_ROUNDING = 1


@dataclass(frozen=True, slots=True)
class Silence:
    """At most ``days`` calendar days until ``who`` is told, None when it may be for ever.

    ``who`` is empty where the case ends without a letter.
    """

    workflow: str
    state: str
    days: int | None
    who: tuple[str, ...]
    why: str
    witness: Witness | None = None  # how it comes to that; none where it may be for ever

    def __str__(self) -> str:
        where = f"{self.workflow}.{self.state}"
        if self.days is None:
            return f"{where}: silent for ever, {self.why}"
        days = f"{self.days} day{'' if self.days == 1 else 's'}"
        end = f"{', '.join(self.who)} is told" if self.who else "the case is over"
        return f"{where}: {days} until {end}, {self.why}"


@dataclass(frozen=True, slots=True)
class _Wait:
    days: int
    who: tuple[str, ...]
    why: str
    since: str = ""  # where its last stretch begins: the entry, a rung, another state


# Where a wait begins: at a telling, or, None, at the entry. A wait that is None never ends.
_Last = Mark | None


def silences(workflows: Mapping[str, Workflow]) -> tuple[Silence, ...]:
    """The longest silence of every open state, in the order of the definitions."""
    return _silences(lineage(workflows))


@lru_cache(maxsize=8)
def _silences(lines: Lineage) -> tuple[Silence, ...]:
    certainty = certainty_of(lines)
    found: list[Silence] = []
    for workflow in lines.workflows.values():
        quiet = _Quiet(workflow, certainty)
        found.extend(quiet.silence(state) for state in workflow.states.values() if not state.final)
    return tuple(found)


@dataclass(slots=True)
class _Quiet:
    """One workflow's states with what their ladders do by themselves."""

    workflow: Workflow
    certainty: Certainty
    _marks: dict[str, tuple[Mark, ...]] = field(default_factory=dict)
    _first: dict[str, _Wait | None] = field(default_factory=dict)
    _asked: set[str] = field(default_factory=set)

    def silence(self, state: State) -> Silence:
        """From the entry, and after each telling, to the next one: the longest of these."""
        tellings = [mark for mark in self._on(state) if _is_telling(mark)]
        waits = [self._first_wait(state.name), *(self._wait(state, last) for last in tellings)]
        longest = _longest(waits)
        if longest is None:
            return Silence(self.workflow.name, state.name, None, (), self._lack(state))
        is_led_on = longest.since in self.workflow.states
        passed = self.workflow.states.values() if is_led_on else (state,)
        guarded = (each for one in passed for each in one.ladders if each.unmet is not None)
        given = tuple(dict.fromkeys(ladder.name for ladder in guarded))
        shown = witness(longest.since, given, is_led_on=is_led_on)
        days = longest.days + _ROUNDING
        return Silence(self.workflow.name, state.name, days, longest.who, longest.why, shown)

    def _on(self, state: State) -> tuple[Mark, ...]:
        if state.name not in self._marks:
            self._marks[state.name] = marks(self.workflow, state, self.certainty)
        return self._marks[state.name]

    def _first_wait(self, name: str) -> _Wait | None:
        """From the entry of a state to the first telling, in it or further on."""
        if name in self._asked:
            return None  # round in a circle without a telling
        if name not in self._first:
            self._asked.add(name)
            self._first[name] = self._wait(self.workflow.state(name), None)
            self._asked.discard(name)
        return self._first[name]

    def _wait(self, state: State, last: _Last) -> _Wait | None:
        """From the entry or a telling to the next, wherever timers may have led until then."""
        on_it = self._on(state)
        following = [wait for mark in on_it if (wait := _until(mark, last)) is not None]
        soonest = min(following, key=lambda wait: wait.days, default=None)
        if soonest is None:
            return None
        tellings = [mark for mark in on_it if _is_telling(mark)]
        passed = [
            self._passed_on(mark, last, soonest.days)
            for mark in on_it
            if mark.steps and _may_intervene(mark, last, tellings)
        ]
        return _longest([*passed, soonest])

    def _passed_on(self, mark: Mark, last: _Last, at_most: int) -> _Wait | None:
        """The silence so far, and what it goes on for in the state that a timer leads to."""
        # A timer whose condition is met when it comes due may come back on any later day.
        days = min(at_most, _days_until(mark, last)) if mark.sure else at_most
        told = _Wait(0, mark.rung.to, _named(mark.ladder)) if mark.rung.letter else None
        there = told or _longest([self._after_step(mark.ladder, step) for step in mark.steps])
        if there is None:
            return None
        why = f"{there.why}, {_named(mark.ladder)} having led on"
        return _Wait(days + there.days, there.who, why, there.since)

    def _after_step(self, ladder: Ladder, step: Transition) -> _Wait | None:
        told = _told(step.effects)
        if step.target == RESUME and not told:
            return None  # back in a stay whose next telling may be any time off
        target = self.workflow.states.get(step.target)
        if told or target is None:
            return _Wait(0, told, f"by the step {step.trigger}")
        if target.final or _told(target.entry):
            return _Wait(0, _told(target.entry), f"at the entry of {target.name}")
        wait = self._first_wait(target.name)
        calendars = {each.calendar for each in (ladder, *target.ladders)}
        skew = int(len(calendars) > 1)
        since = wait.since or target.name if wait is not None else ""
        return None if wait is None else _Wait(wait.days + skew, wait.who, wait.why, since)

    def _lack(self, state: State) -> str:
        if any(mark.steps for mark in self._on(state)):
            return f"no telling is sure to come in {state.name}, or where its timers lead"
        return f"no telling is sure to come, and to be repeated, in {state.name}"


def _until(mark: Mark, last: _Last) -> _Wait | None:
    """The wait for a mark after the last telling, None when it is not sure to come then."""
    if not mark.sure:
        return None
    who = mark.rung.to if not mark.steps else ()
    every, days = mark.rung.every, _days_until(mark, last)
    since = "" if last is None else f"{last.ladder.name}.{last.rung.name}"
    if last is None or (mark.is_after(last) and (last.rung.every is None or mark.steps)):
        return _Wait(days, who, _named(mark.ladder), since)
    if every is None or mark.steps:
        return None
    return _Wait(max(days, longest_days(every)), who, _named(mark.ladder), since)


def _days_until(mark: Mark, last: _Last) -> int:
    return mark.latest if last is None else mark.days_after(last)


def _may_intervene(fire: Mark, last: _Last, tellings: list[Mark]) -> bool:
    """Whether a timer may move the case on after the last telling and before the next."""
    if fire.sure and last is not None and last.is_after(fire):
        return False
    return not any(
        fire.is_after(mark) and (last is None or mark.is_after(last)) for mark in tellings
    )


def _is_telling(mark: Mark) -> bool:
    return mark.sure and not mark.steps


def _told(effects: tuple[Effect, ...]) -> tuple[str, ...]:
    """Who is told for sure when these effects are applied."""
    letters: Iterator[Notify] = (e for e in effects if isinstance(e, Notify) and e.when is None)
    return tuple(dict.fromkeys(role for letter in letters for role in letter.to))


def _longest(waits: list[_Wait | None]) -> _Wait | None:
    known = [wait for wait in waits if wait is not None]
    return max(known, key=lambda wait: wait.days) if len(known) == len(waits) else None


def _named(ladder: Ladder) -> str:
    return f"by ladder {ladder.name}"
