"""The source tree as the architecture tests see it: rooms, files, definitions."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import cast

ROOT = Path(__file__).parents[2]
ROOMS = (
    "engine",
    "workflows",
    "notifications",
    "imports",
    "storage",
    "runtime",
    "simulation",
    "cli",
)


def settings(path: str) -> object:
    """Return what pyproject.toml says at a dotted path; digits count in lists."""
    found: object = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for key in path.split("."):
        found = cast("dict[str, object]", found)[key]  # a test that names a wrong path is red
    return found


def modules(*folders: str) -> list[Path]:
    """Return every Python file of the folders, as paths from the root, sorted."""
    files = (file for folder in folders for file in (ROOT / folder).rglob("*.py"))
    return sorted(file.relative_to(ROOT) for file in files)


def parsed(module: Path) -> ast.Module:
    """Return the syntax tree of a module."""
    return ast.parse((ROOT / module).read_text(encoding="utf-8"), filename=str(module))


def functions(module: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function of a module, the inner ones too."""
    for node in ast.walk(parsed(module)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    """Return the names of the parameters, but for the object a method is called on."""
    listed = function.args
    plain = [*listed.posonlyargs, *listed.args, *listed.kwonlyargs]
    starred = [each for each in (listed.vararg, listed.kwarg) if each is not None]
    return [each.arg for each in plain + starred if each.arg not in {"self", "cls"}]
