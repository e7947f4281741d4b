"""`pairing check`: what is wrong with the definitions, and how silent each state can be."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from cli.shared.alone import Alone
from cli.shared.edge import WRONG
from cli.shared.output import answer, tell
from cli.shared.table import Table
from cli.shared.values import path
from engine.lint.silence import Silence
from runtime.queries.check_definitions import check_definitions
from simulation.story_check import wrong_story

app = typer.Typer(add_completion=False)


@dataclass(frozen=True, slots=True)
class Silent:
    """How long a state may be silent at most, who is told then; days is null for ever."""

    workflow: str
    state: str
    days: int | None
    told: tuple[str, ...]
    why: str
    witness: str  # how it comes to that


@dataclass(frozen=True, slots=True)
class Check:
    """Problems of the definitions; where there are none, the longest silence of each state."""

    folder: str
    programme: str
    problems: tuple[str, ...]
    accepted: tuple[str, ...]  # found, and meant: with the reason that stands in the file
    silences: tuple[Silent, ...]


@app.command("check", cls=Alone)
def check(
    folder: Annotated[
        Path | None,
        typer.Argument(help="Folder of definitions; absent: those in force.", parser=path),
    ] = None,
) -> Check:
    """Check the definitions and show each state's longest silence."""
    place = folder or _in_force()
    found = check_definitions(place, wrong_story)
    silences = tuple(
        Silent(
            each.workflow,
            each.state,
            each.days,
            each.who,
            each.why,
            "" if each.witness is None else str(each.witness),
        )
        for each in found.silences
    )
    told = Check(str(place), found.programme, found.problems, found.accepted, silences)
    answer(told, *_shown(found.silences), *_meant(found.accepted))
    tell(*found.problems)
    if found.problems:
        raise typer.Exit(WRONG)
    return told


def _in_force() -> Path:
    # Late: a folder that is named is checked without the settings, and without their library.
    from cli.shared.in_force import folder_in_force  # noqa: PLC0415

    return folder_in_force()


def _meant(accepted: tuple[str, ...]) -> tuple[str, ...]:
    return ("\nFound and accepted:", *(f"- {each}" for each in accepted)) if accepted else ()


def _shown(quiet: tuple[Silence, ...]) -> tuple[Table | str, ...]:
    if not quiet:
        return ()
    rows = [
        (each.workflow, each.state, "for ever" if each.days is None else each.days, each.who)
        for each in quiet
    ]
    columns = ("workflow", "state", "days at most", "until told")
    longest = max(quiet, key=lambda each: (each.days is None, each.days or 0))
    title = "Nobody acts: how long until some person is told."
    shown = f"\nThe longest: {longest}"
    how = f"It comes to that: {longest.witness}." if longest.witness is not None else ""
    return (Table(columns, rows, title=title), shown, *([how] if how else []))
