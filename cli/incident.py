"""`pairing incident`: what failed again and again and waits for a person."""

from dataclasses import dataclass
from typing import Annotated

import typer

from cli.shared.calling import Acting
from cli.shared.list_command import Listing
from cli.shared.opening import opened, who
from cli.shared.output import answer
from cli.shared.table import Table
from cli.shared.tree import noun
from cli.shared.trying import do
from cli.shared.values import whole
from runtime.queries.incidents import IncidentLine, incident_lines
from runtime.use_cases.incidents import retry_incident

app = noun("List and retry what failed.")


@dataclass(frozen=True, slots=True)
class IncidentList:
    """What waits for a person."""

    incidents: tuple[IncidentLine, ...]


@dataclass(frozen=True, slots=True)
class IncidentRetry:
    """An incident that is tried again."""

    incident: int
    retried: bool


@app.command("list", cls=Listing)
def list_() -> IncidentList:
    """List everything that waits for a person, the oldest first."""
    with opened() as runtime:
        found = incident_lines(runtime)
    rows = [(i.number, i.kind, i.what, i.failures, i.first_at, i.last_at) for i in found]
    columns = ("number", "kind", "what", "times", "first", "last")
    return answer(IncidentList(found), Table(columns, rows, empty="no incident"))


@app.command("retry", cls=Acting)
def retry(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="As listed.", parser=whole(1))],
) -> IncidentRetry:
    """Take an incident off the list and let what failed be tried again."""
    with opened() as runtime:
        do(runtime, lambda on: retry_incident(on, number, who()))
    told = f"incident {number}: tried again at the next beat"
    return answer(IncidentRetry(number, retried=True), told)
