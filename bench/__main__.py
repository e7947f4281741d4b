"""``python -m bench``: measure all parts, or those that are named, and print the figures."""

import argparse
import os
import platform
import sqlite3
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from bench.figures import Figure
from bench.scene import folder_on
from bench.transition import transition

Part = Callable[[Path, int], list[Figure]]

PARTS: Mapping[str, Part] = {"transition": transition}


def main() -> None:
    chosen = _arguments()
    print(_machine())
    for name in chosen.parts or PARTS:
        with folder_on(chosen.disk) as folder:
            for figure in PARTS[name](folder, chosen.rounds):
                print(_line(figure), flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], metavar="PART",
                        help=f"one of {', '.join(PARTS)}; all when none is named")
    parser.add_argument("--rounds", type=int, default=9, help="rounds, whose median is printed")
    parser.add_argument("--disk", type=Path, default=Path.cwd(), help="a folder on the disk to measure")
    return parser.parse_args()


def _machine() -> str:
    return (
        f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, load {os.getloadavg()[0]:.1f}"
    )


def _line(figure: Figure) -> str:
    shown = "  ".join(f"{name} {value}" for name, value in figure.shown)
    return f"{figure.what:<44} {shown}" + (f"   (goal {figure.goal})" if figure.goal else "")


if __name__ == "__main__":
    main()
