"""The JSON Schema that editors use agrees with what the parser takes."""

import json

import pytest
from jsonschema import Draft202012Validator

from engine.checks.vocabulary import CHECKS
from tests.support.garden import FOLDER, PLANTING
from workflows.schema.parse import schema
from workflows.yaml.reading import Plain, read_file

SCHEMA = schema()
# What stands in planting.yaml as JSON, and what an editor should underline.
MISTAKES = (
    ('"months": 12', '"months": "12"'),
    ('"months": 12', '"monts": 12'),
    ('"severity": "amber"', '"severity": "yellow"'),
    ('"kind": "number"', '"kind": "numbr"'),
    ('"check": "between"', '"check": "betwen"'),
    ('"at_least": 2, "at_most": 30.5', '"atleast": 2, "at_most": 30.5'),
    ('"places": 14', '"places": "14"'),
    ('"meets": "visit"', '"meets": "phone"'),
    ('"final": true', '"final": "true"'),
    ('"from": "asked"', '"from": 3'),
)


def test_it_is_a_schema_that_can_be_written_to_a_file() -> None:
    Draft202012Validator.check_schema(SCHEMA)

    assert json.loads(json.dumps(SCHEMA)) == SCHEMA


@pytest.mark.parametrize("file", ["planting.yaml", "watering.yaml", "red_flag.yaml"])
def test_good_definitions_fit_it(file: str) -> None:
    assert _errors(read_file(FOLDER / file).content) == []


@pytest.mark.parametrize(("right", "wrong"), MISTAKES)
def test_mistakes_do_not(right: str, wrong: str) -> None:
    text = json.dumps(read_file(PLANTING).content)
    assert right in text

    assert _errors(json.loads(text.replace(right, wrong, 1))) != []


def test_it_names_every_check() -> None:
    text = json.dumps(SCHEMA)

    assert [name for name in CHECKS if f'"const": "{name}"' not in text] == []


def _errors(content: Plain) -> list[str]:
    return [error.message for error in Draft202012Validator(SCHEMA).iter_errors(content)]
