"""Letters composed, and delivered into a folder, in a second."""

from datetime import timedelta
from functools import partial
from pathlib import Path

from bench.figures import Figure, cost, figure, rate
from bench.scene import NOW, Scene, in_memory, scene
from notifications.folder import Folder
from runtime.clock import VirtualClock
from runtime.workers.compose import compose_owed
from runtime.workers.deliver import deliver
from runtime.workers.sweep import sweep

_PAIRS = 100
_LATER = NOW + timedelta(days=1)


def letters(disk: Path, _rounds: int) -> list[Figure]:
    """What a day's sweep owes: rendered and frozen, then claimed, written and settled."""
    with in_memory() as memory:
        made = scene(memory, _PAIRS)
        on_disk = _sent(made.copy(disk, "letters"), disk)
        no_disk = _sent(made.copy(memory, "letters"), memory)
    return [
        figure("letters into a folder, on disk", composed=on_disk[0], delivered=on_disk[1]),
        figure("the same without a disk", composed=no_disk[0], delivered=no_disk[1]),
    ]


def _sent(made: Scene, folder: Path) -> tuple[str, str]:
    mailer = Folder(folder / "post")
    mailer.open()
    with made.opened(VirtualClock(_LATER)) as runtime:
        sweep(runtime)
        composing = cost(partial(compose_owed, runtime)).wall
        delivering = cost(partial(deliver, runtime, mailer)).wall
    count = sum(1 for _ in mailer.path.iterdir())
    if not count:
        raise AssertionError("no letter was owed: the scene is not what it was")
    return rate(count, composing), rate(count, delivering)
