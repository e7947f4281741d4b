"""What pydantic found wrong with a definition, as sentences with a place and a remedy."""

from collections.abc import Iterator, Mapping
from operator import itemgetter

from pydantic import BaseModel, ValidationError
from pydantic.errors import PydanticUserError
from pydantic_core import ErrorDetails

from engine.places import Place
from engine.suggestions import suggestion
from workflows.yaml.located import Located, Path

_WANTED = {
    "string": "text",
    "int": "a whole number",
    "float": "a number",
    "decimal": "a number",
    "bool": "true or false",
    "list": "a list (`- ` before each item)",
    "tuple": "a list (`- ` before each item)",
    "set": "a list (`- ` before each item)",
    "frozen": "a list (`- ` before each item)",
    "dict": "a mapping (`name: value` lines)",
    "mapping": "a mapping (`name: value` lines)",
    "model": "a mapping (`name: value` lines)",
    "dataclass": "a mapping (`name: value` lines)",
    "date": "a date like 2026-04-01",
    "none": "nothing",
}
_KINDS_OF_MISMATCH = ("_type", "_parsing", "_from_float", "_required", "_attributes_type")
_ABOUT_KEYS = ("extra_forbidden", "missing", "invalid_key")
_MOST_PROBLEMS = 50
_LONGEST_SHOWN = 40


def explain(
    document: Located, error: ValidationError, model: type[BaseModel] | None = None
) -> list[str]:
    """Say each problem once, as `file:line:column: sentence`, in the order of the file.

    After the first 50 only their number is said.
    `model` is what the document was validated against: it knows which keys could be meant.
    """
    found = error.errors(include_url=False)
    schema = _schema(model)
    placed = sorted(((_place(document, details), details) for details in found), key=itemgetter(0))
    sentences: dict[str, None] = {}
    for place, details in placed[:_MOST_PROBLEMS]:
        if details["type"] == "extra_forbidden":
            known = _known_keys(schema, details["loc"][:-1]) or _missing_beside(details, found)
            sentences[f"{place}: {_unknown_key(details, known)}"] = None
        else:
            sentences[f"{place}: {_sentence(details)}"] = None
    more = len(placed) - _MOST_PROBLEMS
    return [*sentences, *([f"and {more} more"] if more > 0 else [])]


def _place(document: Located, details: ErrorDetails) -> Place:
    path = _nearest(document, details["loc"])
    if details["type"] in _ABOUT_KEYS or "[key]" in details["loc"]:
        return document.key_place(path)
    return document.place(path)


def _nearest(document: Located, location: Path) -> Path:
    # Pydantic puts names of union members and of validators between the steps of the file.
    path: Path = ()
    for step in location:
        if (*path, step) in document.places:
            path = (*path, step)
    return path


def _unknown_key(details: ErrorDetails, known: list[str]) -> str:
    key = details["loc"][-1]
    return f'the key "{key}" is not known: {suggestion(key, known)}'


def _missing_beside(details: ErrorDetails, found: list[ErrorDetails]) -> list[str]:
    beside = details["loc"][:-1]
    return [
        str(other["loc"][-1])
        for other in found
        if other["type"] == "missing" and other["loc"][:-1] == beside
    ]


def _sentence(details: ErrorDetails) -> str:
    kind, name = details["type"], _name(details["loc"])
    context: Mapping[str, object] = details.get("ctx", {})
    if kind == "missing":
        return f'"{details["loc"][-1]}" is missing: add a line `{details["loc"][-1]}: ...`'
    if "expected" in context or "expected_tags" in context:
        return _not_one_of(details, context)
    if kind == "union_tag_not_found":
        return f"{name} does not say its kind: add {context.get('discriminator', 'it')}"
    wanted = _WANTED.get(kind.split("_")[0])
    if wanted and kind.endswith(_KINDS_OF_MISMATCH):
        return f"{name} should be {wanted}, not {_described(details['input'])}{_remedy(details)}"
    message = details["msg"].removeprefix("Value error, ").removeprefix("Assertion failed, ")
    return f"{name}: {message[:1].lower()}{message[1:]}"


def _not_one_of(details: ErrorDetails, context: Mapping[str, object]) -> str:
    expected = str(context.get("expected", context.get("expected_tags")))
    choices = [word.strip(" '\"") for word in expected.replace(" or ", ", ").split(", ")]
    got = context.get("tag", details["input"])
    remedy = suggestion(got, choices) if isinstance(got, str) else f"write {expected}"
    return f"{_name(details['loc'])} cannot be {_described(got)}: {remedy}"


def _remedy(details: ErrorDetails) -> str:
    if details["type"] == "string_type" and isinstance(details["input"], int | float):
        return ": put it in quotes"
    return ""


def _described(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return f"the number {value}"
        case str():
            return f'"{value if len(value) <= _LONGEST_SHOWN else value[:_LONGEST_SHOWN] + "..."}"'
        case dict():
            return "a mapping"
        case _:
            return "a list"


def _name(location: Path) -> str:
    if not location:
        return "the file"
    last = location[-1]
    if isinstance(last, str):
        return f'"{last}"'
    return f"item {last + 1} of {_name(location[:-1])}"


def _schema(model: type[BaseModel] | None) -> dict[str, object]:
    try:
        return model.model_json_schema() if model else {}
    except PydanticUserError:
        # A model with a field that has no schema still validates; only suggestions are lost.
        return {}


def _known_keys(schema: dict[str, object], path: Path) -> list[str]:
    here = list(_branches(schema, schema, set()))
    for step in path:
        deeper = [node for branch in here for node in _below(schema, branch, step)]
        here = deeper or here
    keys: set[str] = set()
    for branch in here:
        properties = branch.get("properties")
        keys.update(properties if isinstance(properties, dict) else ())
    return sorted(keys)


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
