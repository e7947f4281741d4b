"""What a file says as one text that needs no other file, and that any reader of JSON takes."""

import json

from workflows.yaml.located import Plain


def text_of(content: Plain) -> str:
    """A definition in full as text, each entry of its sections on a line of its own."""
    if not isinstance(content, dict):
        return _json(content)
    parts = (f"{_json(key)}: {_entries(each)}" for key, each in content.items())
    return "{" + ",\n".join(parts) + "}\n"


def _entries(content: Plain) -> str:
    if isinstance(content, dict):
        return (
            "{\n"
            + ",\n".join(f" {_json(key)}: {_json(each)}" for key, each in content.items())
            + "}"
        )
    if isinstance(content, list):
        return "[\n" + ",\n".join(f" {_json(each)}" for each in content) + "]"
    return _json(content)


def _json(content: Plain) -> str:
    return json.dumps(content, ensure_ascii=False)
