"""The sweep of due timers in batches, a savepoint each, beside one commit each."""

from datetime import timedelta
from functools import partial
from pathlib import Path

from bench.figures import Figure, cost, figure, middle, rate, times
from bench.recording import Line, Tape, bare, one_commit_each, recording, run
from bench.scene import NOW, Scene, in_memory, scene
from runtime.clock import VirtualClock
from runtime.wiring import Runtime
from runtime.workers.sweep import sweep

_DUE = 200  # pairs, each with timers due
_ROUNDS = 3
_LATER = NOW + timedelta(days=1)


def sweeping(disk: Path, rounds: int) -> list[Figure]:
    """Everything due of two hundred pairs, in two commits and in two hundred."""
    taken: dict[str, list[float]] = {name: [] for name in ("ours", "alone", "bare", "bare_alone")}
    with in_memory() as memory:
        made = scene(memory, _DUE)
        lines = _recorded(made.copy(memory, "recorded"))
        for _ in range(min(rounds, _ROUNDS)):
            taken["ours"].append(_swept(made.copy(disk, "ours"), batch=100))
            taken["bare"].append(_replayed(made.copy(disk, "bare"), lines))
            taken["alone"].append(_swept(made.copy(disk, "alone"), batch=1))
            alone = one_commit_each(lines)
            taken["bare_alone"].append(_replayed(made.copy(disk, "bare-alone"), alone))
    ours, single, together, apart = (middle(seconds) for seconds in taken.values())
    return [
        figure(
            "sweep of due timers, 100 a commit",
            ours=rate(_DUE, ours),
            bare=rate(_DUE, together),
            ratio=times(together / ours),
        ),
        figure(
            "the same, one commit each",
            ours=rate(_DUE, single),
            bare=rate(_DUE, apart),
            ratio=times(apart / single),
        ),
        figure(
            "what batches gain",
            "4x; the slower the disk the more",
            ours=times(single / ours),
            bare=times(apart / together),
            ours_to_bare_one_commit_each=times(apart / ours),
        ),
    ]


def _swept(made: Scene, batch: int) -> float:
    with made.opened(VirtualClock(_LATER), batch=batch) as runtime:
        return cost(partial(_sweep_all, runtime)).wall


def _sweep_all(runtime: Runtime) -> None:
    swept = sweep(runtime)
    if swept.families != _DUE or swept.failures:
        raise AssertionError(f"{swept} where {_DUE} families were due")


def _recorded(made: Scene) -> list[Line]:
    tape = Tape()
    with recording(tape), made.opened(VirtualClock(_LATER), batch=100) as runtime:
        tape.cut()
        sweep(runtime)
    return tape.pieces[-1]


def _replayed(made: Scene, lines: list[Line]) -> float:
    connection = bare(made.path)
    try:
        return cost(partial(run, connection, lines)).wall
    finally:
        connection.close()
