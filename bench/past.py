"""Whether a long past slows a case down: a transition after 10 entries and after 10,000."""

from collections.abc import Iterator
from functools import partial

from bench.asked import Asked
from bench.copies import inside, multiply
from bench.figures import Figure, at_most, cost, figure, middle, span, times
from bench.places import in_memory
from bench.scene import Scene, scene, step

_SHORT, _LONG = 10, 10_000
_PAIRS = 24  # half of them with a long past
_MOST = 1.1
_FIRED = {
    "stay": "0",
    "ladder": "'past'",
    "rung": "CAST(n AS TEXT)",
    "occurrence": "n",
    "settled_at": "due_at",
    "outcome": "'fired'",
}


def past(_: Asked) -> Iterator[Figure]:
    """Pairs with a short and a long past by turns; in memory, where the disk hides nothing."""
    with in_memory() as memory:
        made = scene(memory, _PAIRS + 2)
        _age(made)
        taken: tuple[list[float], list[float]] = ([], [])
        with made.opened() as runtime:
            for number, pair in enumerate(made.pairs):
                taken[number % 2].append(cost(partial(step, runtime, pair)).cpu)
    short, long = (middle(seconds[1:]) for seconds in taken)  # the first ones warm up
    yield figure(
        f"transition after {_LONG:,} past entries, processor",
        at_most(_MOST, long / short, times),
        ratio=times(long / short),
        long=span(long),
        short=span(short),
    )


def _age(made: Scene) -> None:
    """Entries and fired timers of an earlier stay; their hashes prove nothing."""
    with inside(made.url) as connection:
        for number, pair in enumerate(made.pairs):
            count = (_SHORT, _LONG)[number % 2]
            [(version,)] = connection.execute("SELECT version FROM cases WHERE id = ?", (pair,))
            multiply(connection, "journal", f"case_id = {pair}", count, {"seq": f"{version} + n"})
            multiply(connection, "timers", f"case_id = {pair}", count, _FIRED)
            connection.execute("UPDATE cases SET version = version + ? WHERE id = ?", (count, pair))
