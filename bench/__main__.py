"""Measure every line, or those that are named, and print the figures (docs/bench.md)."""

import argparse
import os
import platform
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import cast

from bench.asked import Asked
from bench.figures import Figure

Line = Callable[[Asked], Iterator[Figure]]

# Each line by name, and the file it stands in: one that is broken does not stop the others.
PLAIN: Mapping[str, str] = {
    "walk": "bench.walk:walk",
    "transition": "bench.transition:transition",
    "sweep": "bench.sweeping:sweeping",
    "workers": "bench.workers:workers",
    "claim": "bench.claiming:claiming",
    "idle": "bench.idle:idle",
    "past": "bench.past:past",
    "letters": "bench.letters:letters",
    "building": "bench.building:building",
    "posting": "bench.posting:posting",
    "trips": "bench.trips:trips",
    "statements": "bench.demo:statements",
    "commands": "bench.demo:commands",
    "checking": "bench.checking:checking",
    "simulation": "bench.rehearsal:rehearsal",
}
# Only when named: they take minutes, or packages of their own.
NAMED: Mapping[str, str] = {"peers": "bench.peers.line:peers", "growth": "bench.growth:growth"}
_WIDTH = 52


def main() -> None:
    names, asked = _arguments()
    print(_machine())
    for name in names:
        for figure in _line(name)(asked):
            print(_shown(figure), flush=True)


def _arguments() -> tuple[list[str], Asked]:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    known = f"{', '.join(PLAIN)}; only when named: {', '.join(NAMED)}"
    parser.add_argument("lines", nargs="*", metavar="LINE", help=known)
    parser.add_argument("--rounds", type=int, default=5, help="of which the median is printed")
    parser.add_argument("--disk", type=Path, default=Path.cwd(), help="a folder on the disk meant")
    parser.add_argument("--beside", type=Path, help="another checkout, set up, to compare with")
    chosen = parser.parse_args()
    if unknown := [name for name in chosen.lines if name not in {**PLAIN, **NAMED}]:
        parser.error(f"no line {unknown[0]}; there are: {known}")
    if chosen.rounds < 1:
        parser.error("no rounds")
    asked = Asked(chosen.rounds, chosen.disk, chosen.beside and chosen.beside.absolute())
    return chosen.lines or list(PLAIN), asked


def _line(name: str) -> Line:
    module, _, function = {**PLAIN, **NAMED}[name].partition(":")
    return cast(Line, getattr(import_module(module), function))


def _machine() -> str:
    return (
        f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, load {os.getloadavg()[0]:.1f}"
    )


def _shown(figure: Figure) -> str:
    shown = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in figure.shown)
    goal = figure.goal
    hoped = f"   (goal {goal.said}: {'met' if goal.met else 'MISSED'})" if goal else ""
    return f"{figure.what:<{_WIDTH}}{shown}{hoped}"


if __name__ == "__main__":
    main()
