"""A durable transition beside its own SQL, on disk; and what it costs the processor."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path

from bench.figures import Cost, Figure, cost, figure, middle, span, times
from bench.recording import Line, Tape, bare, contents, recording, run
from bench.scene import FACILITATOR, NOW, Scene, SceneError, in_memory, scene
from engine.model.dossier import CaseId
from engine.model.outcomes import Triggered
from runtime.clock import VirtualClock
from runtime.use_cases.advance import act
from runtime.wiring import Runtime

STEP = "finish_onboarding"  # five requirements, letters to both sides, a dozen timers
_A_ROUND = 20
_PAGE = b"\0" * 4096
_PLACES = 8  # pages that are written by turns
_BETWEEN = timedelta(hours=7)  # from step to step, so that no day's dates are known beforehand


@dataclass(slots=True)
class Round:
    """What one round took: ours, the bare SQL of the same, and as many flushes of the disk."""

    ours: list[Cost] = field(default_factory=list)
    bare: list[Cost] = field(default_factory=list)
    flush: list[Cost] = field(default_factory=list)


def transition(disk: Path, rounds: int) -> list[Figure]:
    """Rounds of twenty steps, ours and bare by turns, so that the machine's moods hit both."""
    with in_memory() as memory:
        made = scene(memory, rounds * _A_ROUND + 1)
        pieces = _recorded(made.copy(memory, "recorded"))
        on_disk = _side_by_side(made, disk, pieces)
        no_disk = _side_by_side(made, memory, pieces)
    return [
        figure(
            "flush of the disk (fdatasync of 4 kB)",
            median=span(middle(each.wall for one in on_disk for each in one.flush)),
        ),
        _compared("durable transition", on_disk, "0.50x, at least 0.35x"),
        _compared("the same without a disk", no_disk),
        figure(
            "its processor time without a disk",
            "300 us",
            ours=span(middle(each.cpu for one in no_disk for each in one.ours)),
            bare=span(middle(each.cpu for one in no_disk for each in one.bare)),
            statements=str(len(pieces[-1])),
        ),
    ]


def step(runtime: Runtime, pair: CaseId) -> None:
    answer = act(runtime, pair, Triggered(STEP, FACILITATOR))
    if not answer.accepted:
        raise SceneError(f"{STEP} was refused: {answer.unmet}")


def _recorded(copied: Scene) -> list[list[Line]]:
    """The statements of every step, one piece a pair."""
    tape, clock = Tape(), VirtualClock(NOW)
    with recording(tape), copied.opened(clock) as runtime:
        for pair in copied.pairs:
            tape.cut()
            step(runtime, pair)
            clock.move_to(clock() + _BETWEEN)
    return tape.pieces[1:]


def _side_by_side(made: Scene, folder: Path, pieces: Sequence[Sequence[Line]]) -> list[Round]:
    ours, other = made.copy(folder, "ours"), made.copy(folder, "bare")
    probe = os.open(folder / "probe", os.O_CREAT | os.O_RDWR, 0o600)
    connection, clock = bare(other.path), VirtualClock(NOW)
    rounds = [Round()]  # the first step warms up, and is not counted
    with ours.opened(clock) as runtime:
        for number, pair in enumerate(made.pairs):
            if number % _A_ROUND == 1:
                rounds.append(Round())
            rounds[-1].ours.append(cost(partial(step, runtime, pair)))
            rounds[-1].bare.append(cost(partial(run, connection, pieces[number])))
            rounds[-1].flush.append(cost(partial(_flush, probe, number)))
            clock.move_to(clock() + _BETWEEN)
    connection.close()
    os.close(probe)
    if contents(ours.path) != contents(other.path):
        raise SceneError("the bare SQL left another file behind: it did not do the same work")
    return rounds[1:]


def _flush(probe: int, number: int) -> None:
    os.pwrite(probe, _PAGE, number % _PLACES * len(_PAGE))
    os.fdatasync(probe)


def _compared(what: str, rounds: Sequence[Round], goal: str = "") -> Figure:
    ratios = (sum(each.wall for each in one.bare) / sum(e.wall for e in one.ours) for one in rounds)
    return figure(
        what,
        goal,
        ours=span(middle(each.wall for one in rounds for each in one.ours)),
        bare=span(middle(each.wall for one in rounds for each in one.bare)),
        ratio=times(middle(ratios)),
    )
