"""Fourteen pairs through eighteen months, beside the bare SQL of the same."""

import sqlite3
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.figures import Figure, cost, figure, span, times
from bench.recording import Line, bare, recording
from bench.scene import in_memory
from simulation.simulate import Order, simulate
from storage.database.transactions import upgrade


@dataclass(slots=True)
class _Shadow:
    """Runs every statement once more on a file of its own, and keeps the time that takes."""

    connection: sqlite3.Connection
    seconds: float = 0.0
    statements: int = 0

    def __call__(self, line: Line, /) -> None:
        begun = time.perf_counter()
        line.run(self.connection)
        self.seconds += time.perf_counter() - begun
        self.statements += 1


def rehearsal(_disk: Path, _rounds: int) -> list[Figure]:
    """Ours alone, then once more with every statement repeated on a bare connection."""
    with in_memory() as memory:
        ours = cost(partial(simulate, Order(database_url=_url(memory / "ours.db"))))
        upgrade(_url(memory / "bare.db"))
        shadow = _Shadow(bare(memory / "bare.db"))
        with recording(shadow):
            simulate(Order(database_url=_url(memory / "shadowed.db")))
        shadow.connection.close()
    return [
        figure(
            "14 pairs through 18 months, simulated",
            "5 s",
            ours=span(ours.wall),
            bare=span(shadow.seconds),
            ratio=times(shadow.seconds / ours.wall),
            statements=f"{shadow.statements:,}",
        )
    ]


def _url(path: Path) -> str:
    return f"sqlite:///{path}"
