"""`pairing pair waive`: a requirement is set aside, with a reason."""

from typing import Annotated

import typer

from cli.pair.arguments import Pair, Reason, RequestKey
from cli.shared.decision import Decision, decide
from cli.shared.opening import who
from cli.shared.values import word
from engine.model.outcomes import Waived


def waive(
    pair: Pair,
    requirement: Annotated[str, typer.Argument(help="As `pair why` names it.", parser=word)],
    reason: Reason,
    request_key: RequestKey = None,
) -> Decision:
    """Set a requirement aside, where the programme allows it to the role that acts (--as)."""
    return decide(pair, Waived(requirement, reason, who()), request_key)
