"""What pyproject.toml asks for is what the rooms import: no more, and no less."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from typing import cast

from tests.architecture.tree import ROOMS, modules, parsed, settings

DATA = {"tzdata"}  # read by zoneinfo where the machine has no zones: nobody imports it
CARRIED = {"pydantic-core": "pydantic"}  # an exact pin of the other, and part of its interface


def test_every_dependency_of_the_running_programme_is_imported_by_it() -> None:
    asked = _asked("project.dependencies") | _asked("project.optional-dependencies.postgres")

    assert asked - _imported() - DATA == set()


def test_what_a_room_imports_is_asked_for_by_name() -> None:
    asked = _asked("project.dependencies") | _asked("project.optional-dependencies.postgres")

    unnamed = _imported() - asked
    assert {name for name in unnamed if CARRIED.get(name) not in asked} == set()


def test_no_dependency_stands_twice() -> None:
    run, dev = _asked("project.dependencies"), _asked("dependency-groups.dev")

    assert run & dev == set()


def _asked(path: str) -> set[str]:
    names = (re.match(r"[\w.-]+", line) for line in cast("list[str]", settings(path)))
    return {_plain(name[0]) for name in names if name}


def _imported() -> set[str]:
    """The distributions whose modules the rooms import, at any depth of their files."""
    owners = packages_distributions()
    found = {
        name.partition(".")[0]
        for module in modules(*ROOMS)
        for node in ast.walk(parsed(module))
        for name in _names(node)
    }
    foreign = found - set(ROOMS) - sys.stdlib_module_names
    return {_plain(owner) for name in foreign for owner in owners.get(name, [name])}


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
