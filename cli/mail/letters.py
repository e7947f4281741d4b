"""`pairing mail list`: the letters owed so far and what became of each."""

from datetime import timedelta
from typing import Annotated

import typer

from cli.shared.opening import opened
from cli.shared.output import Table, answer
from cli.shared.values import word
from runtime.queries.find_case import find_case
from storage.database.transactions import reading
from storage.mail.queries import Asked, LetterLine, letters

_MOST = 1000
_LONG = 3650  # days


def list_(
    pair: Annotated[str | None, typer.Option(help="Of this pair only.", parser=word)] = None,
    state: Annotated[
        str | None,
        typer.Option(help="owed, waiting, accepted, refused, needs_human, ...", parser=word),
    ] = None,
    days: Annotated[
        int | None, typer.Option(min=1, max=_LONG, help="Of the last so many days only.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=_MOST, help="How many, the newest.")] = 50,
) -> None:
    """List the letters owed so far and what became of them, the newest first."""
    with opened() as runtime:
        root = find_case(runtime, pair) if pair else None
        since = runtime.clock() - timedelta(days=days) if days else None
        with reading(runtime.database) as session:
            every = letters(session, Asked(root=root, state=state or "", since=since))
    found = every[: -limit - 1 : -1]
    rows = [(m.message, m.owed_at, m.reference, m.letter, m.name, m.state, m.reason) for m in found]
    columns = ("message", "owed", "case", "letter", "to", "state", "why")
    answer({"letters": [_letter(each) for each in found]}, Table(columns, rows, empty="no letter"))


def _letter(line: LetterLine) -> dict[str, object]:
    return {
        "number": line.id,
        "key": line.key,
        "case": line.reference,
        "letter": line.letter,
        "role": line.audience,
        "person": line.person,
        "state": line.state,
        "reason": line.reason,
        "owed_at": line.owed_at,
        "settled_at": line.settled_at,
        "message": line.message,
        "subject": line.subject,
        "to": line.recipient,
        "attempts": line.attempts,
    }
