"""`pairing pair substitute`: another person plays a role."""

from dataclasses import dataclass
from typing import Annotated

import typer

from cli.pair.arguments import Pair
from cli.shared.days import day_of
from cli.shared.missing import Missing, missing_in, refuse
from cli.shared.opening import opened, who
from cli.shared.output import answer
from cli.shared.trying import do
from cli.shared.values import Written, day, word
from runtime.queries.find_case import find_case
from runtime.use_cases.substitute import Change
from runtime.use_cases.substitute import substitute as substitute_person


@dataclass(frozen=True, slots=True)
class PairSubstitute:
    """Who plays a role from now on."""

    pair: str
    role: str
    instead_of: str
    person: str
    accepted: bool
    unmet: tuple[Missing, ...]


def substitute(
    pair: Pair,
    role: Annotated[str, typer.Argument(help="Such as aspiring.", parser=word)],
    old: Annotated[
        str, typer.Option("--instead-of", metavar="PERSON", help="Who leaves.", parser=word)
    ],
    new_: Annotated[str, typer.Option("--new", metavar="PERSON", help="Who comes.", parser=word)],
    on: Annotated[
        Written | None, typer.Option(metavar="DAY", help="From when, today or before.", parser=day)
    ] = None,
) -> PairSubstitute:
    """Let another person play a role in a pair.

    Of another facilitator both teams hear, as far as they have had letters, and both facilitators.
    """
    with opened() as runtime:
        case_id = find_case(runtime, pair)
        change = Change(role, old, new_, day_of(runtime, on) if on else None)
        outcome = do(runtime, lambda tried: substitute_person(tried, case_id, change, who()))
    missing = missing_in(outcome)
    told = PairSubstitute(pair, role, old, new_, not missing, missing)
    answer(told, *([] if missing else [f"{pair}: {new_} is {role} instead of {old}"]))
    refuse(pair, missing)
    return told
