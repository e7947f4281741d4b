"""Files and functions stay small enough to be read at one sitting."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.architecture.tree import ROOMS, ROOT, functions, modules, parameters

MOST_LINES_OF_A_FILE = 250
MOST_LINES_OF_A_FUNCTION = 40
MOST_PARAMETERS = 5
# Of the definitions. Counted apart: words that people read, and the sections that say what the
# rest need not: how one case may differ, and what may be chosen and compared.
MOST_LINES = {"pairing.yaml": 1_200, "letters.yaml": 350}
APART = ("partnership", "settings", "lists", "comparisons", "promises", "accepted")
MOST_APART = 130
MOST_COLUMNS = 120


@pytest.mark.parametrize("room", [*ROOMS, "tests"])
def test_no_file_is_longer_than_250_lines(room: str) -> None:
    lengths = {
        str(module): len((ROOT / module).read_text(encoding="utf-8").splitlines())
        for module in modules(room)
    }

    too_long = {name: length for name, length in lengths.items() if length > MOST_LINES_OF_A_FILE}

    assert too_long == {}, "split each by what it owns"


def test_the_definitions_of_the_programme_stay_readable() -> None:
    files = {path.name: path.read_text(encoding="utf-8").splitlines() for path in _definitions()}

    apart = {name: len(list(_apart(lines))) for name, lines in files.items()}
    lengths = {name: len(lines) - apart[name] for name, lines in files.items()}
    wide = [
        name for name, lines in files.items() if any(len(line) > MOST_COLUMNS for line in lines)
    ]

    assert {name: lengths[name] for name in MOST_LINES if lengths[name] > MOST_LINES[name]} == {}
    assert {name: count for name, count in apart.items() if count > MOST_APART} == {}
    assert wide == [], "break the line: a flow mapping or list may go on in the next"


def _apart(lines: list[str]) -> Iterator[str]:
    """The lines of the sections that are counted apart."""
    inside = False
    for line in lines:
        if line[:1].strip():
            inside = line.partition(":")[0] in APART
        if inside:
            yield line


@pytest.mark.parametrize("room", [*ROOMS, "tests"])
def test_no_function_is_longer_than_40_lines(room: str) -> None:
    lengths = {name: size.lines for name, size in _sizes(room).items()}

    too_long = {
        name: length for name, length in lengths.items() if length > MOST_LINES_OF_A_FUNCTION
    }

    assert too_long == {}, "give its steps names of their own"


@pytest.mark.parametrize("room", [*ROOMS, "tests"])
def test_no_function_takes_more_than_five_parameters(room: str) -> None:
    counts = {name: size.parameters for name, size in _sizes(room).items()}

    too_many = {name: count for name, count in counts.items() if count > MOST_PARAMETERS}

    assert too_many == {}, "what travels together belongs in a value"


class _Size(NamedTuple):
    """How large a function is."""

    lines: int
    parameters: int


@cache
def _sizes(room: str) -> dict[str, _Size]:
    """Each function of a room, read once: by where it stands."""
    return {
        f"{module}:{function.lineno} {function.name}": _Size(
            (function.end_lineno or 0) - function.lineno + 1, len(parameters(function))
        )
        for module in modules(room)
        for function in functions(module)
    }


def _definitions() -> Iterator[Path]:
    folder = ROOT / "workflows" / "wp6"
    written = ("pairing", "check_in", "mentoring", "red_flag", "letters")
    yield from (folder / f"{name}.yaml" for name in written)
