"""What an act would bring about: the same decisions, told and not written."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal, TypeVar

from engine.model.decision import Decision
from engine.model.definition import Workflow
from engine.model.dossier import CaseId, Dossier, Timer
from engine.model.family import Family
from engine.model.outcomes import Refusal, Unmet
from engine.model.plan import Plan
from engine.model.putting_right import Cause
from runtime.families import Families
from runtime.queries.letters_to_come import LetterToCome, letters_to_come, withdrawn
from runtime.queries.notes import Noted, named, noted, title_of
from runtime.wiring import Runtime
from storage.database.transactions import reading

T = TypeVar("T")
Change = Literal["armed", "moved", "settled"]


@dataclass(frozen=True, slots=True)
class StateChange:
    """A case that would move on."""

    case: str
    left: str
    entered: str


@dataclass(frozen=True, slots=True)
class DateChange:
    """A day of a milestone that would be another one, or would be known."""

    case: str
    milestone: str
    life: Literal["baseline", "forecast", "actual"]
    before: date | None
    after: date | None


@dataclass(frozen=True, slots=True)
class CaseChange:
    """A case that would be opened, or closed, with the state it stands in then."""

    case: str
    workflow: str
    state: str


@dataclass(frozen=True, slots=True)
class TimerChange:
    """A timer that would be armed, moved, or settled (then with how it ends)."""

    case: str
    timer: str
    change: Change
    due_before: datetime | None
    due_at: datetime
    outcome: str
    what: str = ""  # what it is about, by the title of its ladder


@dataclass(frozen=True, slots=True)
class EntryChange:
    """A centre or a person that would be entered: added, changed, dead, away, back or unchanged."""

    key: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Preview:
    """All that would follow from an act, if it were not only tried."""

    noted: tuple[Noted, ...] = ()
    states: tuple[StateChange, ...] = ()
    opened: tuple[CaseChange, ...] = ()
    closed: tuple[CaseChange, ...] = ()
    void: tuple[CaseChange, ...] = ()  # cases that would count for nothing, closed ones too
    dates: tuple[DateChange, ...] = ()
    letters: tuple[LetterToCome, ...] = ()
    timers: tuple[TimerChange, ...] = ()
    warnings: tuple[Unmet, ...] = ()
    entries: tuple[EntryChange, ...] = ()
    withdrawn: tuple[LetterToCome, ...] = ()  # letters owed that would not be sent


def preview(runtime: Runtime, case_id: CaseId, *events: Cause) -> Preview | Refusal:
    """What events of one case would bring about, one after the other, or why one is refused.

    Nothing is locked and nothing is written.
    """
    plans: list[Plan] = []
    gone: list[LetterToCome] = []
    with reading(runtime.database) as session:
        families = Families(session, runtime, runtime.clock())
        family = families.look(case_id)
        for event in events:
            outcome = families.decide(family, event, case_id)
            if isinstance(outcome, Refusal):
                return outcome
            plans += outcome.plans
            gone += (withdrawn(each, outcome) for each in outcome.ended.values())
            family = _next(outcome)
    return replace(preview_of(plans, runtime.workflow), withdrawn=tuple(gone))


def tried(runtime: Runtime, act: Callable[[Runtime], T]) -> tuple[T, Preview]:
    """What a use case answers and what would follow from it; of its transaction nothing is kept.

    For acts that write more than events of one case. They lock what they lock when they are done.
    """
    plans: list[Plan] = []
    trying = replace(runtime.only_tried(), witness=lambda plan, _before: plans.append(plan))
    outcome = act(trying)
    return outcome, preview_of(plans, runtime.workflow)


def preview_of(plans: Iterable[Plan], workflows: Callable[[str], Workflow]) -> Preview:
    """What plans change together: of each case from before the first to after the last.

    ``workflows`` gives a definition by its digest.
    """
    changed: dict[str, _Changed] = {}
    letters: list[LetterToCome] = []
    warnings: list[Unmet] = []
    parties: list[Noted] = []
    for plan in plans:
        known = changed.setdefault(plan.before.reference, _Changed(plan.before, plan.after))
        known.take(plan)
        parties += named(plan)
        letters += letters_to_come(plan)
        warnings += plan.warnings
    cases = tuple(changed.values())
    return Preview(
        noted=(*parties, *(each for case in cases for each in noted(case.before, case.after))),
        states=tuple(change for each in cases for change in each.states()),
        opened=tuple(each.line() for each in cases if each.is_new),
        closed=tuple(each.line() for each in cases if each.is_closed and not each.is_void),
        void=tuple(each.line() for each in cases if each.is_void),
        dates=tuple(change for each in cases for change in each.dates()),
        letters=tuple(letters),
        timers=tuple(
            change for each in cases for change in each.timers(workflows(each.after.digest))
        ),
        warnings=tuple(warnings),
    )


@dataclass(slots=True)
class _Changed:
    """One case before and after all that happens to it, and its timers by stay and key."""

    before: Dossier
    after: Dossier
    was: dict[tuple[int, str], Timer] = field(default_factory=dict)
    now: dict[tuple[int, str], Timer] = field(default_factory=dict)

    def take(self, plan: Plan) -> None:
        self.after = plan.after
        stays = {**plan.before.earlier, plan.before.stay: plan.before.timers}
        for stay, timers in stays.items():
            for timer in timers:
                if (stay, timer.key) not in self.now:
                    self.was.setdefault((stay, timer.key), timer)
        if plan.restores:
            self._restore(plan)
        for timer in plan.timers.settled:
            self.now[plan.left_stay, timer.key] = timer
        for timer in (*plan.timers.moved, *plan.timers.armed):
            self.now[plan.stay, timer.key] = timer

    def _restore(self, plan: Plan) -> None:
        """What is armed again, and what was armed and is so no more or at another moment."""
        for stay, timers in {plan.stay: plan.after.timers, **plan.after.earlier}.items():
            for timer in timers:
                known = self.was.get((stay, timer.key))
                if timer.settled_at is None or known not in {None, timer}:
                    self.now[stay, timer.key] = timer

    @property
    def is_new(self) -> bool:
        return not self.before.version

    @property
    def is_closed(self) -> bool:
        return self.after.closed_at is not None and self.before.closed_at is None

    @property
    def is_void(self) -> bool:
        return self.after.void and not self.before.void

    def line(self) -> CaseChange:
        return CaseChange(self.after.reference, self.after.workflow, self.after.state)

    def states(self) -> Iterator[StateChange]:
        if not self.is_new and self.before.state != self.after.state:
            yield StateChange(self.after.reference, self.before.state, self.after.state)

    def dates(self) -> Iterator[DateChange]:
        reference = self.after.reference
        for name in {**self.before.dates, **self.after.dates}:
            before, after = self.before.dates.get(name), self.after.dates.get(name)
            for life in _LIVES:
                known, then = getattr(before, life, None), getattr(after, life, None)
                if then != known:
                    yield DateChange(reference, name, life, known, then)

    def timers(self, workflow: Workflow) -> Iterator[TimerChange]:
        states = {each.number: each.state for each in (*self.before.stays, *self.after.stays)}
        for place, now in self.now.items():
            was, settled = self.was.get(place), now.settled_at is not None
            due_before = was.due_at if was is not None and was.settled_at is None else None
            change: Change = "settled" if settled else "armed" if due_before is None else "moved"
            if settled or due_before != now.due_at:
                what = title_of(workflow, states.get(place[0], self.after.state), now.ladder)
                outcome = now.outcome if settled else ""
                days = (due_before, now.due_at, outcome)
                yield TimerChange(self.after.reference, now.key, change, *days, what)


_LIVES: tuple[Literal["baseline", "forecast", "actual"], ...] = ("baseline", "forecast", "actual")


def _next(decision: Decision) -> Family:
    """The family after it; what it knew of the others is asked anew, it may have changed that."""
    return replace(decision.after, others={})
