"""`pairing pair list`: where each pair stands, since when, and what falls due next."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

import typer

from cli.shared.opening import opened
from cli.shared.output import answer
from cli.shared.paging import After, Limit
from cli.shared.table import Table
from cli.shared.titles import Titles
from cli.shared.values import word
from runtime.queries.case_lines import CaseLine, PairLine, Wanted, pair_lines
from runtime.queries.find_case import find_case


@dataclass(frozen=True, slots=True)
class PairList:
    """The pairs; open_flags as kind and severity."""

    pairs: Iterable[PairLine]


def list_(
    *,
    state: Annotated[str | None, typer.Option(help="In this state only.", parser=word)] = None,
    closed: Annotated[bool, typer.Option("--all", help="Those that ended too.")] = False,
    limit: Limit = None,
    after: After = None,
) -> PairList:
    """List the pairs: where each stands, since when, and what falls due next."""
    with opened() as runtime:
        beyond = find_case(runtime, after) if after else 0
        wanted = Wanted(state=state or "", closed=closed, after=beyond, limit=limit)
        found = pair_lines(runtime, wanted)
        called = Titles(runtime)
        rows = (
            (
                *(p.reference, centres_of(p), called.state(p.workflow, p.state), p.since),
                *(p.next_due_at, called.flags(p.open_flags)),
            )
            for p in found
        )
        columns = ("pair", "centres", "state", "since", "next due", "open flags")
        return answer(PairList(found), Table(columns, rows, empty=_none(wanted)))


def _none(wanted: Wanted) -> str:
    there = " in this state" if wanted.state else ""
    if wanted.closed:
        return f"no pair{there or ' yet'}"
    return f"no open pair{there}; --all shows those that ended too"


def centres_of(line: CaseLine) -> str:
    return " - ".join(line.names.values())
