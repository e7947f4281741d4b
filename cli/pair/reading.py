"""Verbs of `pairing pair` that only look: list, show, why, journal."""

from typing import Annotated

import typer

from cli.pair.acting import Pair
from cli.pair.shapes import (
    centres_of,
    entry_body,
    line_body,
    whole_body,
    whole_tables,
    why_body,
    why_lines,
)
from cli.shared.opening import opened
from cli.shared.output import Table, answer
from cli.shared.values import shown, word
from engine.suggestions import suggestion
from runtime.queries.find_case import find_case
from runtime.queries.show_case import show_case
from runtime.queries.why import why as explain
from runtime.wiring import Runtime
from storage.cases.views import CaseLine, Shown, journal_lines, overview
from storage.database.transactions import reading
from storage.errors import NotFoundError


def list_(
    *,
    state: Annotated[str | None, typer.Option(help="In this state only.", parser=word)] = None,
    closed: Annotated[bool, typer.Option("--all", help="Those that ended too.")] = False,
) -> None:
    """List the pairs: where each stands, since when, and what falls due next."""
    with opened() as runtime, reading(runtime.database) as session:
        _known_state(runtime, state)
        every = overview(session, Shown(closed=closed))
        found = [c for c in every if c.parent is None and state in {None, c.state}]
        flags = _flags(runtime, every)
    rows = [
        (c.reference, centres_of(c), c.state, c.entered_at, c.next_due_at, flags.get(c.reference))
        for c in found
    ]
    columns = ("pair", "centres", "state", "since", "next due", "open flags")
    bodies = [{**line_body(each), "open_flags": flags.get(each.reference, [])} for each in found]
    answer({"pairs": bodies}, Table(columns, rows, empty="no pair yet"))


def show(pair: Pair) -> None:
    """Show all that is known of a pair: dates, records, waivers, children."""
    with opened() as runtime:
        whole = show_case(runtime, find_case(runtime, pair))
    answer({"pair": whole_body(whole)}, *whole_tables(whole))


def why(
    pair: Pair,
    trigger: Annotated[str | None, typer.Argument(help="One step only.", parser=word)] = None,
) -> None:
    """Say why a pair cannot go on: what is missing, whose turn, since when, what was asked."""
    with opened() as runtime:
        found = explain(runtime, find_case(runtime, pair), trigger)
    if trigger is not None and not found.ways:
        raise NotFoundError(f"{pair} has no step {shown(trigger)} from {found.state}; see pair why")
    answer(why_body(found), *why_lines(pair, found))


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


def _known_state(runtime: Runtime, state: str | None) -> None:
    known = {name for each in runtime.programme.workflows.values() for name in each.states}
    if state is not None and state not in known:
        near = suggestion(state, sorted(known))
        raise typer.BadParameter(f"there is no state {shown(state)}: {near}", param_hint="--state")


def _flags(runtime: Runtime, every: tuple[CaseLine, ...]) -> dict[str, list[str]]:
    kinds = {each.flag_workflow for each in runtime.programme.workflows.values() if each.flags}
    found: dict[str, list[str]] = {}
    for line in every:
        if line.workflow in kinds and line.closed_at is None and line.parent:
            words = f"{line.facts.get('flag')} {line.facts.get('severity')}"
            found.setdefault(line.parent, []).append(words)
    return found
