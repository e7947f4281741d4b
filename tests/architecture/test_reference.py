"""The reference of every key and the schemas for editors are those of what reads the files."""

import json
import re

import pytest
import yaml
from jsonschema import Draft202012Validator
from pydantic import BaseModel, TypeAdapter, ValidationError

from engine.lint.paths import ROOTS as ROOTS_OF_PATHS
from runtime.letter_facts import WORDS as IN_LETTERS
from tests.architecture.tree import ROOT
from tests.support import aloud
from tests.support.reference import (
    CHECKS_OF_ALL,
    FOLDER,
    LETTERS,
    OTHERS,
    PAGE,
    PATHS,
    ROOTS,
    SECTIONS,
    WORDS,
    keys,
    names_of,
    page,
    schemas,
    shown,
)
from workflows.language.checks import KINDS, ShortCheck
from workflows.yaml.reading import read, read_file
from workflows.yaml.spot import spotted

_SCHEMA = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")
SHAPES = [shape for section in (*SECTIONS, *LETTERS, *WORDS, *OTHERS) for shape in section.shapes]
WP6 = ROOT / "workflows" / "wp6"
READ_BY = {
    "definition.schema.json": ["pairing", "check_in", "mentoring", "red_flag"],
    "letters.schema.json": ["letters"],
    "words.schema.json": [
        f"words/en/{name}" for name in ("pairing", "check_in", "mentoring", "red_flag")
    ],
    "letter-words.schema.json": ["words/en/letters"],
    "examples.schema.json": ["examples"],
    "answers.schema.json": ["answers"],
    "answer-words.schema.json": ["words/en/answers"],
    "adoption.schema.json": ["adoption"],
    "rehearsal.schema.json": ["rehearsal"],
}


def test_the_reference_is_current() -> None:
    assert page() == PAGE.read_text(encoding="utf-8"), "renew: python -m tests.support.reference"


@pytest.mark.parametrize("name", ROOTS)
def test_the_schemas_are_current(name: str) -> None:
    written = (FOLDER / name).read_text(encoding="utf-8")

    assert schemas()[name] == written, "renew: python -m tests.support.reference"


@pytest.mark.parametrize("name", aloud.pages())
def test_the_pages_that_read_a_definition_aloud_are_current(name: str) -> None:
    written = (FOLDER / name).read_text(encoding="utf-8")

    assert aloud.pages()[name] == written, "renew: python -m tests.support.aloud"


def test_each_key_has_its_meaning_and_no_meaning_is_left_over() -> None:
    written = {name: set(about) for name, about in keys().items()}

    shapes = {shape.__name__: set(names_of(shape)) for shape in SHAPES}
    assert written == {**shapes, CHECKS_OF_ALL: set(KINDS), PATHS: {*ROOTS_OF_PATHS, *IN_LETTERS}}


@pytest.mark.parametrize("root", keys()[PATHS])
def test_the_example_of_a_path_begins_as_it_says(root: str) -> None:
    assert str(keys()[PATHS][root]["example"]).startswith(f"{root}.")


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_of_each_check_is_one_that_is_read(kind: str) -> None:
    example = keys()[CHECKS_OF_ALL][kind]["example"]

    assert isinstance(example, dict)
    assert next(iter(example)) == kind
    TypeAdapter[object](ShortCheck).validate_python(example)


@pytest.mark.parametrize("shape", SHAPES)
def test_each_example_is_one_that_is_read(shape: type[BaseModel]) -> None:
    refused = {name: _refused(shape, name) for name in names_of(shape)}

    assert {name: why for name, why in refused.items() if why} == {}


def _refused(shape: type[BaseModel], name: str) -> list[str]:
    """Why the example of a key is not read; what else the shape wants is missing, and no matter."""
    try:
        example = shown(name, keys()[shape.__name__][name]["example"])
        shape.model_validate(spotted(read(example, "an example")))
    except ValidationError as error:
        return [each["msg"] for each in error.errors() if each["loc"][:1] == (name,)]
    return []


@pytest.mark.parametrize("name", ROOTS)
def test_the_programme_fits_the_schema_that_editors_use(name: str) -> None:
    schema = json.loads(schemas()[name])
    Draft202012Validator.check_schema(schema)
    editor = Draft202012Validator(schema)

    wrong = {
        file: [
            error.message for error in editor.iter_errors(read_file(WP6 / f"{file}.yaml").content)
        ]
        for file in READ_BY[name]
    }

    assert wrong == {file: [] for file in READ_BY[name]}


def test_each_file_names_the_schema_that_an_editor_checks_it_with() -> None:
    right = {WP6 / f"{file}.yaml": FOLDER / name for name in READ_BY for file in READ_BY[name]}

    named = {file: _SCHEMA.match(file.read_text(encoding="utf-8")) for file in right}

    found = {file: (file.parent / line[1]).resolve() for file, line in named.items() if line}
    assert found == right


def test_the_definitions_are_read_the_same_by_the_slower_reader_of_yaml() -> None:
    """Where libyaml is missing the pure reader is used, and it takes less."""
    files = {str(path.relative_to(WP6)): path for path in WP6.rglob("*.yaml")}

    read = {name: yaml.safe_load(path.read_text(encoding="utf-8")) for name, path in files.items()}

    assert read == {name: read_file(path).content for name, path in files.items()}
