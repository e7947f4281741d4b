"""What it costs to find nothing due among a million armed timers."""

from collections.abc import Iterator
from functools import partial

from bench.asked import Asked
from bench.copies import inside, multiply
from bench.figures import Figure, at_most, cost, figure, middle, span, times
from bench.places import in_memory
from bench.scene import Scene, scene
from runtime.workers.sweep import sweep

_ARMED = 1_000_000
_BEATS = 100
_MOST = 1.3
_DUE = "printf('20%02d-%02d-%02dT06:00:00.000000Z', 30 + n % 60, 1 + n % 12, 1 + n % 28)"
_PLANTED = {
    "ladder": "'planted'",
    "rung": "CAST(n AS TEXT)",
    "occurrence": "n",
    "due_at": _DUE,
    "wake_at": _DUE,
    "settled_at": "NULL",
    "outcome": "''",
}


def idle(_: Asked) -> Iterator[Figure]:
    """A whole beat of the sweep in memory, with a million timers armed and with a dozen."""
    with in_memory() as memory:
        made = scene(memory, 1)
        full = made.copy(memory)
        with inside(full.url) as connection:
            multiply(connection, "timers", "TRUE", _ARMED, _PLANTED)
        many, few = _beat(full), _beat(made)
    yield figure(
        f"idle sweep, {_ARMED:,} timers armed, processor",
        at_most(_MOST, many / few, times),
        ratio=times(many / few),
        many=span(many),
        few=span(few),
    )


def _beat(made: Scene) -> float:
    with made.opened() as runtime:
        sweep(runtime)
        return middle(cost(partial(sweep, runtime)).cpu for _ in range(_BEATS))
