"""`pairing pair adopt`: pairs that run already are taken over."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from cli.shared.days import day_of
from cli.shared.opening import opened, who
from cli.shared.output import answer
from cli.shared.table import Table
from cli.shared.values import Written, day, path
from runtime.use_cases.adopt import adopt as adopt_pairs


@dataclass(frozen=True, slots=True)
class Taken:
    """One pair taken over: where it stands, and the evidence that is missing."""

    pair: str
    state: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PairAdopt:
    """The pairs taken over, with the evidence each one lacks."""

    dry_run: bool
    go_live: date
    pairs: tuple[Taken, ...]


def adopt(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The table.", parser=path)],
    go_live: Annotated[
        Written, typer.Option(metavar="DAY", help="Nothing is sent before it.", parser=day)
    ],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
) -> PairAdopt:
    """Take over pairs that run already, all or none; nothing is sent before the go-live day.

    What is another in a pair stands in three columns more: settings as name=value and waives,
    apart by blanks, and because.
    """
    with opened() as runtime:
        live_on = day_of(runtime, go_live)
        adopted = adopt_pairs(runtime, file, live_on, who(), dry_run=dry_run)
    rows = [(each.reference, each.state, len(each.missing)) for each in adopted]
    gaps = [f"{each.reference}: {gap}" for each in adopted for gap in each.missing]
    taken = tuple(Taken(each.reference, each.state, each.missing) for each in adopted)
    table = Table(("pair", "state", "missing evidence"), rows)
    return answer(PairAdopt(dry_run, live_on, taken), table, *gaps)
