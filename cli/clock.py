"""`pairing clock`: the clock of a rehearsal, which only this command moves."""

from typing import Annotated

import typer

from cli.shared.calling import Command
from cli.shared.opening import opened
from cli.shared.output import Table, answer, progress
from cli.shared.tree import noun
from cli.shared.until import until_moment
from runtime.workers.rehearse import advance_clock

app = noun("Show or advance the clock of a rehearsal.")


@app.command("show", cls=Command)
def show() -> None:
    """Show the moment the programme lives in."""
    with opened() as runtime:
        now = runtime.clock()
        kind = "rehearsal" if runtime.rehearsal else "real"
        answer({"now": now, "rehearsal": runtime.rehearsal}, f"{now:%Y-%m-%d %H:%M} UTC ({kind})")


@app.command("advance", cls=Command)
def advance(
    until: Annotated[
        str, typer.Argument(metavar="SPAN|MOMENT", help="P14D, PT6H, or a moment to go to.")
    ],
) -> None:
    """Move the clock on; everything that falls due on the way happens, in order."""
    with opened() as runtime:
        began = runtime.clock()
        end = until_moment(until, began)
        tick = progress()
        stops = []
        for stop in advance_clock(runtime, end):
            stops.append(stop)
            tick(f"{stop.at:%Y-%m-%d %H:%M}")
        tick("")
        rows = [(stop.at, stop.families, stop.letters) for stop in stops]
        answer(
            {
                "from": began,
                "to": end,
                "stops": [
                    {"at": stop.at, "cases": stop.families, "letters": stop.letters}
                    for stop in stops
                ],
                "letters": sum(stop.letters for stop in stops),
            },
            Table(("at", "cases", "letters"), rows, empty="nothing fell due"),
            f"The clock stands at {end:%Y-%m-%d %H:%M} UTC.",
        )
