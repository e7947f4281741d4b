"""The content of a record as people give it: a JSON file, standard input, or field=value words."""

import json
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

import typer

from cli.shared.days import tell_day, tell_moment
from cli.shared.values import Assignment, read
from engine.checks.spoken import Spoken
from engine.literals import fact, shown
from engine.model.fields import Field
from engine.suggestions import suggestion
from engine.time.written_moments import Here
from runtime.queries.table_rows import table_rows

_LARGEST = 1_000_000  # bytes
_SET = "--set"
_TABLE = "@"  # before the name of a file that holds the rows


def from_file(place: Path) -> dict[str, object]:
    """Read one JSON object, from standard input when the file is `-`."""
    try:
        if str(place) == "-":
            raw = sys.stdin.buffer.read(_LARGEST + 1)
        else:
            if not place.is_file():
                raise _wrong(f"there is no file {shown(str(place))}: check the name")
            with place.open("rb") as stream:
                raw = stream.read(_LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it cannot be read"
        raise _wrong(f"{shown(str(place))}: {reason.lower()}") from None
    return from_json(raw)


def from_json(raw: bytes) -> dict[str, object]:
    """Read one JSON object strictly: UTF-8, no key twice, no number JSON does not know."""
    if len(raw) > _LARGEST:
        raise _wrong(f"it is larger than {_LARGEST} bytes: this is no record")
    try:
        found: object = json.loads(
            raw.decode("utf-8-sig"), object_pairs_hook=_once_each, parse_constant=_no_number
        )
    except UnicodeDecodeError as error:
        raise _wrong(f"byte {error.start} is not UTF-8: save it as UTF-8") from None
    except json.JSONDecodeError as error:
        raise _wrong(f"line {error.lineno}, column {error.colno}: {error.msg.lower()}") from None
    except _ContentError as error:
        raise _wrong(str(error)) from None
    except RecursionError:
        raise _wrong("it is nested too deeply") from None
    except ValueError:  # Python reads no number of more than 4,300 figures
        raise _wrong("a number in it has thousands of figures: shorten it") from None
    if not isinstance(found, dict):
        raise _wrong("it should be one JSON object: { ... }")
    _refuse_strange_marks(found)
    return found


def as_written(
    fields: tuple[Field, ...], content: Mapping[str, object], here: Here
) -> dict[str, object]:
    """Read what a file gives as text like what is typed; what is wrong stays, to be told there."""
    kinds = {field.name: field for field in fields}
    return {name: _as_written(kinds.get(name), value, here) for name, value in content.items()}


def _as_written(field: Field | None, value: object, here: Here) -> object:
    if field is not None and isinstance(value, str) and value.strip() and field.kind != "list":
        with suppress(ValueError):
            return field.read(value, here)
    if field is not None and isinstance(value, list):
        return [
            as_written(field.rows, row, here) if isinstance(row, dict) else row for row in value
        ]
    return value


def from_words(
    fields: tuple[Field, ...],
    words: list[Assignment],
    record: str,
    here: Here,
    option: str = _SET,
) -> dict[str, object]:
    """Read field=value words, each by the kind its field has; a list takes several words."""
    known = {field.name: field for field in fields}
    content: dict[str, object] = {}
    for name, raw in words:
        field = known.get(name)
        if field is None:
            names = ", ".join(known)
            raise _wrong(f"{shown(name)} is not a field of {record}: known are {names}", option)
        try:
            value = _typed(field, raw, here)
        except typer.BadParameter as error:
            raise _wrong(f"{name}: {error.message}", option) from None
        if field.kind == "list" and isinstance(value, list):
            kept = content.setdefault(name, [])
            value = [*kept, *value] if isinstance(kept, list) else value
        elif name in content:
            raise _wrong(f"{name} is given twice: keep one", option)
        content[name] = value
    return content


def facts(words: list[Assignment]) -> Mapping[str, object]:
    """Read the facts of a centre, as tables read them."""
    return {name: fact(raw) for name, raw in words}


def spoken(
    words: list[Assignment], known: tuple[Spoken, ...] | None, here: Here, of: str
) -> Mapping[str, object]:
    """Read what is said with a step or a start; a word that nothing reads is refused."""
    if known is None:
        return facts(words)  # there is no such step: that is told first
    by_name = {each.name: each for each in known}
    found: dict[str, object] = {}
    for name, raw in words:
        if name not in by_name:
            near = suggestion(name, list(by_name)) if by_name else "leave it out"
            raise _wrong(f"{shown(name)} is not read by {of}: {near}", _SET)
        field, there = by_name[name].field, replace(here, when=by_name[name].when)
        try:
            found[name] = _typed(field, raw, there) if field is not None and raw else fact(raw)
        except typer.BadParameter as error:
            raise _wrong(f"{name}: {error.message}", _SET) from None
    return found


def _typed(field: Field, raw: str, here: Here) -> object:
    if field.kind == "rows" and raw.startswith(_TABLE):
        rows = list(table_rows(Path(raw.removeprefix(_TABLE)), field))
        return as_written((field,), {field.name: rows}, here)[field.name]
    if field.kind == "rows" or (field.kind == "list" and raw.startswith("[")):
        return as_written((field,), {field.name: _json_value(raw)}, here)[field.name]
    value = read(partial(field.read, here=here), raw)
    if field.kind == "date":
        tell_day(raw, date.fromisoformat(str(value)))
    if field.kind == "moment":
        tell_moment(raw, datetime.fromisoformat(str(value)), here.zone)
    return value


def _json_value(raw: str) -> object:
    return from_json(f'{{"value": {raw}}}'.encode("utf-8", "surrogatepass"))["value"]


class _ContentError(ValueError):
    """What JSON allows and a record does not."""


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise _ContentError(f"the key {shown(name)} is there twice: keep one")
        found[name] = value
    return found


def _no_number(name: str) -> object:
    raise _ContentError(f"{name} is not a number")


def _refuse_strange_marks(value: object) -> None:
    if isinstance(value, str) and any(
        mark == "\x00" or "\ud800" <= mark <= "\udfff" for mark in value
    ):
        raise _wrong(f"{shown(value)} holds a mark that is not text: take it out")
    if isinstance(value, dict):
        for name, inner in value.items():
            _refuse_strange_marks(name)
            _refuse_strange_marks(inner)
    if isinstance(value, list):
        for inner in value:
            _refuse_strange_marks(inner)


def _wrong(message: str, hint: str = "--from") -> typer.BadParameter:
    return typer.BadParameter(message, param_hint=hint)
