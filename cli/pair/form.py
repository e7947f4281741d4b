"""`pairing pair form`: what belongs into a record, as a form to fill in and file."""

import json
from collections.abc import Iterator, Mapping
from typing import Annotated

import typer

from cli.pair.arguments import Pair
from cli.shared.opening import opened
from cli.shared.output import Table, answer, tell
from cli.shared.values import word
from engine.checks.records import expected
from engine.model.definition import RecordType
from engine.model.dossier import Dossier, RecordVersion
from engine.model.fields import Field
from runtime.queries.find_case import find_case
from runtime.queries.record_types import record_type, record_types
from runtime.queries.show_case import show_case


def form(
    pair: Pair,
    name: Annotated[
        str | None, typer.Argument(metavar="RECORD", help="Absent: list them all.", parser=word)
    ] = None,
) -> None:
    """Print a record as JSON to fill in, with what was filed last, for `pair record --from`."""
    with opened() as runtime:
        case_id = find_case(runtime, pair)
        kinds = record_types(runtime, case_id) if name is None else ()
        kind = None if name is None else record_type(runtime, case_id, name)
        dossier = show_case(runtime, case_id).dossier
    if kind is None:
        _list(pair, kinds, dossier)
    else:
        _one(pair, kind, dossier.latest(kind.name))


def _list(pair: str, kinds: tuple[RecordType, ...], dossier: Dossier) -> None:
    versions = {name: filed[-1].number for name, filed in dossier.records.items()}
    rows = [(each.name, each.title, each.by, versions.get(each.name)) for each in kinds]
    records = [
        {"record": name, "title": title, "by": list(by), "version": version}
        for name, title, by, version in rows
    ]
    answer({"case": pair, "records": records}, Table(("record", "what", "of", "version"), rows))


def _one(pair: str, kind: RecordType, last: RecordVersion | None) -> None:
    content = {**_blanks(kind.fields), **(last.content if last is not None else {})}
    answer(
        {
            "case": pair,
            "record": kind.name,
            "version": last.number if last is not None else None,
            "fields": [_field(each) for each in kind.fields],
            "content": content,
        },
        json.dumps(content, indent=1, ensure_ascii=False, default=str),
    )
    title = f"{kind.title} ({kind.name})"
    tell(Table(("field", "takes", "needed"), list(_rows(kind.fields)), title))


def _blanks(fields: tuple[Field, ...]) -> dict[str, object]:
    return {field.name: _blank(field) for field in fields}


def _blank(field: Field) -> object:
    if field.kind == "rows":
        return [] if field.optional else [_blanks(field.rows)]
    return [] if field.kind == "list" else None


def _field(field: Field) -> Mapping[str, object]:
    return {
        "name": field.name,
        "kind": field.kind,
        "needed": not field.optional,
        "choices": list(field.choices),
        "rows": [_field(each) for each in field.rows],
    }


def _rows(fields: tuple[Field, ...], under: str = "") -> Iterator[tuple[str, str, bool]]:
    for field in fields:
        yield f"{under}{field.name}", expected(field), not field.optional
        yield from _rows(field.rows, f"{under}{field.name}: ")
