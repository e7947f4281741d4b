"""The sweep of due timers: processor time of a family, a hundred in a commit and one."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from bench.asked import Asked
from bench.figures import Cost, Figure, cost, figure, middle, span, times
from bench.places import Folder, folder_on, in_memory
from bench.scene import NOW, Scene, scene
from runtime.clock import VirtualClock
from runtime.wiring import Runtime
from runtime.workers.sweep import sweep

_DUE = 200  # pairs, each with timers due
_ROUNDS = 5
_LATER = NOW + timedelta(days=1)


def sweeping(asked: Asked) -> Iterator[Figure]:
    """Everything due of two hundred pairs, in two commits and in two hundred, by turns."""
    together: list[Cost] = []
    apart: list[Cost] = []
    with in_memory() as memory, folder_on(asked.disk) as disk:
        made = scene(memory, _DUE)
        for _ in range(min(asked.rounds, _ROUNDS)):
            together.append(_swept(made, disk, batch=100))
            apart.append(_swept(made, disk, batch=1))
    each = middle(taken.cpu for taken in together) / _DUE
    alone = middle(taken.cpu for taken in apart) / _DUE
    wall = middle(taken.wall for taken in apart) / middle(taken.wall for taken in together)
    yield figure(
        "a family swept, 100 in a commit, processor",
        family=span(each),
        one_in_a_commit=span(alone),
        batches_gain=times(alone / each),
        on_the_clock=times(wall),
    )


def _swept(made: Scene, disk: Folder, batch: int) -> Cost:
    with made.copy(disk).opened(VirtualClock(_LATER), batch=batch) as runtime:
        return cost(partial(_sweep_all, runtime))


def _sweep_all(runtime: Runtime) -> None:
    swept = sweep(runtime)
    assert swept.families == _DUE, f"{swept} where {_DUE} families were due"
    assert not swept.failures, swept
