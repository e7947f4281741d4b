"""`pairing checkin`: the regular check-ins of a pair, and contacts between them."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from cli.shared.calling import Acting, Hearing
from cli.shared.content import as_written, from_file, from_words
from cli.shared.days import day_of, here
from cli.shared.decision import Decision, settle, take
from cli.shared.list_command import Listing
from cli.shared.opening import opened, who
from cli.shared.output import answer
from cli.shared.paging import After, Limit
from cli.shared.table import Table
from cli.shared.titles import Titles
from cli.shared.tree import noun
from cli.shared.values import Assignment, Written, assignment, day, path, text, word
from engine.model.dossier import CaseId
from engine.model.outcomes import Filed, Triggered
from runtime.queries.case_lines import CheckInLine, Wanted, check_in_lines
from runtime.queries.find_case import NoCheckInError, find_case, open_child
from runtime.queries.record_types import record_type
from runtime.wiring import Runtime

app = noun("List, record or skip check-ins.")

Pair = Annotated[str, typer.Argument(metavar="PAIR", help="Reference or number.", parser=word)]


@dataclass(frozen=True, slots=True)
class CheckinList:
    """Check-ins, the oldest first."""

    checkins: Iterable[CheckInLine]


@app.command("list", cls=Listing)
def list_(
    *,
    pair: Annotated[str | None, typer.Option(help="Of this pair only.", parser=word)] = None,
    closed: Annotated[bool, typer.Option("--all", help="Those that ended too.")] = False,
    limit: Limit = None,
    after: After = None,
) -> CheckinList:
    """List the check-ins, the oldest first."""
    with opened() as runtime:
        of = find_case(runtime, pair) if pair else None
        beyond = find_case(runtime, after) if after else 0
        wanted = Wanted(of, closed=closed, after=beyond, limit=limit)
        found = check_in_lines(runtime, _workflow(runtime), wanted)
        called = Titles(runtime)
        rows = (
            (c.reference, c.pair, called.state_of(c.reference, c.state), c.since, c.closed_at)
            for c in found
        )
        columns = ("check-in", "pair", "state", "since", "ended")
        return answer(CheckinList(found), Table(columns, rows, empty="no check-in"))


@app.command("record", cls=Hearing)
def record(
    pair: Pair,
    from_: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="JSON, or - for standard input.", parser=path),
    ] = None,
    set_: Annotated[
        list[Assignment] | None,
        typer.Option("--set", metavar="FIELD=VALUE", help="May be repeated.", parser=assignment),
    ] = None,
) -> Decision:
    """File the note of the open check-in and close it as held."""
    if (from_ is None) == (set_ is None):
        raise typer.BadParameter("give the note either with --from or with --set")
    with opened() as runtime:
        child, case_id = _open_one(runtime, pair)
        fields = record_type(runtime, case_id, "note").fields
        at = here(runtime)
        if from_:
            content = as_written(fields, from_file(from_), at)
        else:
            content = from_words(fields, set_ or [], "note", at)
        filed, held = Filed("note", content, who()), Triggered("hold", who())
        return settle(child, take(runtime, case_id, filed, held))


@app.command("skip", cls=Acting)
def skip(
    pair: Pair,
    reason: Annotated[
        str, typer.Option(help="Why it is left out; it stays in the journal.", parser=text)
    ],
) -> Decision:
    """Skip the open check-in with a reason."""
    with opened() as runtime:
        child, case_id = _open_one(runtime, pair)
        return settle(child, take(runtime, case_id, Triggered("skip", who(), reason)))


@app.command("contact", cls=Hearing)
def contact(
    pair: Pair,
    on: Annotated[Written, typer.Option(metavar="DAY", help="When you were in touch.", parser=day)],
    kind: Annotated[str, typer.Option(help="call, mail, meeting, visit, other.", parser=word)],
    summary: Annotated[str, typer.Option(help="What it was about.", parser=text)],
) -> Decision:
    """Log another contact with the aspiring centre; the next check-in counts from it."""
    with opened() as runtime:
        case_id = find_case(runtime, pair)
        words = [Assignment("kind", kind), Assignment("summary", summary)]
        fields = record_type(runtime, case_id, "contact").fields
        said = from_words(fields, words, "contact", here(runtime))
        content = {"on": day_of(runtime, on, "past").isoformat(), **said}
        return settle(pair, take(runtime, case_id, Filed("contact", content, who())))


def _workflow(runtime: Runtime) -> str:
    """The workflow of check-ins, as the one that people start names it."""
    programme = runtime.programme
    named = programme.workflows[programme.root].check_in_workflow
    if not named:
        raise NoCheckInError(
            f"programme {programme.name} has no check-ins: "
            f"{programme.root}.yaml names none with check_in_workflow"
        )
    return named


def _open_one(runtime: Runtime, pair: str) -> tuple[str, CaseId]:
    found = open_child(runtime, find_case(runtime, pair), _workflow(runtime))
    if found is None:
        log = f"pairing checkin contact {pair} --on DAY --kind KIND --summary ..."
        raise NoCheckInError(f"{pair} has no open check-in; to log another contact: {log}")
    return found
