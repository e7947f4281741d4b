"""`pairing pair journal`: the history of a case."""

from typing import Annotated

import typer

from cli.pair.arguments import Pair
from cli.shared.opening import opened
from cli.shared.output import Table, answer
from runtime.queries.find_case import find_case
from storage.cases.views import JournalLine, journal_lines
from storage.database.transactions import reading


def journal(
    pair: Pair,
    after: Annotated[int, typer.Option(min=0, max=2**62, help="Entries after this one.")] = 0,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many at most.")] = 10_000,
) -> None:
    """Show the history of a case, entry by entry."""
    with opened() as runtime:
        case_id = find_case(runtime, pair)
        with reading(runtime.database) as session:
            found = journal_lines(session, case_id, after, limit)
    rows = [(e.seq, e.at, e.kind, e.what, f"{e.by} ({e.role})", e.entered, e.note) for e in found]
    columns = ("entry", "at", "what", "which", "by", "state", "note")
    answer({"case": pair, "entries": [entry_body(each) for each in found]}, Table(columns, rows))


def entry_body(entry: JournalLine) -> dict[str, object]:
    return {
        "entry": entry.seq,
        "at": entry.at,
        "kind": entry.kind,
        "what": entry.what,
        "by": entry.by,
        "role": entry.role,
        "left": entry.left,
        "entered": entry.entered,
        "note": entry.note,
        "hash": entry.hash,
    }
