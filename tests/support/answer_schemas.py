"""docs/schemas, written from the types of the answers: `python -m tests.support.answer_schemas`."""

import inspect
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import cast, get_type_hints

from pydantic import TypeAdapter

from cli.pair.record_views import RecordCompared, RecordShown
from cli.shared.bodies import json_name
from cli.shared.edge import Error
from runtime.queries.preview import Preview
from tests.support.command_tree import commands

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"


def shapes() -> dict[str, type]:
    """What each command answers: the type that its function returns."""
    return {command.name: _returned(command.function) for command in commands()}


def shape_name(shape: type) -> str:
    """The name of a shape's file: `PairList` is described in pair-list.json."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", shape.__name__).lower()


def schemas() -> dict[str, str]:
    """Every description by the name of its file."""
    return {
        f"{shape_name(shape)}.json": json.dumps(_schema(shape), indent=1, ensure_ascii=False) + "\n"
        for shape in {*shapes().values(), Preview, Error, RecordShown, RecordCompared}
    }


def _returned(function: object) -> type:
    hints = get_type_hints(inspect.unwrap(function))  # type: ignore[arg-type]  # a function
    return cast("type", hints["return"])


def _schema(shape: type) -> dict[str, object]:
    adapter = TypeAdapter[object](shape)
    made = _plain(adapter.json_schema(mode="serialization"))
    title = (inspect.getdoc(shape) or "").partition("\n")[0]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **cast("dict[str, object]", made),
        "title": title,
    }


def _plain(node: object) -> object:
    """The schema as the answers are written: no other fields, and the names that machines read."""
    if isinstance(node, list):
        return [_plain(each) for each in node]
    if not isinstance(node, dict):
        return node
    found = {key: _plain(each) for key, each in node.items() if key != "description"}
    if isinstance(properties := found.get("properties"), dict):
        found["properties"] = properties = dict(_renamed(properties))
        found["required"] = list(properties)
        found["additionalProperties"] = False
    return found


def _renamed(properties: dict[str, object]) -> Iterator[tuple[str, object]]:
    for name, about in properties.items():
        if isinstance(about, dict):
            about.pop("title", None)
        yield json_name(name), about


if __name__ == "__main__":
    written = schemas()
    for old in SCHEMAS.glob("*.json"):
        if old.name not in written:
            old.unlink()
    for name, text in written.items():
        (SCHEMAS / name).write_text(text, encoding="utf-8")
    sys.stdout.write(f"{SCHEMAS}: {len(written)} files\n")
