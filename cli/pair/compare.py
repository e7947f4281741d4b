"""`pairing pair compare`: what was measured at several times, side by side."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

import typer

from cli.pair.arguments import Pair
from cli.shared.opening import opened
from cli.shared.output import answer
from cli.shared.table import Table
from cli.shared.values import word
from engine.checks.wording import plain
from engine.model.comparison import Compared
from runtime.queries.comparisons import Comparing, comparisons
from runtime.queries.find_case import find_case


@dataclass(frozen=True, slots=True)
class PairCompare:
    """What was measured several times in a case."""

    case: str
    comparisons: tuple[Comparing, ...]


def compare(
    pair: Pair,
    name: Annotated[
        str | None, typer.Argument(metavar="WHAT", help="Absent: all of it.", parser=word)
    ] = None,
) -> PairCompare:
    """Show what was measured at several times side by side, and what has changed."""
    with opened() as runtime:
        found = comparisons(runtime, find_case(runtime, pair), name)
    rows = [row for each in found for row in _rows(each)]
    columns = ("measured", "what", "values", "change")
    nothing = "nothing was measured yet"
    return answer(PairCompare(pair, found), Table(columns, rows, empty=nothing))


def _rows(each: Comparing) -> Iterator[tuple[object, ...]]:
    for row in each.rows:
        values = " → ".join("-" if value is None else str(value) for value in row.values)
        yield each.title, plain(row.what), plain(values), _change(row)


def _change(row: Compared) -> str:
    match row.change:
        case None:
            return ""
        case False | 0:
            return "the same"
        case True:
            return "another"
        case number:
            return f"{number:+g}"
