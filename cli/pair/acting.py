"""Verbs of `pairing pair` that decide: advance, record, sign, waive, move, pause, resume."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from cli.shared.content import facts, from_file, from_words
from cli.shared.decision import decide, settle
from cli.shared.opening import opened, who
from cli.shared.values import Assignment, assignment, day, path, text, word
from engine.model.definition import SYSTEM
from engine.model.dossier import CaseId
from engine.model.outcomes import Filed, Moved, Signed, Triggered, Waived
from runtime.queries.find_case import find_case
from runtime.queries.record_types import record_type
from runtime.queries.why import why as explain
from runtime.use_cases.advance import act
from runtime.wiring import Runtime

Pair = Annotated[str, typer.Argument(metavar="PAIR", help="Reference or number.", parser=word)]
Note = Annotated[str | None, typer.Option(help="A note for the journal.", parser=text)]
Reason = Annotated[str, typer.Option(help="Why; it stays in the journal.", parser=text)]
Facts = Annotated[
    list[Assignment] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="May be repeated.", parser=assignment),
]
RequestKey = Annotated[
    str | None, typer.Option(help="A repeated call with the same key is harmless.", parser=word)
]


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


def record(
    pair: Pair,
    name: Annotated[str, typer.Argument(metavar="RECORD", help="Such as roadmap.", parser=word)],
    from_: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="JSON, or - for standard input.", parser=path),
    ] = None,
    set_: Facts = None,
    request_key: RequestKey = None,
) -> None:
    """File a new version of a record."""
    if (from_ is None) == (set_ is None):
        raise typer.BadParameter(
            "give the content either with --set or with --from; "
            f"what belongs into it: pairing pair form {pair} {name}"
        )
    with opened() as runtime:
        case_id = find_case(runtime, pair)
        kind = record_type(runtime, case_id, name)
        if from_ is not None:
            content = from_file(from_)
        else:
            content = from_words(kind.fields, set_ or [], name)
        decided = act(runtime, case_id, Filed(name, content, who()), request_key)
        settle(pair, decided, _possible(runtime, case_id))


def sign(
    pair: Pair,
    name: Annotated[str, typer.Argument(metavar="RECORD", help="What is signed.", parser=word)],
    side: Annotated[str, typer.Option(help="On behalf of which side.", parser=word)],
    person: Annotated[str, typer.Option(help="Who signed.", parser=text)],
    on: Annotated[date, typer.Option(metavar="DAY", help="When it was signed.", parser=day)],
) -> None:
    """Note the signature of one side under a record."""
    with opened() as runtime:
        case_id = find_case(runtime, pair)
        decided = act(runtime, case_id, Signed(name, side, person, on, who()))
        settle(pair, decided, _possible(runtime, case_id))


def waive(
    pair: Pair,
    requirement: Annotated[str, typer.Argument(help="As `pair why` names it.", parser=word)],
    reason: Reason,
    request_key: RequestKey = None,
) -> None:
    """Set a requirement aside, where the programme allows it to the role that acts (--as)."""
    decide(pair, Waived(requirement, reason, who()), request_key)


def move(
    pair: Pair,
    milestone: Annotated[str, typer.Argument(help="A state with a window.", parser=word)],
    to: Annotated[date, typer.Argument(metavar="DAY", help="The new date.", parser=day)],
    reason: Reason,
    request_key: RequestKey = None,
) -> None:
    """Move a milestone's date; its baseline stays, what hangs on it follows."""
    decide(pair, Moved(milestone, to, reason, who()), request_key)


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


def _possible(runtime: Runtime, case_id: CaseId) -> str:
    """The steps that lack nothing now: filing a record takes none by itself."""
    ways = explain(runtime, case_id).ways
    steps = [way.trigger for way in ways if way.is_open and SYSTEM not in way.by]
    return f"possible now: {', '.join(steps)}" if steps else ""
