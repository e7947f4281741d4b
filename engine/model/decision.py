"""Decision: all that follows from an event, in every case of a family."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.model.family import Family, Letter
from engine.model.plan import Plan


@dataclass(frozen=True, slots=True)
class Decision:
    """All that follows for a family, to be written together or not at all (P1).

    ``plans`` are the steps of its cases in the order in which they were taken, the first one that
    of the event itself unless nothing changed there. ``letters`` are those it owes now;
    ``ended`` are letters owed before that end with it, by number. ``frees`` names the workflows in
    which a place became free: families that wait for one are to be decided next, each in a
    transaction of its own, in the order of their numbers.
    """

    outcome: Plan
    before: Family
    after: Family
    plans: tuple[Plan, ...] = ()
    letters: tuple[Letter, ...] = ()
    ended: Mapping[int, Letter] = field(default_factory=dict)
    frees: frozenset[str] = frozenset()
    withdrawn: frozenset[int] = frozenset()  # messages that are not to be sent any more
    along: bool = False  # it was taken by one command with the one before it
