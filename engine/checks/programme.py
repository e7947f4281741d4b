"""The checks on a case among the programme's others: places, dates, load."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from engine.checks.ask import lacks
from engine.dates.anchors import Clockwork, agreed_day, day_of, rule_day, target_day
from engine.dates.view import View
from engine.model.check import NOTHING, Check, Lack
from engine.model.dossier import NO_DATES, Person
from engine.time.spans import Span
from engine.time.windows import When

PLACES = frozenset({"places"})
LOAD = frozenset({"load"})


@dataclass(frozen=True, slots=True)
class WithinCapacity:
    """The programme has a place left (B-02)."""

    places: int
    reads: ClassVar[frozenset[str]] = PLACES

    def lacks(self, view: View) -> tuple[Lack, ...]:
        taken = view.dossier.of_others("places").active
        if taken < self.places:
            return ()
        return (Lack(f"{taken} of {self.places} places are taken"),)

    def paths(self) -> tuple[str, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class OneAtATime:
    """The centre on this side is in no other active case (B-01)."""

    side: str
    reads: ClassVar[frozenset[str]] = PLACES

    def lacks(self, view: View) -> tuple[Lack, ...]:
        held = view.dossier.of_others("places").holding.get(self.side, ())
        name = view.dossier.party_of(self.side).name
        return (Lack(f"{name} is already in {', '.join(held)}"),) if held else ()

    def paths(self) -> tuple[str, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class OneQuestion:
    """The centre on this side is asked for no other case, and is in no other active one (B-01)."""

    side: str
    reads: ClassVar[frozenset[str]] = PLACES

    def lacks(self, view: View) -> tuple[Lack, ...]:
        others, name = view.dossier.of_others("places"), view.dossier.party_of(self.side).name
        held = others.holding.get(self.side, ())
        asked = [each for each in others.asking.get(self.side, ()) if each not in held]
        found = (("is already in", held), ("is asked already in", asked))
        return tuple(Lack(f"{name} {said} {', '.join(there)}") for said, there in found if there)

    def paths(self) -> tuple[str, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class ForecastBy:
    """The forecast of a state is neither after a fixed day nor so many months on (F-18)."""

    state: str
    day: str | None = None
    months: int | None = None
    slack: int = 0  # days allowed beyond
    reads: ClassVar[frozenset[str]] = NOTHING

    def lacks(self, view: View) -> tuple[Lack, ...]:
        forecast = target_day(view.workflow, view.dossier, self.state)
        title = view.workflow.state(self.state).title
        return tuple(
            Lack(f"{title} is forecast for {forecast}, the limit is {limit}")
            for limit in (day_of(self.day), self._months_after_start(view))
            if forecast and limit and forecast > limit + timedelta(days=self.slack)
        )

    def _months_after_start(self, view: View) -> date | None:
        if self.months is None:
            return None
        rule = When(view.workflow.start_anchor, Span(months=self.months))
        return rule_day(Clockwork(view.workflow, view.dossier), rule)

    def paths(self) -> tuple[str, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class LoadWithin:
    """Nobody in a role has more visits or dated meetings in a week than they can do (F-20)."""

    role: str
    visits: int
    meetings: int
    reads: ClassVar[frozenset[str]] = LOAD

    def lacks(self, view: View) -> tuple[Lack, ...]:
        people = view.dossier.people_as(self.role)
        return tuple(lack for each in people for lack in self._too_much(view, each))

    def _too_much(self, view: View, one: Person) -> Iterator[Lack]:
        """The weeks to come in which one person has too much: loads of two never add up."""
        visits: Counter[tuple[int, int]] = Counter()
        meetings: Counter[tuple[int, int]] = Counter()
        dated = view.dossier.of_others("load").dated
        others = (each for each in dated if (each.role, each.person) == (self.role, one.key))
        for kind, on in (*((d.kind, d.on) for d in others), *_meetings(view)):
            week = on.isocalendar()[:2]
            meetings[week] += 1
            visits[week] += kind == "visit"
        for week, number in sorted(meetings.items()):
            too_much = visits[week] > self.visits or number > self.meetings
            if too_much and week >= view.today.isocalendar()[:2]:
                said = f"{number} dated meetings, {visits[week]} of them visits,"
                yield Lack(f"{one.name} has {said} in week {week[1]} of {week[0]}")

    def paths(self) -> tuple[str, ...]:
        return ()


def _meetings(view: View) -> tuple[tuple[str, date], ...]:
    return tuple(
        (state.meets, day)
        for state in view.workflow.states.values()
        if state.meets and (day := _meets_on(view, state.name))
    )


def _meets_on(view: View, state: str) -> date | None:
    """The day of a meeting: when it was held, else for when it is agreed (a plan is no load)."""
    known = view.dossier.dates.get(state, NO_DATES)
    return known.actual or agreed_day(view.workflow, view.dossier, state)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of several checks is met; lacking, it names what each of them lacks."""

    of: tuple[Check, ...]

    @property
    def reads(self) -> frozenset[str]:
        return NOTHING.union(*(check.reads for check in self.of))

    def lacks(self, view: View) -> tuple[Lack, ...]:
        lacking = [lacks(check, view) for check in self.of]
        if not all(lacking):
            return ()
        owners = {lack.owner for each in lacking for lack in each}
        owner = owners.pop() if len(owners) == 1 else None
        detail = "; or ".join(", ".join(lack.detail for lack in each) for each in lacking)
        return (Lack(detail, owner),)

    def paths(self) -> tuple[str, ...]:
        return tuple(path for check in self.of for path in check.paths())
