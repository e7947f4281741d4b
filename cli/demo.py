"""`pairing demo`: the programme at work on a database of its own, in a folder of its own."""

import sys
from collections import Counter
from collections.abc import Sized
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from cli.pair.overview import list_
from cli.pair.why import why
from cli.shared.alone import Alone
from cli.shared.calling import this_call, use_config
from cli.shared.opening import opened
from cli.shared.output import Human, answer, progress, show, tell
from cli.shared.table import Table
from cli.shared.values import path
from runtime.queries.forecast import letters_due
from runtime.queries.letters import Sought, letter_lines, message
from simulation.demo import Demo as Built
from simulation.demo import build

app = typer.Typer(add_completion=False)

_DAYS = timedelta(days=7)
_MOST_READ = 24  # lines of a mail
_MOST = 12  # lines of a table that is only a taste


@dataclass(frozen=True, slots=True)
class Demo:
    """Where the demo stands, and the pair that cannot go on."""

    config: str
    letters: str
    today: datetime
    stuck: str


@app.command("demo", cls=Alone)
def demo(
    folder: Annotated[
        Path, typer.Argument(help="Where database and letters go; made anew.", parser=path)
    ] = Path("demo"),
) -> Demo:
    """See the programme at work: 14 invented pairs at different points of their months."""
    if this_call().config:
        raise typer.BadParameter("it has settings of its own: leave it out", param_hint="--config")
    tick = progress()
    made = build(folder, lambda today, last: tick(f"playing {today} of {last}"))
    tick("")
    use_config(made.config)
    told = answer(Demo(str(made.config), str(made.letters), made.today, made.stuck))
    if not this_call().json:
        _show(made)
    return told


def _show(made: Built) -> None:
    tell(f"It is {made.day}. Every centre that aspires and every person is invented.")
    show("\n== The pairs ==\n")
    list_(closed=True)
    show(f"\n== Why can {made.stuck} not go on? ==\n")
    why(made.stuck)
    show(*_letters(made), *_read(made), *_next_steps(made))


def _letters(made: Built) -> list[Human]:
    with opened() as runtime:
        sent = list(letter_lines(runtime, Sought(since=made.today - _DAYS)))
        coming = letters_due(runtime, made.today + _DAYS)
    past = [(s.owed_at, s.case, s.letter, s.name, s.subject or s.reason) for s in sent[:_MOST]]
    ahead = [(each.at, each.pair, each.letter, each.to, each.why) for each in coming]
    return [
        f"\n== Letters of the last seven days ({_shown(sent)}) ==\n",
        Table(("owed", "case", "letter", "to", "subject"), past[::-1]),
        f"\n== Letters of the next seven days, if nobody acts ({_shown(ahead)}) ==\n",
        Table(("at", "case", "letter", "to", "about"), ahead[:_MOST]),
    ]


def _read(made: Built) -> list[Human]:
    """What people find in their mailboxes: an overview, and several letters in one mail."""
    with opened() as runtime:
        lines = [each for each in letter_lines(runtime, Sought()) if each.message is not None]
        count = Counter(each.message for each in lines)
        several = (message(runtime, each.number) for each in lines if count[each.message] > 1)
        # Several letters go in overviews too, and one of those is shown already.
        found = next((each for each in several if each.text not in made.overview), None)
    digest = f"Subject: {found.subject}\n\n{found.text}" if found is not None else ""
    return [
        "\n== An overview of this Monday ==\n",
        _beginning(made.overview),
        "\n== The newest mail of several letters ==\n",
        _beginning(digest),
    ]


def _beginning(text: str) -> str:
    """The first lines of a mail, and how many more it has."""
    lines = text.rstrip().split("\n")
    more = len(lines) - _MOST_READ
    return "\n".join(lines[:_MOST_READ] + ([f"... and {more} lines more"] if more > 0 else []))


def _shown(lines: Sized) -> str:
    return str(len(lines)) if len(lines) <= _MOST else f"{_MOST} of {len(lines)}"


def _next_steps(made: Built) -> list[Human]:
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
