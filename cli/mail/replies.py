"""`pairing mail replies`: what came in by mail and what was done with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

import typer

from cli.shared.opening import opened
from cli.shared.output import answer
from cli.shared.table import Table
from cli.shared.values import whole, word
from runtime.queries.find_case import find_case
from runtime.queries.replies import FOR_A_PERSON, STATES, InboundLine, came_in

_SHOWN = 200  # characters
_MOST = 1_000_000
_COLUMNS = ("no.", "came in", "case", "from", "kind", "about", "state", "what became of it")


@dataclass(frozen=True, slots=True)
class MailReplies:
    """What came in by mail, the newest first, with the words of replies."""

    replies: Iterable[InboundLine]


def _outcome(line: InboundLine) -> str:
    """What became of it; where a person has to look, the words as well."""
    words = " ".join(line.words.split())[:_SHOWN]
    return f"{line.outcome}: {words}" if words and line.state == FOR_A_PERSON else line.outcome


def replies(
    pair: Annotated[str | None, typer.Option(help="Of this pair only.", parser=word)] = None,
    state: Annotated[
        str | None,
        typer.Option(help=f"What was done with it: {', '.join(STATES)}.", parser=word),
    ] = None,
    limit: Annotated[
        int, typer.Option(metavar="NUMBER", help="How many, the newest.", parser=whole(1, _MOST))
    ] = 50,
) -> MailReplies:
    """List what came in by mail and what was done with it, the newest first."""
    with opened() as runtime:
        root = find_case(runtime, pair) if pair else None
        found = came_in(runtime, state or "", root, limit)
    rows = (
        (
            *(each.id, each.received_at, each.case or "", each.sender, each.kind),
            *(each.about or each.subject, each.state, _outcome(each)),
        )
        for each in found
    )
    return answer(MailReplies(found), Table(_COLUMNS, rows, empty="nothing came in"))
