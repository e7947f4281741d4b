"""The option of `pair adapt` that says which letter goes to whom as well."""

import re
from contextvars import ContextVar
from typing import Annotated

import typer

from cli.shared.calling import DRY_RUN, EVERYWHERE, Acting
from engine.literals import shown

Written = tuple[tuple[str, str], ...]
_LETTER = re.compile(r"[A-Za-z0-9-]+\.[A-Za-z0-9_]+=[A-Za-z][A-Za-z0-9_.]*")
_written: ContextVar[Written] = ContextVar("written", default=())


def written() -> Written:
    """Each letter with whoever gets it as well."""
    return _written.get()


def _reader(raw: str) -> str:
    if not _LETTER.fullmatch(raw):
        raise typer.BadParameter(f"{shown(raw)} is no letter with a role: write N-12.ask=lead")
    return raw


def _keep(value: list[str] | None) -> None:
    pairs = (each.partition("=") for each in value or ())
    _written.set(tuple((letter, to) for letter, _, to in pairs))


_Write = Annotated[
    list[str] | None,
    typer.Option(
        "--write",
        metavar="LETTER=ROLE",
        help="A letter that goes to a role of the office, or a whole team, as well. Repeatable.",
        expose_value=False,
        callback=_keep,
        parser=_reader,
    ),
]
_APP = typer.Typer(add_completion=False)


def _writing(writing_write: _Write = None) -> None:
    """Stand for the command that takes it."""


_APP.command()(_writing)
_WRITE = tuple(typer.main.get_command(_APP).params)


class Adapting(Acting):
    """The command that adapts one case."""

    def __init__(self, name: str | None, **details: object) -> None:
        super().__init__(name, **details)
        kept = len(self.params) - len(EVERYWHERE) - len(DRY_RUN)
        self.params = [*self.params[:kept], *_WRITE, *self.params[kept:]]
