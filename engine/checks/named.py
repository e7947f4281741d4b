"""What sentences of checks call by its name in the definition: no field of a record, no title."""

from collections.abc import Iterator
from typing import TypeGuard

from engine.checks.hierarchy import effects, nested, requirements
from engine.model.definition import SetFact, Workflow

_FACT = "fact"
# In these places a name stands beside no title: the rest of a path is one of a record or a date.
_ROOTS = frozenset({_FACT, "event", "setting", "parties", "case"})
_PARENT = "parent."


def named_in_checks(workflow: Workflow) -> Iterator[str]:
    """The names of facts, settings and words of steps that checks read, and what such facts hold:
    a letter says them in a sentence such as `the answer is not given yet`.
    """
    facts = set()
    for path in _paths(workflow):
        root, _, rest = path.partition(".")
        if root in _ROOTS and rest:
            yield from (part for part in rest.split(".") if part not in workflow.roles)
        if root == _FACT:
            facts.add(rest)
    held = {name: value for name, value in workflow.facts.items() if name in facts}
    yield from filter(_is_word, held.values())
    for effect in effects(workflow):
        if isinstance(effect, SetFact) and effect.fact in facts:
            yield from filter(_is_word, (effect.value,))


def _paths(workflow: Workflow) -> Iterator[str]:
    ladders = (ladder for state in workflow.states.values() for ladder in state.ladders)
    waited = (ladder.unmet for ladder in ladders if ladder.unmet is not None)
    for check in (*(each.check for each in requirements(workflow)), *waited):
        for part in nested(check):
            yield from (path.removeprefix(_PARENT) for path in part.paths())


def _is_word(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and value.replace("_", "").replace(" ", "").isalpha()
