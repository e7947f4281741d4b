"""`pairing pair advance`, `pause` and `resume`: a pair takes a step."""

from typing import Annotated

import typer

from cli.pair.arguments import Facts, Note, Pair, Reason, RequestKey
from cli.shared.content import spoken
from cli.shared.days import day_of, here
from cli.shared.decision import Decision, settle, take
from cli.shared.filing import next_lines
from cli.shared.opening import opened, who
from cli.shared.values import Written, day, word
from engine.model.dossier import CaseId
from engine.model.outcomes import Triggered
from runtime.queries.find_case import find_case
from runtime.queries.pause_steps import pausing_step, resuming_step
from runtime.queries.spoken_facts import facts_of_a_step
from runtime.queries.why import why as explain
from runtime.wiring import Runtime


def advance(
    pair: Pair,
    trigger: Annotated[str, typer.Argument(help="The step, as `pair why` names it.", parser=word)],
    note: Note = None,
    set_: Facts = None,
    request_key: RequestKey = None,
) -> Decision:
    """Take a step, or learn what is missing for it."""
    with opened() as runtime:
        case_id = find_case(runtime, pair)
        known = facts_of_a_step(runtime, case_id, trigger) if set_ else ()
        said = spoken(set_ or [], known, here(runtime), f"the step {trigger}")
        event = Triggered(trigger, who(), note or "", said)
        decided = take(runtime, case_id, event, request=request_key)
        return settle(pair, decided, _next(runtime, pair, case_id) if decided.accepted else "")


def _next(runtime: Runtime, pair: str, case_id: CaseId) -> str:
    return "\n".join(next_lines(pair, explain(runtime, case_id)))


def pause(
    pair: Pair,
    reason: Reason,
    until: Annotated[Written, typer.Option(metavar="DAY", help="When to look again.", parser=day)],
) -> Decision:
    """Suspend a pair: its clock stands still (who may: `pair why`)."""
    with opened() as runtime:
        case_id = find_case(runtime, pair)
        given = {"review_on": day_of(runtime, until, "to come").isoformat()}
        event = Triggered(pausing_step(runtime, case_id), who(), reason, given)
        return settle(pair, take(runtime, case_id, event))


def resume(pair: Pair, reason: Reason) -> Decision:
    """Let a suspended pair go on where it stood."""
    with opened() as runtime:
        case_id = find_case(runtime, pair)
        event = Triggered(resuming_step(runtime, case_id), who(), reason)
        return settle(pair, take(runtime, case_id, event))
