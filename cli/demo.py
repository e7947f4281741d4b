"""`pairing demo`: the programme at work on a database of its own, in a folder of its own."""

import sys
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from cli.pair.overview import list_
from cli.pair.why import why
from cli.shared.calling import Command, this_call, use_config
from cli.shared.opening import opened
from cli.shared.output import Human, Table, answer, progress, tell
from cli.shared.values import path
from notifications.wording import Reader, day
from runtime.queries.coming_letters import coming_letters
from simulation.demo import Demo, build
from storage.database.transactions import reading
from storage.mail.queries import Asked, letters

app = typer.Typer(add_completion=False)

_DAYS = timedelta(days=7)
_MOST = 12  # lines of a table that is only a taste


@app.command("demo", cls=Command)
def demo(
    folder: Annotated[
        Path, typer.Argument(help="Where database and letters go; made anew.", parser=path)
    ] = Path("demo"),
) -> None:
    """See the programme at work: 14 invented pairs at different points of their months."""
    tick = progress()
    made = build(folder, lambda today, last: tick(f"playing {today} of {last}"))
    tick("")
    use_config(made.config)
    if not this_call().json:
        _show(made)
        return
    answer(
        {
            "config": str(made.config),
            "letters": str(made.letters),
            "today": made.today,
            "stuck": made.stuck,
        }
    )


def _show(made: Demo) -> None:
    today = day(made.today, Reader(zone="UTC", sent_on=made.today.date()))
    tell(f"It is {today}. Every centre that aspires and every person is invented.")
    answer({}, "\n== The pairs ==\n")
    list_(closed=True)
    answer({}, f"\n== Why can {made.stuck} not go on? ==\n")
    why(made.stuck)
    answer({}, *_letters(made), *_next_steps(made))


def _letters(made: Demo) -> list[Human]:
    with opened() as runtime:
        with reading(runtime.database) as session:
            sent = letters(session, Asked(since=made.today - _DAYS))
        coming = coming_letters(runtime, made.today + _DAYS)
    past = [(s.owed_at, s.reference, s.letter, s.name, s.subject or s.reason) for s in sent]
    ahead = [(each.at, each.reference, each.letter, each.to, each.why) for each in coming]
    return [
        f"\n== Letters of the last seven days ({len(past)}) ==\n",
        Table(("owed", "case", "letter", "to", "subject"), past[-_MOST:]),
        f"\n== Letters of the next seven days, if nobody acts ({len(ahead)}) ==\n",
        Table(("at", "case", "letter", "to", "about"), ahead[:_MOST]),
    ]


def _next_steps(made: Demo) -> list[Human]:
    config, pairing = f"--config {made.config}", _called()
    return [
        "\n== What to try next ==\n",
        f"{pairing} pair show {made.stuck} {config}",
        f"{pairing} flag list {config}",
        f"{pairing} mail list {config}",
        f"{pairing} clock advance P14D {config}    (every letter becomes a file in {made.letters})",
    ]


def _called() -> str:
    """The command as it was typed, so that a line can be copied into the same shell."""
    typed = sys.argv[0]
    return typed if "/" in typed and Path(typed).name == "pairing" else "pairing"
