"""`pairing pair assign`: the centre of a side is named."""

from dataclasses import dataclass
from typing import Annotated

import typer

from cli.pair.arguments import Pair
from cli.shared.missing import Missing, missing_in, refuse
from cli.shared.opening import opened, who
from cli.shared.output import answer, tell
from cli.shared.trying import do
from cli.shared.values import word
from runtime.queries.elsewhere import elsewhere
from runtime.queries.find_case import find_case
from runtime.use_cases.start_case import Part
from runtime.use_cases.teams import assign_with_team


@dataclass(frozen=True, slots=True)
class PairAssign:
    """Which centre stands on a side from now on."""

    pair: str
    side: str
    centre: str
    people: tuple[str, ...]
    accepted: bool
    unmet: tuple[Missing, ...]


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
) -> PairAssign:
    """Name the centre of a side, or another one before it is asked; the one before leaves."""
    part = Part(side, centre, tuple(person or ()))
    with opened() as runtime:
        case_id = find_case(runtime, pair)
        outcome, people = do(runtime, lambda on: assign_with_team(on, case_id, part, who()))
        tell(*elsewhere(runtime, case_id))
    missing = missing_in(outcome)
    told = PairAssign(pair, side, centre, people, not missing, missing)
    done = f"{pair}: {centre} is {side}, with {', '.join(people) or 'nobody'}"
    answer(told, *([] if missing else [done]))
    refuse(pair, missing)
    return told
