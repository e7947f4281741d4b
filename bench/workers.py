"""The sweep shared by several workers on PostgreSQL: how much each takes, how fast all are."""

import multiprocessing
import time
from collections.abc import Iterator
from datetime import timedelta
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier

from bench.asked import Asked
from bench.figures import Figure, figure
from bench.places import on_server
from bench.scene import NOW, Scene, scene
from runtime.clock import VirtualClock
from runtime.workers.sweep import sweep

_DUE = 200  # pairs, each with timers due
_BATCH = 10
_LATER = NOW + timedelta(days=1)
_WORKERS = (1, 2, 4)


def workers(_: Asked) -> Iterator[Figure]:
    """The same due timers, swept by one worker, by two and by four."""
    with on_server() as server:
        if server is None:
            yield figure("sweep by several workers", said="no PostgreSQL answers")
            return
        made = scene(server, _DUE)
        for count in _WORKERS:
            copy = made.copy(server)
            shares, seconds = _swept(copy, count)
            yield figure(
                f"sweep by {count} worker{'s' * (count > 1)}, PostgreSQL, wall clock",
                families_a_second=f"{sum(shares) / seconds:.0f}",
                each=", ".join(map(str, shares)),
            )


def _swept(made: Scene, count: int) -> tuple[list[int], float]:
    """What each of several processes swept, and how long all of them took."""
    context = multiprocessing.get_context("spawn")
    ready, done = context.Barrier(count + 1), context.Queue()
    started = [context.Process(target=_work, args=(made, ready, done)) for _ in range(count)]
    for process in started:
        process.start()
    ready.wait()
    begun = time.perf_counter()
    shares = [done.get() for _ in started]
    seconds = time.perf_counter() - begun
    for process in started:
        process.join()
    assert sum(shares) == _DUE, f"{shares} where {_DUE} families were due"
    return sorted(shares), seconds


def _work(made: Scene, ready: Barrier, done: "Queue[int]") -> None:
    with made.opened(VirtualClock(_LATER), batch=_BATCH) as runtime:
        ready.wait()
        done.put(sweep(runtime).families)
