"""`pairing flag`: red flags, from raised to closed with an outcome."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

import typer

from cli.shared.calling import Command
from cli.shared.decision import decide, settle
from cli.shared.opening import opened, who
from cli.shared.output import Table, answer
from cli.shared.tree import noun
from cli.shared.values import day, text, word
from engine.model.outcomes import FlagRaised, Triggered
from runtime.queries.find_case import find_case
from runtime.use_cases.advance import act
from runtime.wiring import Runtime
from storage.cases.views import CaseLine, Shown, overview
from storage.database.transactions import reading

app = noun("Raise, list and handle red flags.")

_FACTS = ("flag", "title", "severity", "cause", "owner", "next_step", "review_on", "outcome")
_ORDER = {"red": 0, "amber": 1, "info": 2}

Flag = Annotated[
    str, typer.Argument(metavar="FLAG", help="Its reference, as `flag list` shows.", parser=word)
]


@app.command("raise", cls=Command)
def raise_(
    pair: Annotated[str, typer.Argument(metavar="PAIR", help="Its reference.", parser=word)],
    kind: Annotated[str, typer.Argument(metavar="KIND", help="Such as F-11.", parser=word)],
    reason: Annotated[str, typer.Option(help="What you have seen.", parser=text)],
    severity: Annotated[str | None, typer.Option(help="info, amber, red.", parser=word)] = None,
) -> None:
    """Raise a flag by hand."""
    decide(pair, FlagRaised(kind, reason, who(), severity))


@app.command("list", cls=Command)
def list_(
    *,
    pair: Annotated[str | None, typer.Option(help="Of this pair only.", parser=word)] = None,
    closed: Annotated[bool, typer.Option("--all", help="Closed ones too.")] = False,
) -> None:
    """List the open flags, the worst first."""
    with opened() as runtime:
        of = find_case(runtime, pair) if pair else None
        with reading(runtime.database) as session:
            found = [
                line
                for name in _flag_workflows(runtime)
                for line in overview(session, Shown(name, of, closed))
            ]
    found.sort(key=lambda line: _ORDER.get(str(line.facts.get("severity")), len(_ORDER)))
    rows = [
        (
            f.reference,
            *(f.facts.get(name) for name in ("flag", "severity")),
            f.state,
            f.entered_at,
            *(f.facts.get(name) for name in ("owner", "review_on", "cause")),
        )
        for f in found
    ]
    columns = ("flag", "kind", "severity", "state", "since", "owner", "review", "cause")
    answer(
        {"flags": [_body(each) for each in found]},
        Table(columns, rows, empty="no open flag"),
    )


def _flag_workflows(runtime: Runtime) -> list[str]:
    every = runtime.programme.workflows.values()
    return sorted({workflow.flag_workflow for workflow in every if workflow.flags})


@app.command("acknowledge", cls=Command)
def acknowledge(
    flag: Flag,
    owner: Annotated[str, typer.Option(help="Who takes care of it.", parser=text)],
    next_step: Annotated[str, typer.Option(help="What happens next.", parser=text)],
    review_on: Annotated[date, typer.Option(metavar="DAY", help="When to look again.", parser=day)],
) -> None:
    """Take a flag on: owner, next step and review date; until then it is quiet."""
    facts = {"owner": owner, "next_step": next_step, "review_on": review_on.isoformat()}
    _take(flag, "acknowledge", "", facts)


@app.command("snooze", cls=Command)
def snooze(
    flag: Flag,
    until: Annotated[date, typer.Option(metavar="DAY", help="When it wakes.", parser=day)],
    reason: Annotated[str, typer.Option(help="Why it can wait.", parser=text)],
) -> None:
    """Put a flag aside until a day."""
    _take(flag, "snooze", reason, {"review_on": until.isoformat()})


@app.command("mitigate", cls=Command)
def mitigate(
    flag: Flag,
    note: Annotated[str, typer.Option(help="What was done.", parser=text)],
) -> None:
    """Say what was done about a flag."""
    _take(flag, "mitigate", note, {})


@app.command("close", cls=Command)
def close(
    flag: Flag,
    outcome: Annotated[str, typer.Option(help="How it ended; a mistake is one too.", parser=text)],
) -> None:
    """Close a flag with its outcome."""
    _take(flag, "close", "", {"outcome": outcome})


def _take(flag: str, trigger: str, note: str, facts: Mapping[str, object]) -> None:
    with opened() as runtime:
        kinds = _flag_workflows(runtime)
        case_id = find_case(runtime, flag, kinds[0] if len(kinds) == 1 else None)
        settle(flag, act(runtime, case_id, Triggered(trigger, who(), note, facts)))


def _body(flag: CaseLine) -> dict[str, object]:
    return {
        "reference": flag.reference,
        "number": flag.id,
        "pair": flag.parent,
        "state": flag.state,
        "since": flag.entered_at,
        "closed_at": flag.closed_at,
        **{name: flag.facts.get(name) for name in _FACTS},
    }
