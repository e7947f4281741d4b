"""`pairing pair record` and `sign`: what a pair files, and who signed it."""

from pathlib import Path
from typing import Annotated

import typer

from cli.pair.arguments import Facts, Pair, RequestKey
from cli.pair.record_views import show_difference, show_version
from cli.shared.content import as_written, from_file
from cli.shared.days import day_of, here
from cli.shared.decision import Decision, settle, take
from cli.shared.opening import opened, who
from cli.shared.recording import wanted
from cli.shared.row_words import Given, changes
from cli.shared.values import Assignment, Written, day, path, side_of, text, word
from engine.model.definition import SYSTEM, RecordType
from engine.model.dossier import CaseId
from engine.model.outcomes import Amended, Event, Filed, Signed
from engine.time.written_moments import Here
from runtime.queries.find_case import find_case
from runtime.queries.record_types import record_type
from runtime.queries.why import Filing
from runtime.queries.why import why as explain
from runtime.wiring import Runtime


def record(
    pair: Pair,
    name: Annotated[
        str,
        typer.Argument(
            metavar="RECORD[=CENTRE]",
            help="Such as roadmap; the centre where its side holds several.",
            parser=side_of,
        ),
    ],
    from_: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="FILE",
            help="The whole content: JSON, or - for standard input.",
            parser=path,
        ),
    ] = None,
    set_: Facts = None,
    request_key: RequestKey = None,
) -> Decision:
    """File a new version of a record: what is named is another, the rest stays as in force.

    Rows are counted from 1 on, as --show and --diff count them.
    """
    name, _, centre = name.partition("=")
    _one_way(pair, name, (set_ is not None or wanted().changes, from_ is not None))
    with opened() as runtime:
        case_id = find_case(runtime, pair)
        kind = record_type(runtime, case_id, name)
        _asked(runtime, case_id, (pair, kind))
        at = here(runtime)
        if from_ is None:
            filed = _changed(kind, set_ or [], centre, at)
        else:
            content = as_written(kind.fields, from_file(from_), at)
            filed = Filed(name, content, who(), centre=centre)
        decided = take(runtime, case_id, filed, request=request_key)
        return settle(pair, decided, _possible(runtime, case_id))


def _asked(runtime: Runtime, case_id: CaseId, of: tuple[str, RecordType]) -> None:
    """Where a call only asks: the answer, and the end of the command."""
    if wanted().show:
        show_version(runtime, case_id, of, wanted().version)
    if wanted().diff:
        show_difference(runtime, case_id, of, wanted().between)


def _changed(kind: RecordType, set_: list[Assignment], centre: str, at: Here) -> Event:
    asked = wanted()
    given = Given(set_, asked.clear, asked.row, asked.remove, asked.add)
    return Amended(kind.name, changes(kind.fields, kind.name, given, at), who(), centre)


def _one_way(pair: str, name: str, filing: tuple[bool, bool]) -> None:
    """A call files what changes, or the whole content, or it only asks."""
    asked = wanted()
    if asked.version is not None and not asked.show:
        raise typer.BadParameter("it goes with --show", param_hint="--version")
    if sum((*filing, asked.show, bool(asked.diff))) != 1:
        raise typer.BadParameter(
            "say what changes with --set, --clear, --add, --row or --remove, or give the whole "
            "content with --from, or ask with --show or --diff; "
            f"what belongs into it: pairing pair form {pair} {name}"
        )


def sign(
    pair: Pair,
    name: Annotated[str, typer.Argument(metavar="RECORD", help="What is signed.", parser=word)],
    side: Annotated[
        str,
        typer.Option(
            metavar="SIDE[=CENTRE]",
            help="On behalf of which side, and of which centre where it holds several.",
            parser=side_of,
        ),
    ],
    person: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="Who signed: the name as it stands under the paper.",
            parser=text,
        ),
    ],
    on: Annotated[Written, typer.Option(metavar="DAY", help="When it was signed.", parser=day)],
) -> Decision:
    """Note the signature of one side under a record."""
    role, _, centre = side.partition("=")
    with opened() as runtime:
        case_id = find_case(runtime, pair)
        signed_on = day_of(runtime, on, "past")
        decided = take(runtime, case_id, Signed(name, role, person, signed_on, who(), centre))
        return settle(pair, decided, _possible(runtime, case_id))


def _possible(runtime: Runtime, case_id: CaseId) -> str:
    """The steps that lack nothing now, else what they lack: a record takes none by itself."""
    found = explain(runtime, case_id)
    steps = [way.trigger for way in found.ways if way.is_open and SYSTEM not in way.by]
    if steps:
        return f"possible now: {', '.join(steps)}"
    unfiled = [each.kind.name for each in found.filings if not each.unsigned]
    unsigned = [f"{each.kind.name} ({_sides(each)})" for each in found.filings if each.unsigned]
    lacking = (("file", unfiled), ("sign", unsigned))
    return "; ".join(f"still to {act}: {', '.join(names)}" for act, names in lacking if names)


def _sides(filing: Filing) -> str:
    return ", ".join(whose for whose, _ in filing.unsigned)
