"""What was measured, in lines that a person can compare: figures, a goal, and whether it is met."""

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

_UNITS = ((1.0, "s"), (1e-3, "ms"), (1e-6, "us"))
_MANY = 1000


@dataclass(frozen=True, slots=True)
class Goal:
    """What was hoped for, and whether it was reached."""

    said: str
    met: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """One line: what was measured, the figures of it by name, and what was hoped for."""

    what: str
    shown: tuple[tuple[str, str], ...]
    goal: Goal | None = None


@dataclass(frozen=True, slots=True)
class Cost:
    """What some work took: seconds of wall clock, and of processor, whatever it waited for."""

    wall: float
    cpu: float


def figure(what: str, goal: Goal | None = None, /, **shown: str) -> Figure:
    return Figure(what, tuple(shown.items()), goal)


def at_least(limit: float, value: float, said: Callable[[float], str] = str) -> Goal:
    return Goal(f"at least {said(limit)}", value >= limit)


def at_most(limit: float, value: float, said: Callable[[float], str] = str) -> Goal:
    return Goal(f"at most {said(limit)}", value <= limit)


def cost(work: Callable[[], object]) -> Cost:
    """Do some work, and say what it took."""
    begun, used = time.perf_counter(), time.process_time()
    work()
    return Cost(time.perf_counter() - begun, time.process_time() - used)


def middle(values: Iterable[float]) -> float:
    return statistics.median(values)


def span(seconds: float) -> str:
    """Seconds in the unit in which a person reads them."""
    unit, name = next((each for each in _UNITS if seconds >= each[0]), _UNITS[-1])
    count = seconds / unit
    return f"{count:,.0f} {name}" if count >= _MANY else f"{count:.3g} {name}"


def times(ratio: float) -> str:
    return f"{ratio:.2f}x"


def rate(count: int, seconds: float) -> str:
    return f"{count / seconds:,.0f}/s"
