"""`pairing mail list`: the letters owed so far and what became of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

import typer

from cli.shared.opening import opened
from cli.shared.output import answer
from cli.shared.table import Table
from cli.shared.titles import Titles
from cli.shared.values import whole, word
from runtime.queries.find_case import find_case
from runtime.queries.letters import LETTER_STATES, LetterLine, Sought, letter_lines

_MOST = 1_000_000
_STATES = ", ".join(LETTER_STATES)
_LONG = 3650  # days
_COLUMNS = ("no.", "owed", "case", "letter", "to", "state", "goes", "why")


@dataclass(frozen=True, slots=True)
class MailList:
    """Letters owed and what became of them, the newest first."""

    letters: Iterable[LetterLine]


def list_(
    pair: Annotated[str | None, typer.Option(help="Of this pair only.", parser=word)] = None,
    state: Annotated[
        str | None,
        typer.Option(
            help=f"How it stands: {_STATES}.",
            parser=word,
        ),
    ] = None,
    days: Annotated[
        int | None,
        typer.Option(
            metavar="NUMBER", help="Of the last so many days only.", parser=whole(1, _LONG)
        ),
    ] = None,
    limit: Annotated[
        int, typer.Option(metavar="NUMBER", help="How many, the newest.", parser=whole(1, _MOST))
    ] = 50,
    before: Annotated[
        int | None,
        typer.Option(metavar="NUMBER", help="Those older than this no.", parser=whole(1)),
    ] = None,
) -> MailList:
    """List the letters owed so far and what became of them, the newest first."""
    with opened() as runtime:
        root = find_case(runtime, pair) if pair else None
        since = runtime.clock() - timedelta(days=days) if days else None
        found = letter_lines(runtime, Sought(root, state or "", since, before, limit))
        called = Titles(runtime)
        rows = (
            (
                *(m.number, m.owed_at, m.case, called.letter(m.letter), m.name),
                *(m.state, m.goes_at, m.reason),
            )
            for m in found
        )
        return answer(MailList(found), Table(_COLUMNS, rows, empty="no letter"))
