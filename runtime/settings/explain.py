"""Where in the settings file, or in which variable, a wrong setting stands; and what is wrong."""

import os
import re
from collections.abc import Iterator, Mapping

from pydantic import BaseModel, ValidationError

from engine.suggestions import suggestion
from workflows.sentences import TOML, known_keys, sentence

Path = tuple[int | str, ...]

_HEADER = re.compile(r"\s*\[{1,2}\s*([^\]]*?)\s*\]{1,2}")
_KEY = re.compile(r"\s*([A-Za-z0-9_\-\"'.\s]+?)\s*=")
_SECRET = "password"  # noqa: S105 - its name: no file may hold it, so none is told of it
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


def explain(error: ValidationError, where: str, text: str, model: type[BaseModel]) -> str:
    """Write one line for each thing that is wrong."""
    return "\n".join(dict.fromkeys(_lines(error, where, lines_of(text), model)))


def _lines(
    error: ValidationError, where: str, lines: Mapping[Path, int], model: type[BaseModel]
) -> Iterator[str]:
    for details in error.errors(include_url=False):
        path = details["loc"]
        context: Mapping[str, object] = details.get("ctx", {})
        if details["type"] == "contradiction":
            path = (*path, *str(context["key"]).split("."))
        wrong = sentence("", details, TOML).lstrip(": ")  # the place names the key already
        if details["type"] == "extra_forbidden":
            known = [name for name in known_keys(model, path[:-1]) if name != _SECRET]
            wrong = f"is not a setting: {suggestion(_word(path[-1]), known)}"
        yield f"{_where(path, where, lines)}: {wrong}"


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


def _parts(text: str) -> Path:
    return tuple(part.strip().strip("\"'") for part in text.split("."))


def _word(step: int | str) -> str:
    return ascii(str(step))[1:-1][:_LONGEST]
