"""`pairing flag`: red flags, from raised to closed with an outcome."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import typer

from cli.shared.calling import Acting, Hearing
from cli.shared.days import day_of
from cli.shared.decision import Decision, decide, settle, take
from cli.shared.list_command import Listing
from cli.shared.opening import opened, who
from cli.shared.output import answer
from cli.shared.paging import Limit
from cli.shared.table import Table
from cli.shared.titles import Titles
from cli.shared.tree import noun
from cli.shared.values import Written, day, text, word
from engine.model.outcomes import FlagRaised, Triggered
from runtime.queries.case_lines import FlagLine, Wanted, flag_lines, flag_workflow
from runtime.queries.find_case import find_case

app = noun("Raise, list and handle red flags.")

Flag = Annotated[
    str, typer.Argument(metavar="FLAG", help="Its reference, as `flag list` shows.", parser=word)
]


@dataclass(frozen=True, slots=True)
class FlagList:
    """Red flags, the worst first."""

    flags: tuple[FlagLine, ...]


@app.command("raise", cls=Hearing)
def raise_(
    pair: Annotated[str, typer.Argument(metavar="PAIR", help="Its reference.", parser=word)],
    kind: Annotated[str, typer.Argument(metavar="KIND", help="Such as F-11.", parser=word)],
    reason: Annotated[
        str, typer.Option(help="What you have seen; letters about it give it.", parser=text)
    ],
    severity: Annotated[str | None, typer.Option(help="info, amber, red.", parser=word)] = None,
) -> Decision:
    """Raise a flag by hand."""
    return decide(pair, FlagRaised(kind, reason, who(), severity))


@app.command("list", cls=Listing)
def list_(
    *,
    pair: Annotated[str | None, typer.Option(help="Of this pair only.", parser=word)] = None,
    closed: Annotated[bool, typer.Option("--all", help="Closed ones too.")] = False,
    limit: Limit = None,
) -> FlagList:
    """List the open flags, the worst first."""
    with opened() as runtime:
        of = find_case(runtime, pair) if pair else None
        found = flag_lines(runtime, Wanted(of, closed=closed, limit=limit))
        called = Titles(runtime)
    rows = [
        (
            *(f.reference, called.flag(f.flag), f.severity, called.state_of(f.reference, f.state)),
            *(f.since, f.owner, f.review_on, f.cause),
        )
        for f in found
    ]
    columns = ("flag", "kind", "severity", "state", "since", "owner", "review", "cause")
    return answer(FlagList(found), Table(columns, rows, empty="no open flag"))


@app.command("acknowledge", cls=Acting)
def acknowledge(
    flag: Flag,
    next_step: Annotated[
        str, typer.Option(help="What happens next; letters about it give it.", parser=text)
    ],
    review_on: Annotated[
        Written, typer.Option(metavar="DAY", help="When to look again.", parser=day)
    ],
    owner: Annotated[
        str | None,
        typer.Option(metavar="PERSON", help="Who takes care of it, if not you.", parser=word),
    ] = None,
) -> Decision:
    """Take a flag on: owner, next step and review date; until then it is quiet."""
    with opened() as runtime:
        facts = {
            "owner": owner or who().actor,
            "next_step": next_step,
            "review_on": day_of(runtime, review_on, "to come").isoformat(),
        }
        case_id = find_case(runtime, flag, flag_workflow(runtime))
        return settle(flag, take(runtime, case_id, Triggered("acknowledge", who(), "", facts)))


@app.command("snooze", cls=Acting)
def snooze(
    flag: Flag,
    until: Annotated[Written, typer.Option(metavar="DAY", help="When it wakes.", parser=day)],
    reason: Annotated[
        str, typer.Option(help="Why it can wait; it stays in the journal.", parser=text)
    ],
) -> Decision:
    """Put a flag aside until a day."""
    with opened() as runtime:
        case_id = find_case(runtime, flag, flag_workflow(runtime))
        facts = {"review_on": day_of(runtime, until, "to come").isoformat()}
        return settle(flag, take(runtime, case_id, Triggered("snooze", who(), reason, facts)))


@app.command("mitigate", cls=Acting)
def mitigate(
    flag: Flag,
    note: Annotated[str, typer.Option(help="What was done; it stays in the journal.", parser=text)],
) -> Decision:
    """Say what was done about a flag."""
    return _take(flag, "mitigate", note, {})


@app.command("close", cls=Acting)
def close(
    flag: Flag,
    outcome: Annotated[
        str,
        typer.Option(
            help="How it ended; a mistake is one too. The letter about it gives it.", parser=text
        ),
    ],
) -> Decision:
    """Close a flag with its outcome."""
    return _take(flag, "close", "", {"outcome": outcome})


def _take(flag: str, trigger: str, note: str, facts: Mapping[str, object]) -> Decision:
    with opened() as runtime:
        case_id = find_case(runtime, flag, flag_workflow(runtime))
        return settle(flag, take(runtime, case_id, Triggered(trigger, who(), note, facts)))
