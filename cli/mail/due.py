"""`pairing mail due`: the letters that will go out if nobody acts."""

from datetime import datetime, timedelta
from typing import Annotated

import typer

from cli.shared.opening import opened
from cli.shared.output import Table, answer
from cli.shared.until import until_moment
from runtime.queries.coming_letters import coming_letters

_DAYS = 14


def due(
    until: Annotated[
        str | None, typer.Option(metavar="SPAN|MOMENT", help="How far to look [default: P14D].")
    ] = None,
) -> None:
    """List the letters that will go out if nobody acts."""
    with opened() as runtime:
        now = runtime.clock()
        end: datetime = until_moment(until, now) if until else now + timedelta(days=_DAYS)
        found = coming_letters(runtime, end)
    rows = [(c.at, c.reference, c.letter, c.to, c.why) for c in found]
    answer(
        {
            "until": end,
            "letters": [
                {
                    "at": each.at,
                    "pair": each.reference,
                    "letter": each.letter,
                    "to": list(each.to),
                    "why": each.why,
                }
                for each in found
            ],
        },
        Table(("at", "pair", "letter", "to", "why"), rows, empty="no letter is due"),
    )
