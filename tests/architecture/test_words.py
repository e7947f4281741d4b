"""Names in the rooms use the words of the programme, never the worn ones."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import ROOMS, functions, modules, parameters, parsed

WORN = {
    **dict.fromkeys(["job", "jobs"], "say letter, timer or beat"),
    **dict.fromkeys(["task", "tasks"], "say requirement, timer or rung"),
    **dict.fromkeys(["handler", "handlers", "manager", "managers"], "say what it does"),
    **dict.fromkeys(["service", "services", "helper", "helpers"], "say what it owns"),
    **dict.fromkeys(["process", "processes"], "say workflow or case"),
    **dict.fromkeys(["status", "statuses"], "say state"),
    **dict.fromkeys(["data", "info"], "say which: facts, record, dossier, rows"),
    **dict.fromkeys(["util", "utils", "common"], "name the file for the thing it owns"),
}

# Names somebody else chose; each with who did.
GIVEN = {
    "before_data": "DATA is a command of SMTP",
    "phone_task": "the programme's own word for a call the team owes",
}


@pytest.mark.parametrize("room", ROOMS)
def test_no_name_of_a_room_uses_a_worn_word(room: str) -> None:
    found = {
        f"{module}: {name}": WORN[word]
        for module in modules(room)
        for name in _names(module)
        for word in _words(name)
        if word in WORN
    }

    assert found == {}


def test_the_parts_of_a_name_are_seen_however_it_is_joined() -> None:
    assert _words("load_statusOf_CaseData") == ["load", "status", "of", "case", "data"]
    assert _words("arm_phone_task") == ["arm"]


def _names(module: Path) -> Iterator[str]:
    yield module.stem
    for function in functions(module):
        yield function.name
        yield from parameters(function)
    for node in ast.walk(parsed(module)):
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def _words(name: str) -> list[str]:
    for given in GIVEN:
        name = name.replace(given, "")
    return [word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)]
