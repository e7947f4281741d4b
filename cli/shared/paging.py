"""How much of a list is shown, and from where on."""

from typing import Annotated

import typer

from cli.shared.values import whole, word

Limit = Annotated[
    int | None,
    typer.Option(
        metavar="NUMBER", help="So many at most; absent: all.", parser=whole(1, 1_000_000)
    ),
]
After = Annotated[
    str | None,
    typer.Option(metavar="CASE", help="Those after this one, as the list shows it.", parser=word),
]
