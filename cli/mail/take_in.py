"""`pairing mail take-in`: what came back by mail, once, now."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated

import typer

from cli.shared.opening import opened
from cli.shared.output import answer
from cli.shared.values import path as path_
from runtime.workers.take_in import TakenIn, take_in_once


@dataclass(frozen=True, slots=True)
class MailTakeIn(TakenIn):
    """How many messages were taken in, by what was done with them."""


def take_in_(
    path: Annotated[
        Path | None,
        typer.Argument(
            help="A Maildir, an mbox, or one message in a file; else the inbox of the settings.",
            parser=path_,
        ),
    ] = None,
) -> MailTakeIn:
    """Take in mail that came back, once; `pairing run` does so by itself where an inbox is set."""
    with opened() as runtime:
        taken = take_in_once(runtime, path)
    counts = {field.name: getattr(taken or TakenIn(), field.name) for field in fields(TakenIn)}
    words = ", ".join(f"{value} {name.replace('_', ' ')}" for name, value in counts.items())
    if not any(counts.values()):
        words = f"no mail lies in {path or 'the inbox'} that was not taken in"
    if taken is None:
        words = "no mailbox is read: name one, or set inbox.kind in config.toml"
    return answer(MailTakeIn(**counts), words)
