"""No role and no workflow of the first programme is known by name in the rooms that run any."""

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.tree import modules, parsed
from workflows.registry import built_in, load_programme

ROOMS = ("engine", "storage", "runtime", "imports")
MEANT = {  # the same word for something else
    "runtime/settings/settings.py": {"wp6"},  # the programme that is played unless another is named
    "runtime/definitions.py": {"pairing"},  # the command's own folder of state
}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_knows_no_role_and_no_workflow_by_name(room: str) -> None:
    named = {each: _named(each) - MEANT.get(each.as_posix(), set()) for each in modules(room)}

    assert len(named) > 5
    assert {module: words for module, words in named.items() if words} == {}


def test_the_words_that_are_looked_for_are_those_of_the_programme() -> None:
    assert {"facilitator", "lead", "pairing", "red_flag"} <= words()


@cache
def words() -> frozenset[str]:
    workflows = load_programme(built_in("wp6")).workflows
    return frozenset({*workflows, *(role for each in workflows.values() for role in each.roles)})


def _named(module: Path) -> set[str]:
    """The words that stand there as a text, quoted within one (SQL), or as a name of the code."""
    nodes = list(ast.walk(parsed(module)))
    texts = [n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    names = {n.id.lower() for n in nodes if isinstance(n, ast.Name)}
    quoted = {word for word in words() if any(f"'{word}'" in text for text in texts)}
    return ({*texts, *names} & words()) | quoted
