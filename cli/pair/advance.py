"""`pairing pair advance`, `pause` and `resume`: a pair takes a step."""

from datetime import date
from typing import Annotated

import typer

from cli.pair.arguments import Facts, Note, Pair, Reason, RequestKey
from cli.shared.content import facts
from cli.shared.decision import decide
from cli.shared.opening import who
from cli.shared.values import day, word
from engine.model.outcomes import Triggered


def advance(
    pair: Pair,
    trigger: Annotated[str, typer.Argument(help="The step, as `pair why` names it.", parser=word)],
    note: Note = None,
    set_: Facts = None,
    request_key: RequestKey = None,
) -> None:
    """Take a step, or learn what is missing for it."""
    event = Triggered(trigger, who(), note or "", facts(set_ or []))
    decide(pair, event, request_key)


def pause(
    pair: Pair,
    reason: Reason,
    until: Annotated[date, typer.Option(metavar="DAY", help="When to look again.", parser=day)],
) -> None:
    """Suspend a pair: its clock stands still (the lead decides: --as lead)."""
    decide(pair, Triggered("suspend", who(), reason, {"review_on": until.isoformat()}))


def resume(pair: Pair, reason: Reason) -> None:
    """Let a suspended pair go on where it stood."""
    decide(pair, Triggered("resume", who(), reason))
