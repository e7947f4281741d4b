"""`pairing run`: the metronome and the delivery, until told to stop."""

import logging
import sys
from dataclasses import dataclass

import typer

from cli.shared.calling import Command
from cli.shared.opening import opened
from cli.shared.output import answer, say
from runtime.workers.beats import Metronome

app = typer.Typer(add_completion=False)


@dataclass(frozen=True, slots=True)
class Run:
    """What the metronome says when it was told to stop."""

    programme: str
    stopped: bool


@app.command("run", cls=Command)
def run() -> Run:
    """Keep time and deliver letters until told to stop (Ctrl-C or SIGTERM)."""
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.INFO,
        format="%(asctime)s %(levelname)s %(message)s",
        force=True,
    )
    for library in ("apscheduler", "transitions"):  # a line for every beat, one for every step
        logging.getLogger(library).setLevel(logging.ERROR)
    with opened() as runtime:
        name = runtime.programme.name
        say(f"keeping time for programme {name}; Ctrl-C ends it")
        Metronome(runtime).run()
    return answer(Run(name, stopped=True), "stopped")
