"""What people do in a rehearsal, told as a story: who does what in which state, and when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from types import MappingProxyType

from engine.places import NOWHERE, Place
from engine.time.spans import Span
from engine.time.windows import DateRule

TODAY = "today"
SOON = Span(days=3)


@dataclass(frozen=True, slots=True)
class Point:
    """A day or a value: ``today``, an anchor, a bound of a window, or, with a dot in it, a path."""

    of: str
    span: Span | None = None

    @property
    def is_path(self) -> bool:
        return "." in self.of


@dataclass(frozen=True, slots=True)
class Word:
    """A value found when the act is done: ``=target + P1D @10:00``, ``=record.roadmap.version``.

    Of several points the latest counts. A day that is reckoned (not copied) falls on a weekday;
    with ``at`` it becomes a moment.
    """

    points: tuple[Point, ...]
    at: time | None = None

    @property
    def is_copied(self) -> bool:
        """Whether the value is what its one point leads to, as it stands."""
        return len(self.points) == 1 and self.points[0].span is None and self.at is None


@dataclass(frozen=True, slots=True)
class File:
    """A record comes in."""

    record: str
    content: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Sign:
    record: str
    side: str


@dataclass(frozen=True, slots=True)
class Pull:
    """Somebody wants the case to go on; refused, they come back some days later."""

    trigger: str
    facts: Mapping[str, object]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Assign:
    """A free centre that fits takes a side of the case, with its people."""

    side: str


@dataclass(frozen=True, slots=True)
class Waive:
    """A requirement is set aside, when it is not met."""

    requirement: str
    reason: str


@dataclass(frozen=True, slots=True)
class Move:
    milestone: str
    to: Word
    reason: str


@dataclass(frozen=True, slots=True)
class Raise:
    flag: str
    reason: str
    severity: str | None = None


@dataclass(frozen=True, slots=True)
class Learn:
    """It becomes known that something about a centre has changed."""

    side: str
    facts: Mapping[str, object]


Deed = File | Sign | Pull | Assign | Waive | Move | Raise | Learn


@dataclass(frozen=True, slots=True)
class Act:
    """One thing one person does in a stay: what, who, when, and in which lives it happens."""

    name: str
    deed: Deed
    by: str  # a role
    at: DateRule | None = None  # not before this day
    within: Span = SOON  # how soon after it became possible
    after: tuple[str, ...] = ()  # acts of the same stay that come before
    only: tuple[str, ...] = ()  # turns of which one must be taken
    unless: tuple[str, ...] = ()  # turns of which none may be taken
    once: bool = False  # done, its turns are over
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Silence:
    """A role says nothing for a while from the day a state is entered."""

    role: str
    state: str
    lasts: Span


@dataclass(frozen=True, slots=True)
class Turn:
    """Something a life may take: acts of scenes are for those who take it, or for the others."""

    name: str
    share: float  # of the pairs
    slow: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))  # by role
    silence: Silence | None = None
    bounces: str = ""  # a role whose main address dies on the way
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class InventedCentre:
    name: str
    short_name: str
    city: str
    zone: str


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is invented: people of the office by role, functions in a team by side, centres."""

    office: Mapping[str, tuple[str, ...]]
    teams: Mapping[str, tuple[str, ...]]
    centres: tuple[InventedCentre, ...]
    invented_side: str
    matched_side: str
    facts: Mapping[str, object]  # of invented centres
    domain: str  # the fact of a pair that its matched centre must share
    country: str  # of invented centres
    pairs_each: int  # of one person of the office, where several are named


@dataclass(frozen=True, slots=True)
class Pace:
    """How mixed people are late: how often, and by how much at most."""

    late: float
    by: Span


@dataclass(frozen=True, slots=True)
class Story:
    """A programme's people as a rehearsal plays them."""

    programme: str
    workflow: str
    begins: date
    spread: Span  # over which the pairs begin
    before: Span  # from there to the start anchor of the last pair, at most
    rest: Span  # after the last month, for the last acts
    pace: Pace
    cast: Cast
    scenes: Mapping[str, Mapping[str, tuple[Act, ...]]]  # by workflow and state
    turns: Mapping[str, Turn]

    def scene(self, workflow: str, state: str) -> tuple[Act, ...]:
        return self.scenes.get(workflow, {}).get(state, ())
