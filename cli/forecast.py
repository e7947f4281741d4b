"""`pairing forecast`: what will happen if nobody acts."""

from collections.abc import Iterator
from typing import Annotated

import typer

from cli.shared.forecast_failures import failures
from cli.shared.list_command import Listing
from cli.shared.opening import opened
from cli.shared.output import answer
from cli.shared.table import Table
from cli.shared.titles import Titles
from cli.shared.until import FORTNIGHT, HowFar
from cli.shared.values import word
from runtime.queries.find_case import find_case
from runtime.queries.forecast import forecast
from runtime.queries.foretelling import ACCEPTED
from runtime.queries.future import Future

app = typer.Typer(add_completion=False)


@app.command("forecast", cls=Listing)
def forecast_(
    pair: Annotated[
        str | None,
        typer.Argument(metavar="[PAIR]", help="One pair; else all of them.", parser=word),
    ] = None,
    until: HowFar = FORTNIGHT,
) -> Future:
    """Tell letters, flags, changes of state and dates at risk until a day, if nobody acts.

    Each pair alone: a place that another one frees on the way is not given away.
    """
    with opened() as runtime:
        end = until.after(runtime.clock(), runtime.settings.programme.zone)
        found = forecast(runtime, end, find_case(runtime, pair) if pair else None)
        called = Titles(runtime)
    return answer(found, *_tables(found, called))


def _tables(found: Future, called: Titles) -> Iterator[Table]:
    letters = [
        (
            *(e.mail or None, e.at, e.pair, called.letter(e.letter), e.to, e.why),
            "" if e.end == ACCEPTED else e.reason,
        )
        for e in found.letters
    ]
    columns: tuple[str, ...] = ("mail", "at", "pair", "letter", "to", "why", "not sent")
    yield Table(columns, letters, title="Letters", empty="no letter is due")
    weekly = [(each.mail, each.at, each.to) for each in found.overviews]
    yield Table(("mail", "at", "to"), weekly, title="Overviews", empty="no overview is due")
    flags = [(e.at, e.pair, called.flag(e.flag), e.severity, e.cause) for e in found.flags]
    columns = ("at", "pair", "flag", "severity", "cause")
    yield Table(columns, flags, title="Flags", empty="no flag will be raised")
    states = [
        (e.at, e.case, *(called.state_of(e.case, state) for state in (e.left, e.entered)))
        for e in found.states
    ]
    columns = ("at", "case", "from", "to")
    yield Table(columns, states, title="States", empty="no case will move on by itself")
    dates = [
        (
            *(e.case, called.state_of(e.case, e.milestone), e.forecast_on),
            e.moves_to or "goes by",
        )
        for e in found.dates
    ]
    columns = ("case", "milestone", "forecast", "moves to")
    yield Table(columns, dates, title="Dates at risk", empty="no date is at risk")
    yield from failures(found)
