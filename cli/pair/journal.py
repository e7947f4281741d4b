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
from engine.checks.wording import plain
from engine.decide.told_changes import in_words
from runtime.queries.find_case import find_case
from runtime.queries.history import Entry, entries
from runtime.queries.journal_changes import Change


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
        rows = (_row(each) for each in found)
        columns = ("entry", "at", "what", "which", "by", "state", "changes and note")
        return answer(PairJournal(pair, found), Table(columns, rows))


def _row(entry: Entry) -> tuple[object, ...]:
    number = entry.entry or None  # what happened to all cases is no entry of this one
    which, by, state = _which(entry), _by(entry), _state(entry)
    return (number, entry.at, entry.kind, which, by, state, _said(entry))


def _which(entry: Entry) -> str:
    return f"{entry.title} ({entry.what})" if entry.title else entry.what


def _state(entry: Entry) -> str:
    moved = entry.left and entry.left != entry.entered
    return f"{entry.left} → {entry.entered}" if moved else entry.entered


def _said(entry: Entry) -> str:
    """What is another since then, a line each, and the words that somebody wrote."""
    changes = (_changed(each) for each in entry.changes)
    return "\n".join(line for line in (*changes, entry.note) if line)


def _changed(change: Change) -> str:
    named = _named(change.what)
    if change.before is None:
        return f"{named}: {in_words(change.after)}"
    return f"{named}: {in_words(change.before)} → {in_words(change.after)}"


def _named(what: str) -> str:
    """A fact, a date or a waiver without what joins its name; a record as commands name it."""
    is_of_a_record = ":" in what or what.rpartition(" ")[2].isdigit()
    return what if is_of_a_record else plain(what)


def _by(entry: Entry) -> str:
    """Who acted and as what; what was heard stands with whose word it was, and how it came."""
    heard = f", heard from {entry.heard[0]} by {entry.heard[1]}" if entry.heard else ""
    return f"{entry.by} ({entry.role}){heard}"
