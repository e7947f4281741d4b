"""`pairing verify`: the proof that every journal holds and gives the rows."""

import typer

from cli.shared.calling import Command
from cli.shared.edge import DONE, REFUSED
from cli.shared.opening import opened
from cli.shared.output import answer, tell
from storage.database.transactions import reading
from storage.journal.verify import Finding, verify

app = typer.Typer(add_completion=False)


@app.command("verify", cls=Command)
def verify_() -> None:
    """Fold every journal and compare it with the rows; name the first bad entry of each case."""
    with opened() as runtime, reading(runtime.database) as session:
        found = tuple(verify(session))
    answer(
        {"sound": not found, "findings": [_body(each) for each in found]},
        *([] if found else ["every journal holds"]),
    )
    tell(*(_line(each) for each in found))
    raise typer.Exit(REFUSED if found else DONE)


def _body(finding: Finding) -> dict[str, object]:
    return {
        "case": finding.reference,
        "number": finding.case_id,
        "entry": finding.entry,
        "what": finding.what,
    }


def _line(finding: Finding) -> str:
    entry = "" if finding.entry is None else f", entry {finding.entry}"
    return f"{finding.reference}{entry}: {finding.what}"
