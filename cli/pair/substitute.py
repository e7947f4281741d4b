"""`pairing pair substitute`: another person plays a role."""

from datetime import date
from typing import Annotated

import typer

from cli.pair.arguments import Pair
from cli.pair.members import unmet_of
from cli.shared.decision import unmet_body, unmet_lines
from cli.shared.edge import DONE, REFUSED
from cli.shared.opening import opened, who
from cli.shared.output import answer, tell
from cli.shared.values import day, word
from runtime.queries.find_case import find_case
from runtime.use_cases.directory import Change
from runtime.use_cases.directory import substitute as substitute_person


def substitute(
    pair: Pair,
    role: Annotated[str, typer.Argument(help="Such as aspiring.", parser=word)],
    old: Annotated[
        str, typer.Option("--instead-of", metavar="PERSON", help="Who leaves.", parser=word)
    ],
    new_: Annotated[str, typer.Option("--new", metavar="PERSON", help="Who comes.", parser=word)],
    on: Annotated[date | None, typer.Option(metavar="DAY", help="From when.", parser=day)] = None,
) -> None:
    """Let another person play a role in a pair."""
    with opened() as runtime:
        case_id = find_case(runtime, pair)
        outcome = substitute_person(runtime, case_id, Change(role, old, new_, on), who())
    missing = unmet_of(outcome)
    answer(
        {
            "pair": pair,
            "role": role,
            "instead_of": old,
            "person": new_,
            "accepted": not missing,
            "unmet": [unmet_body(each) for each in missing],
        },
        *([] if missing else [f"{pair}: {new_} is {role} instead of {old}"]),
    )
    tell(*[f"{pair} stays as it is:"][: len(missing)], *unmet_lines(pair, missing))
    raise typer.Exit(REFUSED if missing else DONE)
