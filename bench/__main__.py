"""Measure every part, or those that are named, and print the figures (docs/bench.md)."""

import argparse
import os
import platform
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path

from bench.figures import Figure
from bench.idle import idle
from bench.letters import letters
from bench.past import past
from bench.rehearsal import rehearsal
from bench.scene import folder_on
from bench.sweeping import sweeping
from bench.transition import transition

PARTS: Mapping[str, Callable[[Path, int], list[Figure]]] = {
    "transition": transition,
    "sweep": sweeping,
    "idle": idle,
    "past": past,
    "letters": letters,
    "simulation": rehearsal,
}
_WIDTH = 46


def main() -> None:
    chosen = _arguments()
    print(_machine())
    for name in chosen.parts or PARTS:
        with folder_on(chosen.disk) as folder:
            for figure in PARTS[name](folder, chosen.rounds):
                print(_line(figure), flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    known = ", ".join(PARTS)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{known}; all when none is named")
    parser.add_argument("--rounds", type=int, default=9, help="of which the median is printed")
    parser.add_argument("--disk", type=Path, default=Path.cwd(), help="a folder on the disk meant")
    chosen = parser.parse_args()
    unknown = [name for name in chosen.parts if name not in PARTS]
    if unknown or chosen.rounds < 1:
        parser.error(f"no part {unknown[0]}; there are: {known}" if unknown else "no rounds")
    return chosen


def _machine() -> str:
    return (
        f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, load {os.getloadavg()[0]:.1f}"
    )


def _line(figure: Figure) -> str:
    shown = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in figure.shown)
    goal = f"   (goal {figure.goal})" if figure.goal else ""
    return f"{figure.what:<{_WIDTH}}{shown}{goal}"


if __name__ == "__main__":
    main()
