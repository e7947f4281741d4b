"""`pairing clock`: the clock of a rehearsal, which only this command moves."""

from datetime import datetime, timedelta
from typing import Annotated

import typer

from cli.calling import Command
from cli.opening import opened
from cli.output import Table, answer, progress
from cli.tree import noun
from cli.values import moment, shown
from engine.errors import ProjectError
from engine.time.spans import parse_span, shift
from engine.time.working_days import Workdays
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


def until_moment(raw: str, now: datetime) -> datetime:
    """A span from now, or a moment; working days are those of no country."""
    if not raw.startswith("P"):
        return moment(raw)
    if raw.startswith("PT"):
        return now + _hours(raw)
    try:
        return datetime.combine(shift(now.date(), parse_span(raw), Workdays.plain()), now.timetz())
    except (ProjectError, OverflowError) as error:
        raise typer.BadParameter(str(error)) from None


def _hours(raw: str) -> timedelta:
    number = raw[2:-1]
    if raw[-1] not in "HM" or not number.isascii() or not number.isdigit() or len(number) > 5:  # noqa: PLR2004
        raise typer.BadParameter(f"{shown(raw)} is not a span: write PT6H, PT30M or P14D")
    return timedelta(hours=int(number)) if raw[-1] == "H" else timedelta(minutes=int(number))
