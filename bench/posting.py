"""From the row of the outbox to the server's yes, beside a message built each time and sent."""

import asyncio
from collections.abc import Iterator

import aiosmtplib

from bench.asked import Asked
from bench.building import plainly
from bench.figures import Figure, at_least, cost, figure, rate, times
from bench.places import Folder, folder_on, in_memory
from bench.scene import Scene, programme, scene, step
from bench.sink import sink
from notifications.accounts import SmtpSettings
from notifications.gallery import exhibits
from notifications.smtp import Smtp
from runtime.texts import texts_of
from runtime.workers.compose import compose_owed
from runtime.workers.deliver import deliver
from runtime.workers.sweep import sweep
from workflows.registry import built_in

_PAIRS = 100
_GOALS = (("without a disk", 5.0), ("on disk", 2.0))


def posting(asked: Asked) -> Iterator[Figure]:
    """Ours claims, sends over one connection and settles; theirs builds, connects and sends."""
    with in_memory() as memory, folder_on(asked.disk) as disk, sink() as port:
        made = scene(memory, _PAIRS)
        for (what, goal), place in zip(_GOALS, (memory, disk), strict=True):
            count, wall = _ours(made, place, port)
            theirs = cost(lambda: asyncio.run(_plainly(count, port))).wall  # noqa: B023
            yield figure(
                f"from the outbox to the server's yes, {what}",
                at_least(goal, theirs / wall, times),
                of_plain=times(theirs / wall),
                ours=rate(count, wall),
                theirs=rate(count, theirs),
            )


def _ours(made: Scene, place: Folder, port: int) -> tuple[int, float]:
    mailer = Smtp(SmtpSettings(host="127.0.0.1", port=port, security="none"))
    with made.copy(place).opened() as runtime:
        for pair in made.pairs:
            step(runtime, pair)
        sweep(runtime)
        compose_owed(runtime)
        mailer.open()
        sent = []
        wall = cost(lambda: sent.append(deliver(runtime, mailer))).wall
        mailer.close()
    assert sent[0].accepted, "no letter was owed: the scene is not what it was"
    return sent[0].accepted, wall


async def _plainly(count: int, port: int) -> None:
    texts = texts_of(built_in("wp6"), programme().letters)
    [letter, *_] = exhibits(programme().letters.stages(), texts)
    for _ in range(count):
        await aiosmtplib.send(plainly(letter), hostname="127.0.0.1", port=port, use_tls=False)
