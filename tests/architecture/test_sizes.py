"""Files and functions stay small enough to be read at one sitting."""

import pytest

from tests.architecture.tree import ROOMS, ROOT, functions, modules, parameters

MOST_LINES_OF_A_FILE = 250
MOST_LINES_OF_A_FUNCTION = 40
MOST_PARAMETERS = 5


@pytest.mark.parametrize("room", [*ROOMS, "tests"])
def test_no_file_is_longer_than_250_lines(room: str) -> None:
    lengths = {
        str(module): len((ROOT / module).read_text(encoding="utf-8").splitlines())
        for module in modules(room)
    }

    too_long = {name: length for name, length in lengths.items() if length > MOST_LINES_OF_A_FILE}

    assert too_long == {}, "split each by what it owns"


@pytest.mark.parametrize("room", [*ROOMS, "tests"])
def test_no_function_is_longer_than_40_lines(room: str) -> None:
    lengths = {
        f"{module}:{function.lineno} {function.name}": (function.end_lineno or 0)
        - function.lineno
        + 1
        for module in modules(room)
        for function in functions(module)
    }

    too_long = {
        name: length for name, length in lengths.items() if length > MOST_LINES_OF_A_FUNCTION
    }

    assert too_long == {}, "give its steps names of their own"


@pytest.mark.parametrize("room", [*ROOMS, "tests"])
def test_no_function_takes_more_than_five_parameters(room: str) -> None:
    counts = {
        f"{module}:{function.lineno} {function.name}": len(parameters(function))
        for module in modules(room)
        for function in functions(module)
    }

    too_many = {name: count for name, count in counts.items() if count > MOST_PARAMETERS}

    assert too_many == {}, "what travels together belongs in a value"
