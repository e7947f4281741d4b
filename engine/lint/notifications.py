"""What a state's ladders do by themselves: the rungs that tell somebody, and those that move on."""

from dataclasses import dataclass, replace

from engine.errors import DefinitionError
from engine.letters.ladders import GRACE
from engine.lint.alternatives import Moves, leave_for_sure, moves
from engine.lint.certainty import Certainty
from engine.lint.date_order import Dated, apart, resolve
from engine.lint.presence import Presence
from engine.model.definition import STAY, SYSTEM, Ladder, Rung, State, Transition, Workflow
from engine.time.date_rules import ENTRY

_START = Dated(ENTRY)


@dataclass(frozen=True, slots=True)
class Mark:
    """A rung on the line of days that begins when its state is entered.

    ``days`` are the dates of which it comes on the latest; empty when a date is not sure to be
    known, or may lie ahead. ``sure``: nothing but a person can keep it from taking effect.
    """

    ladder: Ladder
    number: int
    days: tuple[Dated, ...]
    sure: bool
    steps: tuple[Transition, ...] = ()  # what it fires may leave the stay by
    heard: bool = True  # somebody it writes to is there for sure

    @property
    def rung(self) -> Rung:
        return self.ladder.rungs[self.number]

    @property
    def latest(self) -> int:
        """At most so many days after the entry: the anchors lie on that day, or before."""
        return max((day.longest for day in self.days if day.longest > 0), default=0)

    @property
    def earliest(self) -> int:
        """At least so many; what hangs on an anchor may be overdue at once."""
        return max((day.shortest for day in self.days if day.anchor == ENTRY), default=0)

    def is_after(self, other: "Mark") -> bool:
        """Whether it surely comes on a later day than another, whose days are known."""
        return all(
            any(_fewest(self, mine, other, theirs) > 0 for mine in self.days)
            for theirs in other.days
        )

    def days_after(self, other: "Mark") -> int:
        """At most so many days after another, if it comes after it."""
        return max((_most(self, mine, other) for mine in self.days), default=0)


def marks(workflow: Workflow, state: State, certainty: Certainty) -> tuple[Mark, ...]:
    steps = moves(workflow)
    who = Presence(workflow)
    found: list[Mark] = []
    for ladder in state.ladders:
        on_it = [
            Mark(
                ladder,
                number,
                _days(workflow, state, rung, certainty),
                sure=False,
                heard=who.is_heard(state.name, rung.to),
            )
            for number, rung in enumerate(ladder.rungs)
        ]
        found.extend(_settled(mark, on_it, _fired(state, mark.rung, steps)) for mark in on_it)
    return tuple(found)


def _fired(state: State, rung: Rung, steps: Moves) -> tuple[Transition, ...]:
    return steps.get((state.name, rung.fire), ()) if rung.fire is not None else ()


def _settled(mark: Mark, on_it: list[Mark], tried: tuple[Transition, ...]) -> Mark:
    """The same mark with what is known once its whole ladder is."""
    rung, ladder = mark.rung, mark.ladder
    if rung.fire is not None:
        # A step that stays tells nobody for sure, and moves nothing on.
        leaving = tuple(step for step in tried if SYSTEM in step.by and step.target != STAY)
        sure = ladder.unmet is None and leave_for_sure(tried) and bool(mark.days)
        return replace(mark, sure=sure, steps=leaving)
    sure = ladder.unmet is None and _tells(mark) and bool(mark.days) and _is_heard(mark, on_it)
    return replace(mark, sure=sure)


def _tells(mark: Mark) -> bool:
    rung = mark.rung
    return rung.letter is not None and bool(rung.to) and rung.fire is None and mark.heard


def _is_heard(mark: Mark, on_it: list[Mark]) -> bool:
    """Whether no higher rung that tells nobody can supersede it by coming due in the same beat."""
    higher = [each for each in on_it[mark.number + 1 :] if not _tells(each)]
    return not mark.ladder.highest_only or all(_leaves_be(other, mark) for other in higher)


def _leaves_be(other: Mark, mark: Mark) -> bool:
    is_clear = all(day.anchor == ENTRY for day in mark.days) or other.earliest > 0
    return is_clear and other.is_after(mark) and mark.rung.every is None


def _days(workflow: Workflow, state: State, rung: Rung, certainty: Certainty) -> tuple[Dated, ...]:
    try:
        hung = resolve(rung.at, state.window)
        days = tuple(each for day in hung for each in _planned(workflow, day))
    except DefinitionError:
        return ()
    if not all(
        day.anchor == ENTRY or certainty.is_past(workflow.name, state.name, day.anchor)
        for day in days
    ):
        return ()
    return (*days, _START.then(GRACE)) if rung.above else days


def _planned(workflow: Workflow, day: Dated) -> tuple[Dated, ...]:
    """A day that hangs on the plan of another state, hung on what that plan hangs on.

    Nobody moves the plan by hand: that is beyond what is promised.
    """
    anchor = workflow.anchors.get(day.anchor)
    source = anchor.sources[0] if anchor is not None and len(anchor.sources) == 1 else None
    state = workflow.states.get(source.of) if source is not None else None
    if source is None or source.kind != "forecast" or state is None or state.window is None:
        return (day,)
    found = resolve(state.window.target, state.window)
    if state.agreed is not None or any(each.anchor == ENTRY for each in found):
        return (day,)
    return tuple(Dated(each.anchor, (*each.spans, *day.spans)) for each in found)


def _fewest(mark: Mark, mine: Dated, other: Mark, theirs: Dated) -> int:
    gap = _between(mark, mine, other, theirs)
    return 0 if gap is None else gap[0]


def _most(mark: Mark, mine: Dated, other: Mark) -> int:
    skew = int(mark.ladder.calendar != other.ladder.calendar)
    gaps = (_between(mark, mine, other, theirs) for theirs in other.days)
    by_anchor = (gap[1] for gap in gaps if gap is not None)
    return min(mine.longest - other.earliest + skew, *by_anchor, mine.longest + skew)


def _between(mark: Mark, mine: Dated, other: Mark, theirs: Dated) -> tuple[int, int] | None:
    """The days from one to the other; centres differ in their holidays and, by one, in the day."""
    if mark.ladder.calendar == other.ladder.calendar:
        return apart(theirs, mine)
    if theirs.anchor != mine.anchor:
        return None
    return mine.shortest - theirs.longest - 1, mine.longest - theirs.shortest + 1
