"""`pairing pair new`: a pair begins."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

import typer

from cli.pair.arguments import Facts
from cli.shared.content import spoken
from cli.shared.days import here
from cli.shared.opening import opened, who
from cli.shared.output import answer, tell
from cli.shared.trying import do
from cli.shared.values import Assignment, named, word
from runtime.queries.elsewhere import elsewhere
from runtime.queries.spoken_facts import facts_of_a_start
from runtime.use_cases.start_case import NewPair
from runtime.use_cases.teams import start_with_teams

Centres = Annotated[
    list[Assignment],
    typer.Option("--centre", metavar="SIDE=CENTRE", help="Once a centre.", parser=named),
]
People = Annotated[
    list[Assignment] | None,
    typer.Option(
        "--person",
        metavar="ROLE=PERSON",
        help="The first of a role is its main person; absent: everybody of the centre.",
        parser=named,
    ),
]


@dataclass(frozen=True, slots=True)
class PairNew:
    """A pair that was started."""

    pair: str
    number: int


def new(
    reference: Annotated[str, typer.Argument(metavar="PAIR", help="Such as VIE-BIR.", parser=word)],
    centre: Centres,
    person: People = None,
    set_: Facts = None,
) -> PairNew:
    """Start a pair."""
    parties, named = _by_name(centre), _by_name(person or [])
    with opened() as runtime:
        said = spoken(set_ or [], facts_of_a_start(runtime), here(runtime), "a new pair")
        pair = NewPair(reference, parties, named, said)
        case_id = do(runtime, lambda on: start_with_teams(on, pair, who()))
        tell(*elsewhere(runtime, case_id))
    return answer(PairNew(reference, case_id), f"{reference}: started")


def _by_name(given: Iterable[Assignment]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, value in given:
        found[name] = (*found.get(name, ()), value)
    return found
