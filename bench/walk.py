"""How much code one walk enters: functions and files, here and in another checkout (tracer.py)."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

from bench.asked import Asked
from bench.figures import Figure, Goal, figure

_ROOT = Path(__file__).parents[1]
_MOST_FUNCTIONS, _MOST_FILES = 90, 18
_WITH_A_GOAL = ("advance", "letter", "timer")


def walk(asked: Asked) -> Iterator[Figure]:
    """Take a step, compose its letter, deliver it, fire the first timer: what each enters."""
    for checkout in (asked.beside, _ROOT):
        if checkout is not None:
            for name, counted in _traced(checkout).items():
                yield _line(name if checkout == _ROOT else f"{name} beside", counted)


def _traced(checkout: Path) -> dict[str, dict[str, int]]:
    done = subprocess.run(
        [checkout / ".venv" / "bin" / "python", Path(__file__).with_name("tracer.py")],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def _line(name: str, counted: dict[str, int]) -> Figure:
    functions, files = counted["functions"], counted["files"]
    met = functions <= _MOST_FUNCTIONS and files <= _MOST_FILES
    hoped = Goal(f"{_MOST_FUNCTIONS} in {_MOST_FILES}", met)
    return figure(
        f"walk of {name}",
        hoped if name in _WITH_A_GOAL else None,
        functions=str(functions),
        files=str(files),
        lines=f"{counted['lines']:,}",
        statements=f"{counted['statements']} ({counted['single']} with one row)",
    )
