"""`pairing pair why`: what is missing, whose turn, since when, what was asked."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

import typer

from cli.pair.arguments import Pair
from cli.shared.filing import code_lines, filing_lines
from cli.shared.missing import Missing, missing_lines, missing_of, sentence
from cli.shared.opening import opened
from cli.shared.output import Human, answer
from cli.shared.values import word
from engine.decide.explain import Way
from runtime.queries.find_case import find_case
from runtime.queries.why import OpenAsk, Why
from runtime.queries.why import why as explain


@dataclass(frozen=True, slots=True)
class Step:
    """One move from where a pair stands, with what it lacks."""

    trigger: str
    title: str
    target: str
    by: tuple[str, ...]
    open: bool
    stays: bool
    comes_after: bool
    unmet: tuple[Missing, ...]
    warnings: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class PairWhy:
    """Why a pair cannot go on: each step with what it lacks, and what is being asked for."""

    pair: str
    state: str
    title: str
    since: date
    acts: tuple[str, ...]
    ways: tuple[Step, ...]
    open: tuple[OpenAsk, ...]


def why(
    pair: Pair,
    trigger: Annotated[str | None, typer.Argument(help="One step only.", parser=word)] = None,
) -> PairWhy:
    """Say why a pair cannot go on: what is missing, whose turn, since when, what was asked."""
    with opened() as runtime:
        found = explain(runtime, find_case(runtime, pair), trigger)
    steps = tuple(map(_step, found.ways))
    told = PairWhy(
        found.reference, found.state, found.title, found.since, found.acts, steps, found.open
    )
    return answer(told, *_lines(pair, found))


def _step(way: Way) -> Step:
    return Step(
        trigger=way.trigger,
        title=way.title,
        target=way.target,
        by=way.by,
        open=way.is_open,
        stays=way.stays,
        comes_after=way.comes_after,
        unmet=tuple(map(missing_of, way.unmet)),
        warnings=tuple(map(missing_of, way.warnings)),
    )


def _lines(pair: str, found: Why) -> list[Human]:
    lines: list[Human] = [f"{found.reference}: {found.title} ({found.state}), since {found.since}"]
    for ask in found.open:
        lines.append(
            f"\nasked for: {ask.what}; whose turn: {ask.whose_turn}; "
            f"since {ask.since} ({ask.working_days} working days), by {ask.asked_by}"
            f"{f' ({ask.days_late} days late)' if ask.days_late else ''}"
        )
        lines += [f"  {each}" for each in ask.away]
        lines += [
            f"  {each.on}  {each.letter} to {each.person}  {each.outcome}" for each in ask.asked
        ]
    for way in (each for each in found.ways if not each.asks_words):
        there = f"stays in {way.target}" if way.stays else f"-> {way.target}"
        lines.append(f"\n{way.trigger} {there} ({way.title}; {', '.join(way.by)}): {_doors(way)}")
        lines += missing_lines(pair, map(missing_of, way.unmet))
        lines += [f"  warning: {sentence(each.detail)} ({each.says})" for each in way.warnings]
    lines += [f"\n{way.trigger}: {_with_words(way)}" for way in found.ways if way.asks_words]
    return [*lines, *_commands(pair, found)]


def _doors(way: Way) -> str:
    if way.unmet:
        return f"{len(way.unmet)} missing"
    return "only if the one above were not open" if way.comes_after else "open"


def _commands(pair: str, found: Why) -> list[str]:
    """How what is listed is done: said once, at the end."""
    if not found.ways:
        still = f"pairing pair form {pair} shows whether records still come in"
        return [f"\nIt has ended: no step leads on; {still}."] if not found.acts else []
    words = any(way.asks_words for way in found.ways)
    step = f"pairing pair advance {pair} STEP{' --note ... --as ROLE' if words else ''}"
    form = f"pairing pair form {pair} lists all, pairing pair fill {pair} RECORD asks for one"
    how = [*filing_lines(pair, found), *code_lines(found)]
    return ["", *how, f"to take a step: {step}", f"other records: {form}"]


def _with_words(way: Way) -> str:
    asked = " ".join(each.remedy for each in way.unmet)
    return f"{way.title}, decided by {' or '.join(way.by)}. {asked}"
