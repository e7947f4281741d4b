"""`pairing checkin`: the regular check-ins of a pair, and contacts between them."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from cli.shared.calling import Command
from cli.shared.content import from_file, from_words
from cli.shared.decision import decide, settle
from cli.shared.opening import opened, who
from cli.shared.output import Table, answer
from cli.shared.tree import noun
from cli.shared.values import Assignment, assignment, day, path, text, word
from engine.model.dossier import CaseId
from engine.model.outcomes import Filed, Triggered
from runtime.queries.find_case import find_case
from runtime.queries.record_types import record_type
from runtime.use_cases.act_together import act_together
from runtime.use_cases.advance import act
from runtime.wiring import Runtime
from storage.cases.views import Shown, overview
from storage.database.transactions import reading
from storage.errors import NotFoundError

app = noun("List, record or skip check-ins.")

CHECK_IN = "check_in"
Pair = Annotated[str, typer.Argument(metavar="PAIR", help="Reference or number.", parser=word)]


@app.command("list", cls=Command)
def list_(
    *,
    pair: Annotated[str | None, typer.Option(help="Of this pair only.", parser=word)] = None,
    closed: Annotated[bool, typer.Option("--all", help="Those that ended too.")] = False,
) -> None:
    """List the check-ins, the oldest first."""
    with opened() as runtime:
        of = find_case(runtime, pair) if pair else None
        with reading(runtime.database) as session:
            found = overview(session, Shown(CHECK_IN, of, closed))
    rows = [(c.reference, c.parent, c.state, c.entered_at, c.closed_at) for c in found]
    answer(
        {
            "checkins": [
                {
                    "reference": each.reference,
                    "number": each.id,
                    "pair": each.parent,
                    "state": each.state,
                    "since": each.entered_at,
                    "closed_at": each.closed_at,
                }
                for each in found
            ]
        },
        Table(("check-in", "pair", "state", "since", "ended"), rows, empty="no check-in"),
    )


@app.command("record", cls=Command)
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
) -> None:
    """File the note of the open check-in and close it as held."""
    if (from_ is None) == (set_ is None):
        raise typer.BadParameter("give the note either with --from or with --set")
    with opened() as runtime:
        child, case_id = _open_one(runtime, pair)
        fields = record_type(runtime, case_id, "note").fields
        content = from_file(from_) if from_ else from_words(fields, set_ or [], "note")
        filed, held = Filed("note", content, who()), Triggered("hold", who())
        settle(child, act_together(runtime, case_id, filed, held))


@app.command("skip", cls=Command)
def skip(
    pair: Pair,
    reason: Annotated[str, typer.Option(help="Why it is left out.", parser=text)],
) -> None:
    """Skip the open check-in with a reason."""
    with opened() as runtime:
        child, case_id = _open_one(runtime, pair)
        settle(child, act(runtime, case_id, Triggered("skip", who(), reason)))


@app.command("contact", cls=Command)
def contact(
    pair: Pair,
    on: Annotated[date, typer.Option(metavar="DAY", help="When you were in touch.", parser=day)],
    kind: Annotated[str, typer.Option(help="call, mail, meeting, visit, other.", parser=word)],
    summary: Annotated[str, typer.Option(help="What it was about.", parser=text)],
) -> None:
    """Log another contact with the aspiring centre; the next check-in counts from it."""
    content = {"on": on.isoformat(), "kind": kind, "summary": summary}
    decide(pair, Filed("contact", content, who()))


def _open_one(runtime: Runtime, pair: str) -> tuple[str, CaseId]:
    """The open check-in of a pair, the oldest where there are several."""
    case_id = find_case(runtime, pair)
    with reading(runtime.database) as session:
        found = overview(session, Shown(CHECK_IN, case_id))
    if not found:
        raise NotFoundError(f"{pair} has no open check-in; pairing checkin contact logs a contact")
    return found[0].reference, found[0].id
