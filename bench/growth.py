"""Whether each of ten thousand pairs costs more than each of a hundred."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial

from bench.asked import Asked
from bench.figures import Figure, at_most, cost, figure, middle, span, times
from bench.places import in_memory
from bench.scene import NOW, scene, step
from engine.model.dossier import CaseId
from runtime.clock import VirtualClock
from runtime.wiring import Runtime
from runtime.workers.compose import compose_owed
from runtime.workers.sweep import sweep

_FEW, _MANY = 100, 10_000
_MOST = 1.2
_KINDS = ("transition", "family swept", "letter composed")
_STEPS = 20
_LATER = NOW + timedelta(days=1)


def growth(asked: Asked) -> Iterator[Figure]:
    """Steps, families swept and letters composed, by turns of the few and of the many."""
    taken: dict[str, list[tuple[float, float]]] = {what: [] for what in _KINDS}
    with in_memory() as memory:
        few, many = (scene(memory, count) for count in (_FEW, _MANY))
        with many.opened(VirtualClock(NOW)) as large:
            for number in range(asked.rounds + 1):
                chosen = many.pairs[number * _STEPS :][:_STEPS]
                with few.copy(memory).opened(VirtualClock(NOW)) as small:
                    for pairs in zip(chosen, few.pairs, strict=False):
                        taken["transition"].append((_step(large, pairs[0]), _step(small, pairs[1])))
                    for what, *seconds in zip(_KINDS[1:], _day(large), _day(small), strict=True):
                        taken[what].append((seconds[0], seconds[1]))
    for what in _KINDS:
        yield _line(what, taken[what][1:])


def _line(what: str, taken: list[tuple[float, float]]) -> Figure:
    large, small = (middle(each[place] for each in taken) for place in (0, 1))
    return figure(
        f"{what}, of {_MANY:,} pairs beside {_FEW}, processor",
        at_most(_MOST, large / small, times),
        ratio=times(large / small),
        of_many=span(large),
        of_few=span(small),
    )


def _step(runtime: Runtime, pair: CaseId) -> float:
    return cost(partial(step, runtime, pair)).cpu


def _day(runtime: Runtime) -> tuple[float, float]:
    """One batch of the sweep a day later, then of its letters; the clock goes back for steps."""
    later = replace(runtime, clock=VirtualClock(_LATER))
    return (
        _each(lambda: sweep(later, stop=_after_one()).families),
        _each(lambda: compose_owed(later, stop=_after_one()).composed),
    )


def _after_one() -> Callable[[], bool]:
    waiting = iter((False,))
    return lambda: next(waiting, True)


def _each(work: Callable[[], int]) -> float:
    """Seconds of processor time of each piece of some work that says how many it did."""
    done: list[int] = []
    taken = cost(lambda: done.append(work()))
    return taken.cpu / done[0]
