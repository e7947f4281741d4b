"""`pairing pair form`: what belongs into a record, as a form to fill in and file."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated

import typer

from cli.pair.arguments import Pair
from cli.shared.opening import opened
from cli.shared.output import Exact, answer, tell
from cli.shared.table import Table
from cli.shared.values import word
from engine.checks.records import expected
from engine.model.definition import RecordType
from engine.model.dossier import Dossier, RecordVersion
from engine.model.fields import Field
from runtime.queries.find_case import find_case
from runtime.queries.record_types import record_type, record_types
from runtime.queries.show_case import show_case


@dataclass(frozen=True, slots=True)
class FormField:
    """A field: what it takes, whether it is needed, the fields of its rows."""

    name: str
    kind: str
    needed: bool
    choices: tuple[str, ...]
    rows: "tuple[FormField, ...]"


@dataclass(frozen=True, slots=True)
class FiledRecord:
    """A record of a case and the number of its last version."""

    record: str
    title: str
    by: tuple[str, ...]
    version: int | None


@dataclass(frozen=True, slots=True)
class PairForm:
    """What belongs into a record and what was filed last; without one, all that come in."""

    case: str
    record: str | None
    version: int | None
    fields: tuple[FormField, ...]
    content: Mapping[str, object]
    records: tuple[FiledRecord, ...]


def form(
    pair: Pair,
    name: Annotated[
        str | None, typer.Argument(metavar="RECORD", help="Absent: list them all.", parser=word)
    ] = None,
) -> PairForm:
    """Print a record as JSON to fill in, with what was filed last, for `pair record --from`.

    Without a record: all that come in where the pair stands.
    """
    with opened() as runtime:
        case_id = find_case(runtime, pair)
        kinds = record_types(runtime, case_id)
        kind = None if name is None else record_type(runtime, case_id, name)
        dossier = show_case(runtime, case_id).dossier
    if kind is None:
        return _list(pair, kinds, dossier)
    told = _one(pair, kind, dossier.latest(kind.name))
    if kind.name not in {each.name for each in kinds}:
        tell(f"{pair} has ended: it takes in no version more")
    return told


def _list(pair: str, kinds: tuple[RecordType, ...], dossier: Dossier) -> PairForm:
    versions = {name: filed[-1].number for name, filed in dossier.records.items()}
    found = tuple(
        FiledRecord(each.name, each.title, each.by, versions.get(each.name)) for each in kinds
    )
    rows = [(each.record, each.title, each.by, each.version) for each in found]
    told = PairForm(pair, None, None, (), {}, found)
    nothing = "it has ended and takes in no record more"
    return answer(told, Table(("record", "what", "of", "version"), rows, empty=nothing))


def _one(pair: str, kind: RecordType, last: RecordVersion | None) -> PairForm:
    content = {**_blanks(kind.fields), **(last.content if last is not None else {})}
    version = last.number if last is not None else None
    told = PairForm(pair, kind.name, version, tuple(map(_field, kind.fields)), content, ())
    answer(told, Exact(json.dumps(content, indent=1, ensure_ascii=False, default=str)))
    title = f"{kind.title} ({kind.name})"
    tell(Table(("field", "takes", "needed"), list(_rows(kind.fields)), title))
    return told


def _blanks(fields: tuple[Field, ...]) -> dict[str, object]:
    return {field.name: _blank(field) for field in fields}


def _blank(field: Field) -> object:
    if field.kind == "rows":
        return [] if field.optional else [_blanks(field.rows)]
    return [] if field.kind == "list" else None


def _field(field: Field) -> FormField:
    rows = tuple(map(_field, field.rows))
    return FormField(field.name, field.kind, not field.optional, tuple(field.choices), rows)


def _rows(fields: tuple[Field, ...], under: str = "") -> Iterator[tuple[str, str, bool]]:
    for field in fields:
        yield f"{under}{field.name}", expected(field), not field.optional
        yield from _rows(field.rows, f"{under}{field.name}: ")
