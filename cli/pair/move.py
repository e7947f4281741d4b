"""`pairing pair move`: a date is moved, with a reason."""

from typing import Annotated

import typer

from cli.pair.arguments import Pair, Reason, RequestKey
from cli.shared.days import day_of
from cli.shared.decision import Decision, settle, take
from cli.shared.opening import opened, who
from cli.shared.values import Written, day, word
from engine.model.outcomes import Moved
from runtime.queries.find_case import find_case


def move(
    pair: Pair,
    milestone: Annotated[str, typer.Argument(help="A state with a window.", parser=word)],
    to: Annotated[Written, typer.Argument(metavar="DAY", help="The new date.", parser=day)],
    reason: Reason,
    request_key: RequestKey = None,
) -> Decision:
    """Move a milestone's date; its baseline stays, what hangs on it follows."""
    with opened() as runtime:
        moved = Moved(milestone, day_of(runtime, to), reason, who())
        return settle(pair, take(runtime, find_case(runtime, pair), moved, request=request_key))
