"""Verbs of `pairing pair` that bring pairs in or change who takes part."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from cli.pair.acting import Facts, Pair
from cli.shared.content import facts
from cli.shared.decision import Unmet, unmet_body, unmet_lines
from cli.shared.edge import DONE, REFUSED
from cli.shared.opening import opened, who
from cli.shared.output import Table, answer, tell
from cli.shared.values import Assignment, assignment, day, path, word
from engine.model.outcomes import Plan, Refusal
from runtime.queries.find_case import find_case
from runtime.use_cases.adopt import adopt as adopt_pairs
from runtime.use_cases.directory import Change, centres, people
from runtime.use_cases.directory import substitute as substitute_person
from runtime.use_cases.start_case import NewPair, Part, assign_party, start_pair
from runtime.wiring import Runtime

Centres = Annotated[
    list[Assignment],
    typer.Option("--centre", metavar="SIDE=CENTRE", help="Once a side.", parser=assignment),
]
People = Annotated[
    list[Assignment] | None,
    typer.Option(
        "--person",
        metavar="ROLE=PERSON",
        help="The first of a role is its main person; absent: everybody of the centre.",
        parser=assignment,
    ),
]


def new(
    reference: Annotated[str, typer.Argument(metavar="PAIR", help="Such as VIE-BIR.", parser=word)],
    centre: Centres,
    person: People = None,
    set_: Facts = None,
) -> None:
    """Start a pair."""
    parties = _once("--centre", centre)
    named: dict[str, tuple[str, ...]] = {}
    for role, key in person or []:
        named[role] = (*named.get(role, ()), key)
    with opened() as runtime:
        every = {**_everybody(runtime, parties), **named}
        pair = NewPair(reference, parties, every, facts(set_ or []))
        case_id = start_pair(runtime, pair, who())
    answer({"pair": reference, "number": case_id}, f"{reference}: started")


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
        named = tuple(person or _everybody(runtime, {side: centre}).get(side, ()))
        outcome = assign_party(runtime, case_id, Part(side, centre, named), who())
    missing = _unmet(outcome)
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


def adopt(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="The table.", parser=path)],
    go_live: Annotated[
        date, typer.Option(metavar="DAY", help="Nothing is sent before it.", parser=day)
    ],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
) -> None:
    """Take over pairs that run already, all or none; nothing is sent before the go-live day."""
    with opened() as runtime:
        adopted = adopt_pairs(runtime, file, go_live, dry_run=dry_run)
    rows = [(each.reference, each.state, len(each.missing)) for each in adopted]
    gaps = [f"{each.reference}: {gap}" for each in adopted for gap in each.missing]
    answer(
        {
            "dry_run": dry_run,
            "go_live": go_live,
            "pairs": [
                {"pair": each.reference, "state": each.state, "missing": list(each.missing)}
                for each in adopted
            ],
        },
        Table(("pair", "state", "missing evidence"), rows),
        *gaps,
    )


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
    missing = _unmet(outcome)
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


def _unmet(outcome: Plan | Refusal) -> tuple[Unmet, ...]:
    if isinstance(outcome, Plan):
        return ()
    return tuple({name: getattr(u, name) for name in u.__slots__} for u in outcome.unmet)


def _once(option: str, given: Iterable[Assignment]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in given:
        if name in found:
            raise typer.BadParameter(f"{name} is given twice: keep one", param_hint=option)
        found[name] = value
    return found


def _everybody(runtime: Runtime, parties: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """Everybody of each centre plays the role of its side; who was entered first is main."""
    numbers = {each.key: each.id for each in centres(runtime)}
    found = {}
    for side, key in parties.items():
        there = [p for p in people(runtime) if p.centre_id == numbers.get(key, -1)]
        members = [p.key for p in sorted(there, key=lambda person: person.id)]
        if members:
            found[side] = tuple(members)
    return found
