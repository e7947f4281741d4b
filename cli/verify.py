"""`pairing verify`: the proof that every journal holds and gives the rows."""

from dataclasses import dataclass

import typer

from cli.shared.calling import Command
from cli.shared.edge import REFUSED
from cli.shared.opening import opened
from cli.shared.output import answer, tell
from runtime.queries.history import Finding, findings

app = typer.Typer(add_completion=False)


@dataclass(frozen=True, slots=True)
class Verify:
    """Whether every journal holds; entry is the first bad one of a case."""

    sound: bool
    findings: tuple[Finding, ...]


@app.command("verify", cls=Command)
def verify() -> Verify:
    """Fold every journal and compare it with the rows; name the first bad entry of each case."""
    with opened() as runtime:
        found = findings(runtime)
    proof = answer(Verify(not found, found), *([] if found else ["every journal holds"]))
    tell(*map(_line, found))
    if found:
        raise typer.Exit(REFUSED)
    return proof


def _line(finding: Finding) -> str:
    entry = "" if finding.entry is None else f", entry {finding.entry}"
    return f"{finding.case}{entry}: {finding.what}"
