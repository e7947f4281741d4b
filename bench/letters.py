"""Letters composed, and delivered into a folder, in a second."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from bench.asked import Asked
from bench.figures import Figure, cost, figure, rate, span
from bench.places import Folder, folder_on, in_memory
from bench.scene import NOW, Scene, scene, step
from notifications.folder import Folder as Post
from runtime.clock import VirtualClock
from runtime.workers.compose import compose_owed
from runtime.workers.deliver import deliver
from runtime.workers.sweep import sweep

_PAIRS = 100
_LATER = NOW + timedelta(days=1)


def letters(asked: Asked) -> Iterator[Figure]:
    """What the step of each pair owes: rendered and frozen, then claimed, written and settled."""
    with in_memory() as memory, folder_on(asked.disk) as disk:
        made = scene(memory, _PAIRS)
        yield _sent("letters into a folder, on disk", made.copy(disk), disk)
        yield _sent("the same without a disk", made.copy(memory), memory)


def _sent(what: str, made: Scene, place: Folder) -> Figure:
    post = Post(place.path / "post")
    post.open()
    with made.opened(VirtualClock(_LATER)) as runtime:
        for pair in made.pairs:
            step(runtime, pair)
        sweep(runtime)
        composing = cost(partial(compose_owed, runtime))
        delivering = cost(partial(deliver, runtime, post))
    count = sum(1 for _ in post.path.iterdir())
    assert count, "no letter was owed: the scene is not what it was"
    return figure(
        what,
        composed=f"{rate(count, composing.wall)} ({span(composing.cpu / count)} processor)",
        delivered=f"{rate(count, delivering.wall)} ({span(delivering.cpu / count)} processor)",
    )
