"""The record that would settle what a step or a ladder lacks: the one that it looks at."""

from collections.abc import Iterator

from engine.checks.hierarchy import nested
from engine.model.check import Check
from engine.model.definition import SetFact, Workflow


def record_for(workflow: Workflow, asked: Check) -> str:
    """Its name; empty where something else is asked for, such as words that come with a step."""
    paths = (path for check in nested(asked) for path in check.paths())
    return next((name for path in paths for name in _records(workflow, path)), "")


def _records(workflow: Workflow, path: str) -> Iterator[str]:
    root, _, rest = path.partition(".")
    name = rest.partition(".")[0]
    if root == "record" and name in workflow.records:
        yield name
    if root == "meeting" and name in workflow.meetings:
        yield workflow.meetings[name].record
    if root == "fact":
        yield from (r.name for r in workflow.records.values() if _sets(r.effects, name))


def _sets(effects: tuple[object, ...], fact: str) -> bool:
    return any(
        isinstance(each, SetFact) and each.fact == fact and each.path is not None
        for each in effects
    )
