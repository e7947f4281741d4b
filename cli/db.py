"""`pairing db`: the database of a programme."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

import typer

from cli.shared.calling import Command
from cli.shared.in_force import settings
from cli.shared.output import answer
from cli.shared.tree import noun
from cli.shared.until import moment_of
from cli.shared.values import text
from engine.time.written_moments import Here
from runtime.use_cases.create_database import create_database
from runtime.use_cases.upgrade_database import Founded, describe_database, upgrade_database

app = noun("Create, upgrade or show the database.")


@dataclass(frozen=True, slots=True)
class Database:
    """What a database is for; now is the clock of a rehearsal."""

    database: str
    programme: str
    rehearsal: bool
    now: datetime | None


@app.command("create", cls=Command)
def create(
    *,
    rehearsal: Annotated[
        bool, typer.Option("--rehearsal", help="With a clock of its own; mail into a folder only.")
    ] = False,
    at: Annotated[
        str | None,
        typer.Option(metavar="MOMENT", help="Where the rehearsal's clock begins.", parser=text),
    ] = None,
) -> Database:
    """Create the database of the programme."""
    if at is not None and not rehearsal:
        raise typer.BadParameter("only a rehearsal has a clock: add --rehearsal", param_hint="--at")
    wanted = settings()
    begins = None if at is None else moment_of(at, Here(None, wanted.programme.zone))
    create_database(wanted, rehearsal=rehearsal, at=begins)
    return _tell(describe_database(wanted), "created")


@app.command("upgrade", cls=Command)
def upgrade() -> Database:
    """Bring the tables up to this version."""
    return _tell(upgrade_database(settings()), "up to date")


@app.command("show", cls=Command)
def show() -> Database:
    """Show what the database is for."""
    return _tell(describe_database(settings()), "in use")


def _tell(found: Founded, what: str) -> Database:
    kind = "a rehearsal" if found.rehearsal else "real"
    now = f", its clock stands at {found.now:%Y-%m-%d %H:%M} UTC" if found.now else ""
    told = Database(found.where, found.programme, found.rehearsal, found.now)
    return answer(told, f"{found.where}: {what}, programme {found.programme}, {kind}{now}")
