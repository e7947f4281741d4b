"""`pairing check`: what is wrong with the definitions, and how silent each state can be."""

from pathlib import Path
from typing import Annotated

import typer

from cli.shared.calling import Command, this_call
from cli.shared.edge import DONE, WRONG
from cli.shared.output import Table, answer, tell
from cli.shared.values import path
from engine.lint.lint import problems
from engine.lint.silence import Silence, silences
from notifications.checking import problems as unwritten
from runtime.texts import texts_of
from workflows.registry import built_in, load_programme

app = typer.Typer(add_completion=False)


@app.command("check", cls=Command)
def check(
    folder: Annotated[
        Path | None,
        typer.Argument(help="Folder of definitions; absent: those in force.", parser=path),
    ] = None,
) -> None:
    """Check the definitions and show each state's longest silence."""
    place = folder or _in_force()
    programme = load_programme(place)
    wrong = [str(problem) for problem in problems(programme.workflows, programme.letters)]
    wrong += unwritten(programme.letters, texts_of(place, programme.letters))
    quiet = () if wrong else silences(programme.workflows)
    answer(
        {
            "folder": str(place),
            "programme": programme.name,
            "problems": wrong,
            "silences": [_silence(each) for each in quiet],
        },
        *_shown(quiet),
    )
    tell(*wrong)
    raise typer.Exit(WRONG if wrong else DONE)


def _in_force() -> Path:
    call = this_call()
    from runtime.settings.load import load_settings  # noqa: PLC0415 - a named folder needs none

    own = load_settings(call.config, call.database).programme
    return Path(own.folder) if own.folder else built_in(own.name)


def _silence(silence: Silence) -> dict[str, object]:
    return {
        "workflow": silence.workflow,
        "state": silence.state,
        "days": silence.days,
        "told": list(silence.who),
        "why": silence.why,
    }


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
    return (Table(columns, rows, title=title), f"\nThe longest: {longest}")
