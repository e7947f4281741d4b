"""`pairing pair record` and `sign`: what a pair files, and who signed it."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from cli.pair.arguments import Facts, Pair, RequestKey
from cli.shared.content import from_file, from_words
from cli.shared.decision import Decision, settle, take
from cli.shared.opening import opened, who
from cli.shared.values import day, path, side_of, text, word
from engine.model.definition import SYSTEM
from engine.model.dossier import CaseId
from engine.model.outcomes import Filed, Signed
from runtime.queries.find_case import find_case
from runtime.queries.record_types import record_type
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
        typer.Option("--from", metavar="FILE", help="JSON, or - for standard input.", parser=path),
    ] = None,
    set_: Facts = None,
    request_key: RequestKey = None,
) -> Decision:
    """File a new version of a record."""
    if (from_ is None) == (set_ is None):
        raise typer.BadParameter(
            "give the content either with --set or with --from; "
            f"what belongs into it: pairing pair form {pair} {name}"
        )
    name, _, centre = name.partition("=")
    with opened() as runtime:
        case_id = find_case(runtime, pair)
        kind = record_type(runtime, case_id, name)
        if from_ is not None:
            content = from_file(from_)
        else:
            content = from_words(kind.fields, set_ or [], name)
        filed = Filed(name, content, who(), centre=centre)
        decided = take(runtime, case_id, filed, request=request_key)
        return settle(pair, decided, _possible(runtime, case_id))


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
    on: Annotated[date, typer.Option(metavar="DAY", help="When it was signed.", parser=day)],
) -> Decision:
    """Note the signature of one side under a record."""
    role, _, centre = side.partition("=")
    with opened() as runtime:
        case_id = find_case(runtime, pair)
        decided = take(runtime, case_id, Signed(name, role, person, on, who(), centre))
        return settle(pair, decided, _possible(runtime, case_id))


def _possible(runtime: Runtime, case_id: CaseId) -> str:
    """The steps that lack nothing now: filing a record takes none by itself."""
    ways = explain(runtime, case_id).ways
    steps = [way.trigger for way in ways if way.is_open and SYSTEM not in way.by]
    return f"possible now: {', '.join(steps)}" if steps else ""
