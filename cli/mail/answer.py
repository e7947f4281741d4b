"""`pairing mail answer`: what somebody's calendar sent back, out of a file."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated

import typer

from cli.shared.opening import opened, who
from cli.shared.output import answer as told
from cli.shared.trying import do
from cli.shared.values import path, text
from runtime.use_cases.calendar_answer import TakenAnswer, take_answer

_MOST = 1_000_000  # bytes of a file that are read: more than any answer has


@dataclass(frozen=True, slots=True)
class MailAnswer(TakenAnswer):
    """What became of the answer of a calendar."""


def answer(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The .ics part.", parser=path)],
    from_: Annotated[
        str, typer.Option("--from", metavar="ADDRESS", help="Who sent the mail.", parser=text)
    ],
) -> MailAnswer:
    """Take in the answer of a calendar to an invitation: a yes or no of its reader to the day."""
    with file.open("rb") as kept:
        ics = kept.read(_MOST)
    with opened() as runtime:
        found = do(runtime, lambda on: take_answer(on, ics, from_, who()))
    return told(MailAnswer(*(getattr(found, each.name) for each in fields(found))), _line(found))


def _line(found: TakenAnswer) -> str:
    said, proposed = f"{found.became}: {found.says}", found.proposed
    if proposed is None:
        return said
    until = f" to {proposed.until}" if proposed.until else ""
    return f"{said}: {proposed.when}{until}; to take it: {proposed.command}"
