"""`pairing pair fill`: a record asked field by field, shown before it is filed."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Annotated

import typer

from cli.pair.arguments import Pair
from cli.shared.asking import agreed, refuse_elsewhere
from cli.shared.calling import this_call
from cli.shared.days import here
from cli.shared.decision import Decision, settle, take
from cli.shared.dry_run import follows
from cli.shared.missing import missing_lines, missing_of
from cli.shared.opening import opened, who
from cli.shared.output import say, tell
from cli.shared.questions import HOW, filled, said
from cli.shared.table import Table
from cli.shared.titles import Titles
from cli.shared.values import side_of
from engine.model.changes import Changes
from engine.model.definition import RecordType
from engine.model.dossier import EMPTY, CaseId
from engine.model.outcomes import Amended
from runtime.queries.find_case import find_case
from runtime.queries.leave import refused_to
from runtime.queries.preview import Preview, preview
from runtime.queries.record_types import record_type
from runtime.queries.show_case import show_case
from runtime.use_cases.advance import answer_of
from runtime.wiring import Runtime

Content = Mapping[str, object]


def fill(
    pair: Pair,
    name: Annotated[
        str,
        typer.Argument(
            metavar="RECORD[=CENTRE]",
            help="Such as roadmap; the centre where its side holds several.",
            parser=side_of,
        ),
    ],
) -> Decision:
    """Ask for a record field by field, show what follows, and file it when you say so."""
    name, _, centre = name.partition("=")
    refuse_elsewhere(f"pairing pair record {pair} {name} --set FIELD=VALUE files without asking")
    with opened() as runtime, _nothing_filed():
        case_id = find_case(runtime, pair)
        kind = record_type(runtime, case_id, name)
        nothing_yet = Amended(kind.name, Changes(), who(), centre)
        if refused := refused_to(runtime, case_id, nothing_yet):
            return settle(pair, answer_of(refused))
        standing = _in_force(runtime, case_id, kind, centre)
        tell(f"{kind.title} ({kind.name}) of {pair}. {HOW}")
        wanted = standing
        while True:
            wanted = filled(kind.fields, wanted, here(runtime))
            event = Amended(kind.name, _changes(standing, wanted), who(), centre)
            if _is_wanted(runtime, case_id, event, (pair, standing, wanted)):
                break
        return settle(pair, take(runtime, case_id, event))


@contextmanager
def _nothing_filed() -> Iterator[None]:
    try:
        yield
    except (KeyboardInterrupt, typer.Abort):
        say("nothing was filed")
        raise


def _in_force(runtime: Runtime, case_id: CaseId, kind: RecordType, centre: str) -> Content:
    versions = show_case(runtime, case_id).dossier.records.get(kind.name, ())
    return next((each.content for each in versions[::-1] if centre in ("", each.centre)), EMPTY)


def _changes(standing: Content, wanted: Content) -> Changes:
    values = {name: value for name, value in wanted.items() if value != standing.get(name)}
    return Changes(values=values, cleared=tuple(name for name in standing if name not in wanted))


def _is_wanted(
    runtime: Runtime, case_id: CaseId, event: Amended, of: tuple[str, Content, Content]
) -> bool:
    """Whether it is filed as it is now; if not, it is asked again, or the command ends."""
    pair, standing, wanted = of
    changes = event.changes
    rows = [
        (name.replace("_", " "), said(standing.get(name)), said(wanted.get(name)))
        for name in (*changes.values, *changes.cleared)
    ]
    tell("", Table(("field", "before", "after"), rows, event.record, empty="nothing is another"))
    if not rows:
        raise typer.Abort
    found = preview(runtime, case_id, event)
    if not isinstance(found, Preview):
        tell("", "It cannot be filed so:", *missing_lines(pair, map(missing_of, found.unmet)))
    else:
        tell("", *follows(Titles(runtime), found))
        if this_call().dry_run or agreed("\nFile it?"):
            return True
    if not agreed("Go through it again?"):
        raise typer.Abort
    return False
