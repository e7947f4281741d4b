"""Several moves of one trigger from one state: which they are, and whether their order is stated.

They are tried from the top. So they follow one another in the file, and each but the last asks for
something that can be missing; otherwise those below it would stand there for nothing.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from engine.errors import quoted
from engine.lint.findings import Problem
from engine.model.definition import STAY, SYSTEM, Transition, Workflow

Moves = Mapping[tuple[str, str], tuple[Transition, ...]]


def moves(workflow: Workflow) -> Moves:
    """The moves of each state and trigger, in the order in which they are tried."""
    found: dict[tuple[str, str], tuple[Transition, ...]] = {}
    for step in workflow.transitions:
        for source in dict.fromkeys(step.sources):
            found[source, step.trigger] = (*found.get((source, step.trigger), ()), step)
    return found


def leave_for_sure(tried: tuple[Transition, ...]) -> bool:
    """Whether a timer that pulls the trigger surely ends the stay."""
    mine = [step for step in tried if SYSTEM in step.by]
    return not all(map(_may_lack, mine)) and all(step.target != STAY for step in mine)


def alternatives(workflow: Workflow) -> Iterator[Problem]:
    numbers = {id(step): number for number, step in enumerate(workflow.transitions)}
    for (source, trigger), tried in moves(workflow).items():
        for before, step in pairwise(tried):
            where = f"trigger {quoted(trigger)} leads several ways from {source}"
            between = workflow.transitions[numbers[id(before)] : numbers[id(step)]]
            if any(each.trigger != trigger for each in between):
                sentence = f"{where}, and other steps stand between them"
                yield Problem(step.place, sentence, "put them together, the first to try on top")
            if not _may_lack(before):
                sentence = f"{where}, and the one before this asks for nothing"
                remedy = "let each but the last require something, or rename one"
                yield Problem(step.place, sentence, remedy)


def _may_lack(step: Transition) -> bool:
    return any(not asked.warns for asked in step.requires)
