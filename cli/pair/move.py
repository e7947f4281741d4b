"""`pairing pair move`: a date is moved, with a reason."""

from datetime import date
from typing import Annotated

import typer

from cli.pair.arguments import Pair, Reason, RequestKey
from cli.shared.decision import Decision, decide
from cli.shared.opening import who
from cli.shared.values import day, word
from engine.model.outcomes import Moved


def move(
    pair: Pair,
    milestone: Annotated[str, typer.Argument(help="A state with a window.", parser=word)],
    to: Annotated[date, typer.Argument(metavar="DAY", help="The new date.", parser=day)],
    reason: Reason,
    request_key: RequestKey = None,
) -> Decision:
    """Move a milestone's date; its baseline stays, what hangs on it follows."""
    return decide(pair, Moved(milestone, to, reason, who()), request_key)
