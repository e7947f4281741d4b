"""`pairing pair list`: where each pair stands, since when, and what falls due next."""

from typing import Annotated

import typer

from cli.pair.line import centres_of, line_body
from cli.shared.opening import opened
from cli.shared.output import Table, answer
from cli.shared.values import word
from engine.literals import shown
from engine.suggestions import suggestion
from runtime.wiring import Runtime
from storage.cases.views import CaseLine, Shown, overview
from storage.database.transactions import reading


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
