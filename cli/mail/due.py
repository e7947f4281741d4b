"""`pairing mail due`: the letters of the forecast, those that will go out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

import typer

from cli.shared.opening import opened
from cli.shared.output import answer
from cli.shared.table import Table
from cli.shared.until import foretold_until
from runtime.queries.forecast import ForetoldLetter, letters_due


@dataclass(frozen=True, slots=True)
class MailDue:
    """Letters that will go out if nobody acts."""

    until: datetime
    letters: list[ForetoldLetter]


def due(
    until: Annotated[
        str | None,
        typer.Option(
            metavar="SPAN|MOMENT", help="How far to look, at most ten years [default: P14D]."
        ),
    ] = None,
) -> MailDue:
    """List the letters that will go out if nobody acts."""
    with opened() as runtime:
        end = foretold_until(until, runtime.clock())
        found = letters_due(runtime, end)
    rows = [(each.at, each.pair, each.letter, each.to, each.why) for each in found]
    columns = ("at", "pair", "letter", "to", "why")
    return answer(MailDue(end, found), Table(columns, rows, empty="no letter is due"))
