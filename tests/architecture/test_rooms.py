"""Every room is where the settings say, and introduces itself."""

import ast
from typing import cast

import pytest

from tests.architecture.tree import ROOMS, ROOT, modules, parsed, settings


@pytest.mark.parametrize(
    ("path", "besides"),
    [
        ("tool.hatch.build.targets.wheel.packages", set[str]()),
        ("tool.importlinter.root_packages", set[str]()),
        ("tool.coverage.run.source", set[str]()),
        ("tool.mypy.files", {"tests"}),
    ],
)
def test_every_tool_knows_the_same_rooms(path: str, besides: set[str]) -> None:
    listed = cast("list[str]", settings(path))

    assert set(listed) == set(ROOMS) | besides
    assert len(listed) == len(set(listed))


def test_every_folder_that_is_a_package_is_a_room_or_lies_in_one() -> None:
    tops = {file.parent.name for file in ROOT.glob("[a-z]*/__init__.py")}

    assert tops - {"tests", "bench"} == set(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_an_init_file_holds_one_docstring_and_nothing_else(room: str) -> None:
    inits = [module for module in modules(room) if module.name == "__init__.py"]

    kinds = {
        str(init): [type(node) for node in parsed(init).body]
        for init in inits
        if ast.get_docstring(parsed(init))
    }

    assert kinds == {str(init): [ast.Expr] for init in inits}
    assert f"{room}/__init__.py" in kinds


@pytest.mark.parametrize("room", [*ROOMS, "tests"])
def test_every_module_opens_by_saying_what_lives_in_it(room: str) -> None:
    silent = [str(module) for module in modules(room) if not ast.get_docstring(parsed(module))]

    assert silent == []
