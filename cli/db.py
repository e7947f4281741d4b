"""`pairing db`: the database of a programme."""

from datetime import datetime
from typing import Annotated

import typer

from cli.shared.calling import Command
from cli.shared.opening import settings
from cli.shared.output import answer
from cli.shared.tree import noun
from cli.shared.values import moment
from runtime.use_cases.create_database import create_database
from runtime.use_cases.upgrade_database import Founded, describe_database, upgrade_database

app = noun("Create, upgrade or show the database.")


@app.command("create", cls=Command)
def create(
    *,
    rehearsal: Annotated[
        bool, typer.Option("--rehearsal", help="With a clock of its own; mail into a folder only.")
    ] = False,
    at: Annotated[
        datetime | None,
        typer.Option(metavar="MOMENT", help="Where the rehearsal's clock begins.", parser=moment),
    ] = None,
) -> None:
    """Create the database of the programme."""
    if at is not None and not rehearsal:
        raise typer.BadParameter("only a rehearsal has a clock: add --rehearsal", param_hint="--at")
    wanted = settings()
    create_database(wanted, rehearsal=rehearsal, at=at)
    _tell(describe_database(wanted), "created")


@app.command("upgrade", cls=Command)
def upgrade() -> None:
    """Bring the tables up to this version."""
    _tell(upgrade_database(settings()), "up to date")


@app.command("show", cls=Command)
def show() -> None:
    """Show what the database is for."""
    _tell(describe_database(settings()), "in use")


def _tell(found: Founded, what: str) -> None:
    kind = "a rehearsal" if found.rehearsal else "real"
    now = f", its clock stands at {found.now:%Y-%m-%d %H:%M} UTC" if found.now else ""
    answer(
        {
            "database": found.where,
            "programme": found.programme,
            "rehearsal": found.rehearsal,
            "now": found.now,
        },
        f"{found.where}: {what}, programme {found.programme}, {kind}{now}",
    )
