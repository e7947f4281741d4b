"""The page of commands is the program's own, and quick help stays quick."""

import ast
import json
from dataclasses import is_dataclass
from pathlib import Path

import jsonschema
import pytest

from cli.shared.calling import EVERYWHERE
from cli.shared.edge import EXITS, code_of
from engine.errors import ProjectError
from tests.architecture.tree import ROOMS, modules, parsed
from tests.support.answer_schemas import SCHEMAS, schemas, shapes
from tests.support.command_docs import DOCUMENT, document
from tests.support.command_tree import commands


def test_the_page_of_commands_is_current() -> None:
    told = "write it anew: python -m tests.support.command_docs"

    assert DOCUMENT.read_text(encoding="utf-8") == document(), told


def test_every_shape_is_described_as_the_type_of_the_answer_is() -> None:
    told = "write them anew: python -m tests.support.answer_schemas"

    described = {path.name: path.read_text(encoding="utf-8") for path in SCHEMAS.glob("*.json")}

    assert described == schemas(), told


def test_every_command_answers_in_a_type_of_its_own() -> None:
    assert [name for name, shape in shapes().items() if not is_dataclass(shape)] == []


@pytest.mark.parametrize("path", sorted(SCHEMAS.glob("*.json")), ids=lambda path: path.stem)
def test_a_description_is_a_json_schema_with_a_title(path: Path) -> None:
    schema = json.loads(path.read_text(encoding="utf-8"))

    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["title"].endswith(".")
    assert schema["additionalProperties"] is False


def test_every_command_and_parameter_says_what_it_is() -> None:
    silent = [
        f"{command.name} {each.name}"
        for command in commands()
        for each in command.parameters
        if not each.help
    ]

    assert silent == []
    assert [command.name for command in commands() if not command.help] == []


def test_no_parameter_has_the_name_of_an_option_that_stands_everywhere() -> None:
    taken = {option.name for option in EVERYWHERE}

    assert [c.name for c in commands() for p in c.parameters if p.name in taken] == []


def test_every_error_of_the_house_ends_with_a_documented_code() -> None:
    kinds = {
        node.name
        for room in ROOMS
        for module in modules(room)
        for node in ast.walk(parsed(module))
        if isinstance(node, ast.ClassDef) and node.name.endswith("Error")
    }
    made = {name: type(name, (ProjectError,), {})("") for name in kinds}

    codes = {name: code_of(error) for name, error in made.items()}

    assert set(codes.values()) <= EXITS.keys()
    assert codes["NotFoundError"] == 3
    assert codes["ConflictError"] == codes["StaleDossierError"] == 4
    assert codes["UnavailableError"] == codes["SchemaError"] == codes["MailerError"] == 5
    assert codes["SettingsError"] == codes["ImportProblemsError"] == codes["DefinitionError"] == 2
