"""What a command answers to machines: a dataclass, written as JSON piece by piece.

A field whose name Python keeps for itself ends in an underscore, which is left out. What an
iterator yields is written as it comes, so that a long list is never whole in memory.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import Field, fields, is_dataclass
from datetime import date
from typing import ClassVar, Protocol


class Body(Protocol):
    """An answer: any dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Field[object]]]


def json_name(field: str) -> str:
    """The name of a field as machines read it."""
    return field.rstrip("_")


def json_parts(body: Body) -> Iterator[str]:
    """One object on one line, in pieces."""
    before = "{"
    for field in fields(body):
        yield f'{before}"{json_name(field.name)}": '
        value = getattr(body, field.name)
        if isinstance(value, Iterator):
            yield from _listed(value)
        else:
            yield _written(value)
        before = ", "
    yield "}\n"


def _listed(values: Iterator[object]) -> Iterator[str]:
    before = "["
    for value in values:
        yield f"{before}{_written(value)}"
        before = ", "
    yield "[]" if before == "[" else "]"


def _written(value: object) -> str:
    return json.dumps(value, default=_plain)


def _plain(value: object) -> object:
    if isinstance(value, date):  # a datetime is one
        return value.isoformat()
    if is_dataclass(value):
        return {json_name(each.name): getattr(value, each.name) for each in fields(value)}
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Iterable):
        return list(value)
    return str(value)
