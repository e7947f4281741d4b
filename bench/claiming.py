"""Whether many letters waiting make it dearer to claim the next one."""

from collections.abc import Iterator
from functools import partial

from bench.asked import Asked
from bench.copies import inside, multiply
from bench.figures import Figure, at_most, cost, figure, middle, span, times
from bench.mail import Nowhere
from bench.places import in_memory
from bench.scene import Scene, scene, step
from runtime.wiring import Runtime
from runtime.workers.compose import compose_owed
from runtime.workers.deliver import deliver
from runtime.workers.sweep import sweep

_WAITING = (20, 10_000, 50_000)
_SENT = 15
_MOST = 1.3  # as fast, but for what the machine adds


def claiming(_: Asked) -> Iterator[Figure]:
    """One letter of the real ones, written many times over; then letters are sent one by one."""
    with in_memory() as memory:
        made = scene(memory, 1)
        with made.opened() as runtime:
            step(runtime, made.pairs[0])
            sweep(runtime)  # what is asked falls due with the step, and carries what it tells
            compose_owed(runtime)
        places = {waiting: made.copy(memory) for waiting in _WAITING}
        for waiting, copied in places.items():
            with inside(copied.url) as connection:
                own = {"message_id": "'<' || n || '@bench>'"}
                multiply(connection, "messages", "TRUE", waiting, own)
        taken = {waiting: _sent(copied) for waiting, copied in places.items()}
    few, many = taken[_WAITING[0]], taken[_WAITING[-1]]
    yield figure(
        f"a letter sent, {_WAITING[-1]:,} waiting beside {_WAITING[0]}, processor",
        at_most(_MOST, many / few, times),
        ratio=times(many / few),
        **{f"with_{waiting:,}": span(seconds) for waiting, seconds in taken.items()},
    )


def _sent(made: Scene) -> float:
    with made.opened() as runtime:
        taken = [cost(partial(_one, runtime)).cpu for _ in range(_SENT)]
    return middle(taken[2:])  # the first ones warm up


def _one(runtime: Runtime) -> None:
    ended = iter((False,))
    sent = deliver(runtime, Nowhere(), stop=lambda: next(ended, True))
    assert sent.accepted == 1, sent
