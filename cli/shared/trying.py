"""Acts on centres and people, and new pairs: done, or on a dry run only tried."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from cli.shared.calling import this_call
from cli.shared.dry_run import tell_preview
from engine.model.outcomes import Refusal
from runtime.queries.preview import EntryChange, tried
from runtime.use_cases.directory import Entered
from runtime.wiring import Runtime

T = TypeVar("T")


def do(runtime: Runtime, act: Callable[[Runtime], T]) -> T:
    """Do what a command is for; on a dry run tell what would follow and end the command.

    A refusal is the answer either way.
    """
    if not this_call().dry_run:
        return act(runtime)
    outcome, found = tried(runtime, act)
    answers: tuple[object, ...] = outcome if isinstance(outcome, tuple) else (outcome,)
    if not any(isinstance(each, Refusal) for each in answers):
        entered = [each for each in answers if isinstance(each, Entered)]
        entries = tuple(EntryChange(each.key, each.outcome) for each in entered)
        tell_preview(replace(found, entries=entries))
    return outcome
