"""Commands that list: for people, machines or a spreadsheet."""

from typing import Annotated

import typer

from cli.shared.calling import EVERYWHERE, Command, want_csv


def _csv(value: bool | None) -> None:  # noqa: FBT001 - what Typer hands over
    if value:
        want_csv()


_Csv = Annotated[
    bool | None,
    typer.Option("--csv", expose_value=False, help="As CSV, for a spreadsheet.", callback=_csv),
]
_LISTING = typer.Typer(add_completion=False)


def _listing(listing_csv: _Csv = None) -> None:
    """Stand for every command that lists, as above."""


_LISTING.command()(_listing)
CSV = tuple(typer.main.get_command(_LISTING).params)


class Listing(Command):
    """A command that lists, for people, machines or a spreadsheet."""

    def __init__(self, name: str | None, **details: object) -> None:
        super().__init__(name, **details)
        own, everywhere = self.params[: -len(EVERYWHERE)], self.params[-len(EVERYWHERE) :]
        self.params = [*own, *CSV, *everywhere]
