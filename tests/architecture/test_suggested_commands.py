"""Every command that a sentence of the product suggests can be typed as it stands there."""

import ast
import re
from collections.abc import Iterator

import typer
from typer.core import TyperGroup

from cli.shared.nouns import NOUNS, loaded
from tests.architecture.tree import ROOMS, ROOT, modules
from tests.support.command_tree import verb_of

_WRONG: type[Exception] = typer.BadParameter.__mro__[1]  # whatever is typed wrongly
_SUGGESTED = re.compile(r"\bpairing ([a-z][^`;(){\n]*)")
_UNKNOWN = re.compile(r"\{\{.*?\}\}|\{[a-z_]*\}")  # of a letter, of a text with places

_DAY = "2026-03-01"


def _texts() -> Iterator[tuple[str, str]]:
    for module in (module for room in ROOMS for module in modules(room)):
        nodes = list(ast.walk(ast.parse((ROOT / module).read_text(encoding="utf-8"))))
        parts = {id(p) for each in nodes if isinstance(each, ast.JoinedStr) for p in each.values}
        parts |= {id(each.value) for each in nodes if isinstance(each, ast.Expr)}  # docstrings
        for node in (each for each in nodes if id(each) not in parts):
            if isinstance(node, ast.JoinedStr):
                words = (p.value if isinstance(p, ast.Constant) else "X" for p in node.values)
                yield f"{module}:{node.lineno}", "".join(map(str, words))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield f"{module}:{node.lineno}", node.value
    for text in sorted((ROOT / "workflows").rglob("*.txt")):
        yield str(text.relative_to(ROOT)), text.read_text(encoding="utf-8")


def _suggested() -> Iterator[tuple[str, str]]:
    for where, text in _texts():
        for found in _SUGGESTED.findall(_UNKNOWN.sub("X", text)):
            if found.split()[0] in NOUNS:
                yield where, re.sub(r"(?<!\.\.)\.$", "", found.rstrip(" :,"))


def _is_typed(suggested: str) -> bool:
    """Whether the command line takes it; what stands behind it in a sentence is let go."""
    typed = re.sub("[\"']|(?<=[.]{3})[.]", "", suggested)
    words = typed.replace("DAY", _DAY).replace("NUMBER", "1").split()
    dated = [_DAY if word == "X" else word for word in words]
    counts = range(len(words), 0, -1)
    return any(_parses(words[:count]) or _parses(dated[:count]) for count in counts)


def _parses(words: list[str]) -> bool:
    command: object = loaded(words[0])
    rest = words[1:]
    if isinstance(command, TyperGroup):
        if not rest or rest[0] not in command.commands:
            return False
        command, rest = verb_of(command, rest[0]), rest[1:]
    try:
        command.make_context(words[0], rest)  # type: ignore[attr-defined]  # Typer's own class
    except _WRONG:
        return False
    return True


def test_a_suggested_command_can_be_typed_as_it_stands() -> None:
    found = list(_suggested())

    wrong = [f"{where}: {suggested}" for where, suggested in found if not _is_typed(suggested)]

    assert len(found) > 50
    assert wrong == [], "name what the command needs, as NAME or ..."
