"""What a forecast tells: letters, flags, states, and dates at risk."""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class ForetoldLetter:
    """A letter to come; ``end`` is ``accepted``, or why it will not go out."""

    at: datetime
    pair: str  # or the child it concerns
    letter: str
    audience: str
    to: str  # the name of a person; empty when there is none
    why: str
    end: str
    reason: str


@dataclass(frozen=True, slots=True)
class ForetoldFlag:
    at: datetime
    pair: str
    flag: str
    severity: str
    cause: str


@dataclass(frozen=True, slots=True)
class ForetoldState:
    at: datetime
    case: str
    left: str
    entered: str


@dataclass(frozen=True, slots=True)
class ForetoldDate:
    """A milestone that moves, or whose day goes by without its having happened."""

    case: str
    milestone: str
    forecast_on: date
    moves_to: date | None  # None: it goes by


@dataclass(slots=True)
class Future:
    """What happens until a moment if nobody acts."""

    until: datetime
    letters: list[ForetoldLetter] = field(default_factory=list)
    flags: list[ForetoldFlag] = field(default_factory=list)
    states: list[ForetoldState] = field(default_factory=list)
    dates: list[ForetoldDate] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
