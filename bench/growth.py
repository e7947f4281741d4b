"""Whether each of ten thousand pairs costs more than each of a hundred."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from bench.asked import Asked
from bench.figures import Figure, at_most, cost, figure, middle, span, times
from bench.places import in_memory
from bench.scene import NOW, Scene, scene, step
from runtime.clock import VirtualClock
from runtime.workers.compose import compose_owed
from runtime.workers.sweep import sweep

_FEW, _MANY = 100, 10_000
_MOST = 1.2
_STEPS = 60
_KINDS = ("transition", "family swept", "letter composed")


def growth(_: Asked) -> Iterator[Figure]:
    """Steps of some pairs, then a day's timers and letters of all, per pair and by processor."""
    with in_memory() as memory:
        few, many = (_taken(scene(memory, count)) for count in (_FEW, _MANY))
    for what, small, large in zip(_KINDS, few, many, strict=True):
        yield figure(
            f"{what}, of {_MANY:,} pairs beside {_FEW}, processor",
            at_most(_MOST, large / small, times),
            ratio=times(large / small),
            of_many=span(large),
            of_few=span(small),
        )


def _taken(made: Scene) -> tuple[float, float, float]:
    clock = VirtualClock(NOW)
    with made.opened(clock) as runtime:
        steps = [cost(partial(step, runtime, pair)).cpu for pair in made.pairs[:_STEPS]]
        clock.move_to(NOW + timedelta(days=1))
        sweeping = cost(partial(sweep, runtime)).cpu / (len(made.pairs) - _STEPS)
        counted: list[int] = []
        composing = cost(lambda: counted.append(compose_owed(runtime).composed)).cpu
    return middle(steps[10:]), sweeping, composing / counted[0]
