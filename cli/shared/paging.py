"""How much of a list is shown, and from where on."""

from typing import Annotated

import typer

from cli.shared.values import word

Limit = Annotated[
    int | None, typer.Option(min=1, max=1_000_000, help="So many at most; absent: all.")
]
After = Annotated[
    str | None,
    typer.Option(metavar="CASE", help="Those after this one, as the list shows it.", parser=word),
]
