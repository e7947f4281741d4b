"""`pairing pair assign`: the centre of a side is named."""

from typing import Annotated

import typer

from cli.pair.arguments import Pair
from cli.pair.members import everybody, unmet_of
from cli.shared.decision import unmet_body, unmet_lines
from cli.shared.edge import DONE, REFUSED
from cli.shared.opening import opened, who
from cli.shared.output import answer, tell
from cli.shared.values import word
from runtime.queries.find_case import find_case
from runtime.use_cases.start_case import Part, assign_party


def assign(
    pair: Pair,
    side: Annotated[str, typer.Argument(help="Such as coordinator.", parser=word)],
    centre: Annotated[str, typer.Argument(help="Its key, such as VIE.", parser=word)],
    person: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PERSON", help="The main one first; absent: everybody there.", parser=word
        ),
    ] = None,
) -> None:
    """Name the centre of a side, or another one before it is asked; the one before leaves."""
    with opened() as runtime:
        case_id = find_case(runtime, pair)
        named = tuple(person or everybody(runtime, {side: (centre,)}).get(side, ()))
        outcome = assign_party(runtime, case_id, Part(side, centre, named), who())
    missing = unmet_of(outcome)
    answer(
        {
            "pair": pair,
            "side": side,
            "centre": centre,
            "people": list(named),
            "accepted": not missing,
            "unmet": [unmet_body(each) for each in missing],
        },
        *([] if missing else [f"{pair}: {centre} is {side}, with {', '.join(named) or 'nobody'}"]),
    )
    tell(*[f"{pair} stays as it is:"][: len(missing)], *unmet_lines(pair, missing))
    raise typer.Exit(REFUSED if missing else DONE)
