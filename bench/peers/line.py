"""Ours beside its peers, by turns in one run: in memory, by processor, one step at a time."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import IO, Self

from bench.asked import Asked
from bench.figures import Figure, at_least, figure, middle, span, times
from bench.places import Folder, file_of, in_memory
from bench.scene import NOW, scene, step
from runtime.clock import VirtualClock

_ROOT = Path(__file__).parents[2]
_PYTHON = _ROOT / ".venv-peers" / "bin" / "python"
_A_ROUND, _WARM = 10, 5
_PEERS = {
    "transitions + SQLModel by hand": ("handwritten", 5.0),
    "SpiffWorkflow, the same timers": ("spiff", 25.0),
    "DBOS, one at a time": ("durable", 20.0),
}


def peers(asked: Asked) -> Iterator[Figure]:
    """Rounds of ten steps each."""
    if not _PYTHON.exists():
        sys.exit("the peers have an environment of their own: make peers")
    cases = _WARM + asked.rounds * _A_ROUND
    ours: list[float] = []
    theirs: dict[str, list[float]] = {name: [] for name in _PEERS}
    with in_memory() as memory, ExitStack() as stack:
        made, clock = scene(memory, cases), VirtualClock(NOW)
        started = {
            name: stack.enter_context(_Peer(module, memory, cases))
            for name, (module, _) in _PEERS.items()
        }
        runtime = stack.enter_context(made.opened(clock))
        waiting = iter(made.pairs)
        for count in (_WARM, *[_A_ROUND] * asked.rounds):
            begun = time.process_time()
            for _ in range(count):
                step(runtime, next(waiting))
            ours.append((time.process_time() - begun) / count)
            for name, peer in started.items():
                theirs[name].append(peer.steps(count) / count)
            clock.move_to(clock() + timedelta(days=1))
    for name, (_, goal) in _PEERS.items():
        ratio = middle(his / mine for his, mine in zip(theirs[name][1:], ours[1:], strict=True))
        yield figure(
            f"{name}, processor",
            at_least(goal, ratio, times),
            ratio=times(ratio),
            theirs=span(middle(theirs[name][1:])),
            ours=span(middle(ours[1:])),
        )


class _Peer:
    """A peer at work in a process of its own; it is asked for steps, and says what they took."""

    def __init__(self, module: str, place: Folder, cases: int) -> None:
        self._process = subprocess.Popen(
            [_PYTHON, "-m", f"bench.peers.{module}", file_of(place.empty()), str(cases)],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        assert _pipe(self._process.stdout).readline() == "ready\n", "a peer did not start"
        return self

    def __exit__(self, *_: object) -> None:
        _pipe(self._process.stdin).close()
        self._process.wait()

    def steps(self, count: int) -> float:
        """Seconds of processor time of that many steps."""
        asked = _pipe(self._process.stdin)
        asked.write(f"{count}\n")
        asked.flush()
        return float(_pipe(self._process.stdout).readline().split()[0])


def _pipe(found: IO[str] | None) -> IO[str]:
    assert found is not None
    return found
