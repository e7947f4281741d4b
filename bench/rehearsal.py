"""Fourteen pairs through eighteen months: in memory and on a file, here and in another checkout."""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.asked import Asked
from bench.figures import Figure, at_least, figure, middle, span, times
from bench.places import folder_on

_ROOT = Path(__file__).parents[1]
_ROUNDS = 3
_TIMES_AS_FAST = {"in memory": 4.0, "on a file": 2.0}
_PLAY = """
import sys
sys.path.insert(0, ".")
try:
    from simulation.simulate import Order, simulate
except ImportError:  # at d5218ad
    from runtime.simulation import Order, simulate
order = Order(pairs=14, months=18, seed=7, people="mixed", database_url=sys.argv[1] or None)
print(simulate(order))
"""


@dataclass(slots=True)
class _Played:
    """Seconds of processor time, round by round, and what was reported."""

    seconds: list[float] = field(default_factory=list)
    reports: set[str] = field(default_factory=set)

    def play(self, checkout: Path, url: str) -> None:
        before = os.times()
        done = subprocess.run(
            [checkout / ".venv" / "bin" / "python", "-c", _PLAY, url],
            cwd=checkout,
            capture_output=True,
            text=True,
            check=False,
        )
        after = os.times()
        assert done.returncode == 0, done.stderr
        user, system = after.children_user, after.children_system
        self.seconds.append(user + system - before.children_user - before.children_system)
        self.reports.add(done.stdout)


def rehearsal(asked: Asked) -> Iterator[Figure]:
    """Whole processes by turns, the other checkout first; on every place one story is told."""
    told: set[str] = set()
    with folder_on(asked.disk) as disk:
        for where, goal in _TIMES_AS_FAST.items():
            ours, others = _Played(), _Played()
            for _ in range(min(asked.rounds, _ROUNDS)):
                if asked.beside is not None:
                    others.play(asked.beside, disk.empty() if where == "on a file" else "")
                ours.play(_ROOT, disk.empty() if where == "on a file" else "")
            told |= ours.reports
            yield _line(where, ours.seconds, others.seconds, goal)
    yield figure("the reports of these", same="yes" if len(told) == 1 else "NO")


def _line(where: str, ours: list[float], others: list[float], goal: float) -> Figure:
    what = f"14 pairs, 18 months, {where}, processor"
    if not others:
        return figure(what, ours=span(middle(ours)), beside="name a checkout with --beside")
    ratio = middle(others) / middle(ours)
    return figure(
        what,
        at_least(goal, ratio, times),
        as_fast=times(ratio),
        ours=span(middle(ours)),
        other=span(middle(others)),
    )
