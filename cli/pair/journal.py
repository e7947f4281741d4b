"""`pairing pair journal`: the history of a case."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

import typer

from cli.pair.arguments import Pair
from cli.shared.opening import opened
from cli.shared.output import answer
from cli.shared.table import Table
from cli.shared.values import whole
from runtime.queries.find_case import find_case
from runtime.queries.history import Entry, entries


@dataclass(frozen=True, slots=True)
class PairJournal:
    """The history of a case."""

    case: str
    entries: Iterable[Entry]


def journal(
    pair: Pair,
    after: Annotated[
        int, typer.Option(metavar="NUMBER", help="Entries after this one.", parser=whole(0))
    ] = 0,
    limit: Annotated[
        int, typer.Option(metavar="NUMBER", help="How many at most.", parser=whole(1, 10_000))
    ] = 10_000,
) -> PairJournal:
    """Show the history of a case, entry by entry."""
    with opened() as runtime:
        found = entries(runtime, find_case(runtime, pair), after, limit)
        rows = ((e.entry, e.at, e.kind, e.what, _by(e), e.entered, e.note) for e in found)
        columns = ("entry", "at", "what", "which", "by", "state", "note")
        return answer(PairJournal(pair, found), Table(columns, rows))


def _by(entry: Entry) -> str:
    """Who acted and as what; what was heard stands with whose word it was, and how it came."""
    heard = f", heard from {entry.heard[0]} by {entry.heard[1]}" if entry.heard else ""
    return f"{entry.by} ({entry.role}){heard}"
