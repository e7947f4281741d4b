"""`pairing incident`: what failed again and again and waits for a person."""

from typing import Annotated

import typer

from cli.shared.calling import Command
from cli.shared.opening import opened
from cli.shared.output import Table, answer
from cli.shared.tree import noun
from runtime.use_cases.incidents import open_incidents, retry_incident

app = noun("List and retry what failed.")


@app.command("list", cls=Command)
def list_() -> None:
    """List everything that waits for a person, the oldest first."""
    with opened() as runtime:
        found = open_incidents(runtime)
    rows = [
        (i.id, i.trouble.kind, i.trouble.what, i.failures, i.first_at, i.last_at) for i in found
    ]
    answer(
        {
            "incidents": [
                {
                    "number": each.id,
                    "kind": each.trouble.kind,
                    "cause": each.trouble.cause,
                    "case": each.trouble.case_id,
                    "what": each.trouble.what,
                    "failures": each.failures,
                    "first_at": each.first_at,
                    "last_at": each.last_at,
                }
                for each in found
            ]
        },
        Table(("number", "kind", "what", "times", "first", "last"), rows, empty="no incident"),
    )


@app.command("retry", cls=Command)
def retry(
    number: Annotated[int, typer.Argument(metavar="NUMBER", min=1, max=2**62, help="As listed.")],
) -> None:
    """Take an incident off the list and let what failed be tried again."""
    with opened() as runtime:
        retry_incident(runtime, number)
    answer(
        {"incident": number, "retried": True}, f"incident {number}: tried again at the next beat"
    )
