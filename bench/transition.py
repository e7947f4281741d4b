"""A durable transition beside the floor: in memory, on disk, on PostgreSQL, by turns in one run."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path

from bench.asked import Asked
from bench.figures import Cost, Figure, at_least, cost, figure, middle, span, times
from bench.floor import floor
from bench.places import Folder, Server, folder_on, in_memory, on_server, plain
from bench.scene import NOW, Scene, scene, step
from runtime.clock import VirtualClock

_A_ROUND = 20
_PAGE = b"\0" * 4096
_PLACES = 8  # pages that are written by turns
_BETWEEN = timedelta(hours=7)  # from step to step, so that no day's dates are known beforehand
_BY_PROCESSOR, _ON_DISK = 0.30, 0.60


@dataclass(slots=True)
class Round:
    """What one round took: ours, the floor, and as many flushes of the disk."""

    ours: list[Cost] = field(default_factory=list)
    floor: list[Cost] = field(default_factory=list)
    flush: list[Cost] = field(default_factory=list)


def transition(asked: Asked) -> Iterator[Figure]:
    """Rounds of twenty steps, ours and the floor by turns, so that the machine's moods hit both."""
    with in_memory() as memory, folder_on(asked.disk) as disk:
        made = scene(memory, asked.rounds * _A_ROUND + 1)
        rounds = _taken(made, memory)
        yield from _compared("durable transition in memory, SQLite", rounds, "cpu")
        rounds = _taken(made, disk)
    yield figure(
        "flush of the disk (fdatasync of 4 kB)",
        median=span(middle(each.wall for one in rounds for each in one.flush)),
    )
    yield from _compared("durable transition on disk, SQLite", rounds, "wall", "cpu")
    with on_server() as server:
        if server is not None:
            made = scene(server, min(asked.rounds, 5) * _A_ROUND + 1)
            rounds = _taken(made, server)
            yield from _compared("durable transition, PostgreSQL", rounds, "cpu", "wall")


def _taken(made: Scene, place: Folder | Server) -> list[Round]:
    """Every pair of a scene takes its step, and a case of the floor the same."""
    ours, clock = made.copy(place), VirtualClock(NOW)
    other = floor(plain(place.empty()), len(made.pairs))
    probe = os.open(_probe(place), os.O_CREAT | os.O_RDWR, 0o600)
    rounds = [Round()]  # the first step warms up, and is not counted
    with ours.opened(clock) as runtime:
        for number, pair in enumerate(made.pairs):
            if number % _A_ROUND == 1:
                rounds.append(Round())
            rounds[-1].ours.append(cost(partial(step, runtime, pair)))
            rounds[-1].floor.append(cost(partial(other.step, number + 1)))
            rounds[-1].flush.append(cost(partial(_flush, probe, number)))
            clock.move_to(clock() + _BETWEEN)
    other.close()
    os.close(probe)
    return rounds[1:]


def _probe(place: Folder | Server) -> Path:
    return place.path / "probe" if isinstance(place, Folder) else Path(os.devnull)


def _flush(probe: int, number: int) -> None:
    try:
        os.pwrite(probe, _PAGE, number % _PLACES * len(_PAGE))
        os.fdatasync(probe)
    except OSError:
        return  # no disk of ours


def _compared(what: str, rounds: list[Round], *kinds: str) -> Iterator[Figure]:
    goals = {("memory", "cpu"): _BY_PROCESSOR, ("disk", "wall"): _ON_DISK}
    for kind in kinds:
        ours = [[getattr(each, kind) for each in one.ours] for one in rounds]
        bare = [[getattr(each, kind) for each in one.floor] for one in rounds]
        ratio = middle(sum(b) / sum(o) for o, b in zip(ours, bare, strict=True))
        place = next((word for word in ("memory", "disk") if word in what), "server")
        goal = goals.get((place, kind))
        yield figure(
            f"{what}, {'processor' if kind == 'cpu' else 'wall clock'}",
            at_least(goal, ratio, times) if goal else None,
            ratio=times(ratio),
            floor=span(middle(value for one in bare for value in one)),
            ours=span(middle(value for one in ours for value in one)),
        )
