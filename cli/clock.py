"""`pairing clock`: the clock of a rehearsal, which only this command moves."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

import typer

from cli.shared.calling import Command
from cli.shared.opening import opened, who
from cli.shared.output import answer, progress
from cli.shared.table import Table
from cli.shared.tree import noun
from cli.shared.until import Until, until
from runtime.workers.rehearse import advance_clock

app = noun("Show or advance the clock of a rehearsal.")


@dataclass(frozen=True, slots=True)
class ClockShow:
    """The moment the programme lives in."""

    now: datetime
    rehearsal: bool


@dataclass(frozen=True, slots=True)
class Stop:
    """A moment at which something fell due, the cases it moved and the letters composed."""

    at: datetime
    cases: int
    letters: int


@dataclass(frozen=True, slots=True)
class ClockAdvance:
    """Every stop on the way and the letters composed there."""

    from_: datetime
    to: datetime
    stops: tuple[Stop, ...]
    letters: int


@app.command("show", cls=Command)
def show() -> ClockShow:
    """Show the moment the programme lives in."""
    with opened() as runtime:
        now = runtime.clock()
        kind = "rehearsal" if runtime.rehearsal else "real"
        told = f"{now:%Y-%m-%d %H:%M} UTC ({kind})"
        return answer(ClockShow(now, runtime.rehearsal), told)


@app.command("advance", cls=Command)
def advance(
    until_: Annotated[
        Until,
        typer.Argument(
            metavar="SPAN|MOMENT", help="P14D, PT6H, or a moment to go to.", parser=until
        ),
    ],
) -> ClockAdvance:
    """Move the clock on; everything that falls due on the way happens, in order."""
    with opened() as runtime:
        began = runtime.clock()
        end = until_.after(began, runtime.settings.programme.zone)
        tick = progress()
        stops = []
        for stop in advance_clock(runtime, end, who()):
            stops.append(Stop(stop.at, stop.families, stop.letters))
            tick(f"{stop.at:%Y-%m-%d %H:%M}")
        tick("")
    told = ClockAdvance(began, end, tuple(stops), sum(stop.letters for stop in stops))
    rows = [(stop.at, stop.cases, stop.letters) for stop in stops]
    return answer(
        told,
        Table(("at", "cases", "letters"), rows, empty="nothing fell due"),
        f"The clock stands at {end:%Y-%m-%d %H:%M} UTC.",
    )
