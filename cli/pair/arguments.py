"""What the verbs of a pair are called with."""

from typing import Annotated

import typer

from cli.shared.values import Assignment, assignment, text, word

Pair = Annotated[str, typer.Argument(metavar="PAIR", help="Reference or number.", parser=word)]
Note = Annotated[
    str | None,
    typer.Option(
        help="Why, or what was said; it stays in the journal, and a letter about it may give it.",
        parser=text,
    ),
]
Reason = Annotated[
    str,
    typer.Option(
        help="Why; it stays in the journal, and whoever gets a letter about it reads it.",
        parser=text,
    ),
]
Facts = Annotated[
    list[Assignment] | None,
    typer.Option(
        "--set",
        metavar="NAME=VALUE",
        help="May be repeated; rows of a table (.xlsx, CSV): NAME=@FILE.",
        parser=assignment,
    ),
]
RequestKey = Annotated[
    str | None, typer.Option(help="A repeated call with the same key is harmless.", parser=word)
]
