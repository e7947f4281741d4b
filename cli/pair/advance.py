"""`pairing pair advance`, `pause` and `resume`: a pair takes a step."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated

import typer

from cli.pair.arguments import Facts, Note, Pair, Reason, RequestKey
from cli.shared.content import facts
from cli.shared.decision import Decision, decide, settle, take
from cli.shared.opening import opened, who
from cli.shared.values import day, word
from engine.model.dossier import CaseId
from engine.model.outcomes import Triggered
from runtime.queries.find_case import find_case
from runtime.queries.pause_steps import pausing_step, resuming_step
from runtime.wiring import Runtime


def advance(
    pair: Pair,
    trigger: Annotated[str, typer.Argument(help="The step, as `pair why` names it.", parser=word)],
    note: Note = None,
    set_: Facts = None,
    request_key: RequestKey = None,
) -> Decision:
    """Take a step, or learn what is missing for it."""
    event = Triggered(trigger, who(), note or "", facts(set_ or []))
    return decide(pair, event, request_key)


def pause(
    pair: Pair,
    reason: Reason,
    until: Annotated[date, typer.Option(metavar="DAY", help="When to look again.", parser=day)],
) -> Decision:
    """Suspend a pair: its clock stands still (who may: `pair why`)."""
    return _step(pair, pausing_step, reason, {"review_on": until.isoformat()})


def resume(pair: Pair, reason: Reason) -> Decision:
    """Let a suspended pair go on where it stood."""
    return _step(pair, resuming_step, reason, {})


def _step(
    pair: str,
    trigger_of: Callable[[Runtime, CaseId], str],
    reason: str,
    given: Mapping[str, object],
) -> Decision:
    """Take a step that the pair's own definition names."""
    with opened() as runtime:
        case_id = find_case(runtime, pair)
        event = Triggered(trigger_of(runtime, case_id), who(), reason, given)
        return settle(pair, take(runtime, case_id, event))
