"""What pydantic found wrong, as sentences: what it is, and what would be right or was meant.

The only module that knows pydantic's kinds of errors. Who read the text adds the place.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel
from pydantic.errors import PydanticUserError
from pydantic_core import ErrorDetails

from engine.suggestions import suggestion

_KINDS_OF_MISMATCH = ("_type", "_parsing", "_from_float", "_required", "_attributes_type")
_LIMITS = {"ge": "at least", "le": "at most", "gt": "more than", "lt": "less than"}
_IN_OUR_WORDS = {"string_unicode": "it is not text in UTF-8: type it anew"}
_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Notation:
    """How a format writes its values: a person corrects a file in the words of its format."""

    mapping: str
    wanted: Mapping[str, str]  # by the first word of the kind of an error
    quotes: str = ""  # what to add where a text was read as something else


_LIST = "a list (`- ` before each item)"
_MAPPING = "a mapping (`name: value` lines)"
YAML = Notation(
    "a mapping",
    {
        "string": "text",
        "int": "a whole number",
        "float": "a number",
        "decimal": "a number",
        "bool": "true or false",
        "date": "a date like 2026-04-01",
        "none": "nothing",
        **dict.fromkeys(("list", "tuple", "set", "frozen"), _LIST),
        **dict.fromkeys(("dict", "mapping", "model", "dataclass"), _MAPPING),
    },
    quotes=": put it in quotes",
)
TOML = Notation(
    "a section",
    {
        "string": "text in quotes",
        "int": "a whole number, without quotes",
        "float": "a number, without quotes",
        "bool": "true or false",
        "date": "a date like 2028-09-30, without quotes",
        "tuple": 'a list like ["en"]',
        "model": "a section of settings, like [mail]",
    },
)


def sentence(subject: str, details: ErrorDetails, notation: Notation) -> str:
    """Say one error about the subject; unknown keys are the reader's, who can name the others."""
    kind, got = details["type"], details["input"]
    context: Mapping[str, object] = details.get("ctx", {})
    if kind == "missing":
        return f"{subject} is missing: add a line `{details['loc'][-1]}: ...`"
    if "expected" in context or "expected_tags" in context:
        return f"{subject} cannot be {_not_one_of(context.get('tag', got), context, notation)}"
    if kind == "union_tag_not_found":
        return f"{subject} does not say its kind: add {context.get('discriminator', 'it')}"
    wanted = notation.wanted.get(kind.split("_")[0])
    if wanted and kind.endswith(_KINDS_OF_MISMATCH):
        remedy = notation.quotes if kind == "string_type" and isinstance(got, int | float) else ""
        return f"{subject} should be {wanted}, not {_described(got, notation)}{remedy}"
    limit = next((key for key in _LIMITS if key in context), None)
    if limit is not None:
        return f"{subject} is {_cut(str(got))}: it should be {_LIMITS[limit]} {context[limit]}"
    said = _IN_OUR_WORDS.get(kind, details["msg"])
    message = said.removeprefix("Value error, ").removeprefix("Assertion failed, ")
    return f"{subject}: {message[:1].lower()}{message[1:]}"


def known_keys(model: type[BaseModel] | None, path: tuple[int | str, ...]) -> list[str]:
    """Every key that may stand at this place of a document of this shape."""
    schema = _schema(model)
    here = list(_branches(schema, schema, set()))
    for step in path:
        deeper = [node for branch in here for node in _below(schema, branch, step)]
        here = deeper or here
    keys: set[str] = set()
    for branch in here:
        properties = branch.get("properties")
        keys.update(properties if isinstance(properties, dict) else ())
    return sorted(keys)


def _not_one_of(got: object, context: Mapping[str, object], notation: Notation) -> str:
    expected = str(context.get("expected", context.get("expected_tags")))
    choices = [word.strip(" '\"") for word in expected.replace(" or ", ", ").split(", ")]
    remedy = suggestion(got, choices) if isinstance(got, str) else f"write {expected}"
    return f"{_described(got, notation)}: {remedy}"


def _described(value: object, notation: Notation) -> str:
    match value:
        case None | True | False:
            return {None: "nothing", True: "true", False: "false"}[value]
        case int() | float():
            return f"the number {_cut(str(value))}"
        case str():
            return f'"{_cut(value)}"'
        case dict():
            return notation.mapping
        case list() | tuple():
            return "a list"
        case _:
            return _cut(str(value))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "..."


@cache
def _schema(model: type[BaseModel] | None) -> dict[str, object]:
    try:
        return model.model_json_schema() if model else {}
    except PydanticUserError:
        # A model with a field that has no schema still validates; only suggestions are lost.
        return {}


def _below(
    schema: dict[str, object], branch: dict[str, object], step: str | int
) -> Iterator[dict[str, object]]:
    properties = branch.get("properties")
    if isinstance(properties, dict) and step in properties:
        yield from _branches(schema, properties[step], set())
    else:
        inner = "items" if isinstance(step, int) else "additionalProperties"
        yield from _branches(schema, branch.get(inner), set())


def _branches(
    schema: dict[str, object], node: object, seen: set[str]
) -> Iterator[dict[str, object]]:
    if not isinstance(node, dict):
        return
    yield node
    reference = str(node.get("$ref", ""))
    definitions = schema.get("$defs")
    if reference and reference not in seen and isinstance(definitions, dict):
        seen.add(reference)
        yield from _branches(schema, definitions.get(reference.rsplit("/", 1)[-1]), seen)
    for union in ("anyOf", "oneOf", "allOf"):
        for member in node.get(union, ()):
            yield from _branches(schema, member, seen)
