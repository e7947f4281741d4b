"""What pydantic found wrong with the settings, as lines that name file, line, key and remedy."""

import os
import re
from collections.abc import Iterator, Mapping

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from engine.suggestions import suggestion

Path = tuple[int | str, ...]

_HEADER = re.compile(r"\s*\[{1,2}\s*([^\]]*?)\s*\]{1,2}")
_KEY = re.compile(r"\s*([A-Za-z0-9_\-\"'.\s]+?)\s*=")
_WANTED = {
    "string": "text in quotes",
    "int": "a whole number, without quotes",
    "float": "a number, without quotes",
    "bool": "true or false",
    "date": "a date like 2028-09-30, without quotes",
    "tuple": 'a list like ["en"]',
    "model": "a section of settings, like [mail]",
}
_LIMITS = {"greater": "at least", "less": "at most"}
_LONGEST = 60


def lines_of(text: str) -> Mapping[Path, int]:
    """Where each key of a TOML text stands, as far as a look at its lines can tell."""
    found: dict[Path, int] = {}
    section: Path = ()
    for number, line in enumerate(text.splitlines(), start=1):
        header = _HEADER.match(line)
        if header:
            section = _parts(header[1])
            found.setdefault(section, number)
            continue
        key = _KEY.match(line)
        if key:
            found.setdefault((*section, *_parts(key[1])), number)
    return found


def explain(
    error: ValidationError, where: str, lines: Mapping[Path, int], model: type[BaseModel]
) -> str:
    """Write one line for each thing that is wrong."""
    return "\n".join(dict.fromkeys(_lines(error, where, lines, model)))


def _lines(
    error: ValidationError, where: str, lines: Mapping[Path, int], model: type[BaseModel]
) -> Iterator[str]:
    for details in error.errors(include_url=False):
        path = details["loc"]
        context: Mapping[str, object] = details.get("ctx", {})
        if details["type"] == "contradiction":
            path = (*path, str(context["key"]))
        yield f"{_where(path, where, lines)}: {_sentence(details, path, model)}"


def _where(path: Path, where: str, lines: Mapping[Path, int]) -> str:
    variable = "PAIRING_" + "__".join(str(step) for step in path[:2]).upper()
    for name in os.environ:
        if name.upper() == variable or name.upper().startswith(f"{variable}__"):
            return name
    key = ".".join(_word(step) for step in path)
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return f"{where}:{lines[path[:length]]}: {key}"
    return f"{where}: {key}"


def _sentence(details: ErrorDetails, path: Path, model: type[BaseModel]) -> str:
    kind = details["type"]
    if kind == "extra_forbidden":
        return f"is not a setting: {suggestion(_word(path[-1]), _known(path[:-1], model))}"
    wanted = _WANTED.get(kind.split("_", maxsplit=1)[0])
    if wanted and kind.rpartition("_")[2] in {"type", "parsing"}:
        return f"should be {wanted}, not {_shown(details['input'])}"
    return _limits(details) or _plain(details["msg"])


def _limits(details: ErrorDetails) -> str:
    context: Mapping[str, object] = details.get("ctx", {})
    limit = next((context[key] for key in ("ge", "le", "gt", "lt") if key in context), None)
    kind = details["type"]
    if kind in {"literal_error", "enum"}:
        choices = re.findall(r"'([^']+)'", str(context.get("expected", "")))
        got = details["input"]
        remedy = suggestion(got, choices) if isinstance(got, str) else f"write {choices[0]}"
        return f"cannot be {_shown(got)}: {remedy}"
    if limit is None:
        return ""
    if kind == "greater_than":
        return f"is {_shown(details['input'])}: it should be more than {limit}"
    return f"is {_shown(details['input'])}: it should be {_LIMITS[kind.split('_')[0]]} {limit}"


def _plain(message: str) -> str:
    text = message.removeprefix("Value error, ")
    return text[:1].lower() + text[1:]


def _known(path: Path, model: type[BaseModel]) -> list[str]:
    here: object = model
    for step in path:
        fields = here.model_fields if isinstance(here, type) and issubclass(here, BaseModel) else {}
        here = fields[str(step)].annotation if str(step) in fields else None
    if isinstance(here, type) and issubclass(here, BaseModel):
        return [name for name in here.model_fields if name != "password"]
    return []


def _parts(text: str) -> Path:
    return tuple(part.strip().strip("\"'") for part in text.split("."))


def _word(step: int | str) -> str:
    return ascii(str(step))[1:-1][:_LONGEST]


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a section"
    if isinstance(value, list | tuple):
        return "a list"
    text = ascii(value) if isinstance(value, str) else str(value)[:400]
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
