"""`pairing mail due`: the letters that will go out if nobody acts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

import typer

from cli.shared.opening import opened
from cli.shared.output import answer
from cli.shared.table import Table
from cli.shared.until import until_moment
from runtime.queries.coming_letters import Coming, coming_letters

_DAYS = 14


@dataclass(frozen=True, slots=True)
class MailDue:
    """Letters that will go out if nobody acts."""

    until: datetime
    letters: tuple[Coming, ...]


def due(
    until: Annotated[
        str | None, typer.Option(metavar="SPAN|MOMENT", help="How far to look [default: P14D].")
    ] = None,
) -> MailDue:
    """List the letters that will go out if nobody acts."""
    with opened() as runtime:
        now = runtime.clock()
        end: datetime = until_moment(until, now) if until else now + timedelta(days=_DAYS)
        found = coming_letters(runtime, end)
    rows = [(c.at, c.pair, c.letter, c.to, c.why) for c in found]
    columns = ("at", "pair", "letter", "to", "why")
    return answer(MailDue(end, found), Table(columns, rows, empty="no letter is due"))
