"""`pairing pair adopt`: pairs that run already are taken over."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from cli.shared.opening import opened
from cli.shared.output import Table, answer
from cli.shared.values import day, path
from runtime.use_cases.adopt import adopt as adopt_pairs


def adopt(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="The table.", parser=path)],
    go_live: Annotated[
        date, typer.Option(metavar="DAY", help="Nothing is sent before it.", parser=day)
    ],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
) -> None:
    """Take over pairs that run already, all or none; nothing is sent before the go-live day."""
    with opened() as runtime:
        adopted = adopt_pairs(runtime, file, go_live, dry_run=dry_run)
    rows = [(each.reference, each.state, len(each.missing)) for each in adopted]
    gaps = [f"{each.reference}: {gap}" for each in adopted for gap in each.missing]
    answer(
        {
            "dry_run": dry_run,
            "go_live": go_live,
            "pairs": [
                {"pair": each.reference, "state": each.state, "missing": list(each.missing)}
                for each in adopted
            ],
        },
        Table(("pair", "state", "missing evidence"), rows),
        *gaps,
    )
