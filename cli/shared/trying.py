"""Acts on centres and people, and new pairs: done, or on a dry run only tried."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from cli.shared.calling import this_call
from cli.shared.dry_run import tell_preview
from engine.model.outcomes import Refusal
from runtime.queries.preview import EntryChange, tried
from runtime.use_cases.directory import Entered
from runtime.wiring import Runtime

T = TypeVar("T")


def do(
    runtime: Runtime,
    act: Callable[[Runtime], T],
    entries: Callable[[T], Iterable[EntryChange]] | None = None,
) -> T:
    """Do what a command is for; on a dry run tell what would follow and end the command.

    A refusal is the answer either way. ``entries`` says what an answer enters.
    """
    if not this_call().dry_run:
        return act(runtime)
    outcome, found = tried(runtime, act)
    answers: tuple[object, ...] = outcome if isinstance(outcome, tuple) else (outcome,)
    if not any(isinstance(each, Refusal) for each in answers):
        people = (each for each in answers if isinstance(each, Entered))
        entered = (EntryChange(each.key, each.outcome) for each in people)
        told = tuple(entries(outcome) if entries is not None else entered)
        tell_preview(runtime, replace(found, entries=told))
    return outcome
