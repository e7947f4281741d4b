"""`pairing pair why`: what is missing, whose turn, since when, what was asked."""

from collections.abc import Mapping
from typing import Annotated

import typer

from cli.pair.arguments import Pair
from cli.shared.decision import unmet_body, unmet_lines
from cli.shared.opening import opened
from cli.shared.output import Human, answer
from cli.shared.values import word
from engine.decide.explain import Way
from engine.literals import shown
from engine.model.outcomes import Unmet
from runtime.queries.find_case import find_case
from runtime.queries.why import OpenAsk, Why
from runtime.queries.why import why as explain
from storage.errors import NotFoundError


def why(
    pair: Pair,
    trigger: Annotated[str | None, typer.Argument(help="One step only.", parser=word)] = None,
) -> None:
    """Say why a pair cannot go on: what is missing, whose turn, since when, what was asked."""
    with opened() as runtime:
        found = explain(runtime, find_case(runtime, pair), trigger)
    if trigger is not None and not found.ways:
        raise NotFoundError(f"{pair} has no step {shown(trigger)} from {found.state}; see pair why")
    answer(why_body(found), *why_lines(pair, found))


def why_body(found: Why) -> dict[str, object]:
    return {
        "pair": found.reference,
        "state": found.state,
        "title": found.title,
        "since": found.since,
        "acts": list(found.acts),
        "ways": [_way(each) for each in found.ways],
        "open": [_open(each) for each in found.open],
    }


def _way(way: Way) -> dict[str, object]:
    return {
        "trigger": way.trigger,
        "title": way.title,
        "target": way.target,
        "by": list(way.by),
        "open": way.is_open,
        "stays": way.stays,
        "comes_after": way.comes_after,
        "unmet": [unmet_body(_mapping(each)) for each in way.unmet],
        "warnings": [unmet_body(_mapping(each)) for each in way.warnings],
    }


def _open(ask: OpenAsk) -> dict[str, object]:
    return {
        "what": ask.what,
        "whose_turn": ask.whose_turn,
        "since": ask.since,
        "working_days": ask.working_days,
        "late_on": ask.late_on,
        "asked": [dict(each) for each in ask.asked],
    }


def why_lines(pair: str, found: Why) -> list[Human]:
    lines: list[Human] = [f"{found.reference}: {found.title} ({found.state}), since {found.since}"]
    for ask in found.open:
        lines.append(
            f"\nasked for: {ask.what}; whose turn: {ask.whose_turn}; "
            f"since {ask.since} ({ask.working_days} working days), late on {ask.late_on}"
        )
        lines += [
            f"  {each['on']}  {each['letter']} to {each['person']}  {each['outcome']}"
            for each in ask.asked
        ]
    for way in (each for each in found.ways if not each.asks_words):
        there = f"stays in {way.target}" if way.stays else f"-> {way.target}"
        lines.append(f"\n{way.trigger} {there} ({way.title}; {', '.join(way.by)}): {_doors(way)}")
        lines += unmet_lines(pair, (_mapping(each) for each in way.unmet))
        lines += [f"  warning: {each.says} ({each.detail})" for each in way.warnings]
    lines += [f"\n{way.trigger}: {_with_words(way)}" for way in found.ways if way.asks_words]
    return [*lines, *_commands(pair, found)]


def _doors(way: Way) -> str:
    if way.unmet:
        return f"{len(way.unmet)} missing"
    return "only if the one above were not open" if way.comes_after else "open"


def _commands(pair: str, found: Why) -> list[str]:
    """How what is listed is done: said once, at the end."""
    if not found.ways:
        return ["\nIt has ended: no step leads on."] if not found.acts else []
    words = any(way.asks_words for way in found.ways)
    step = f"pairing pair advance {pair} STEP{' --note ... --as ROLE' if words else ''}"
    form = f"pairing pair form {pair} shows them, pairing pair record {pair} RECORD files one"
    return [f"\nto take a step: {step}\nto file a record: {form}"]


def _with_words(way: Way) -> str:
    asked = " ".join(each.remedy for each in way.unmet)
    return f"{way.title}, decided by {' or '.join(way.by)}. {asked}"


def _mapping(unmet: Unmet) -> Mapping[str, object]:
    return {name: getattr(unmet, name) for name in unmet.__slots__}
