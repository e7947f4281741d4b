"""In which states a case opens a child: by a step, by an entry, by a record."""

from collections.abc import Iterator
from functools import lru_cache

from engine.checks.hierarchy import effects
from engine.checks.values import FactIs
from engine.model.definition import RESUME, STAY, Effect, OpenCase, SetFact, Workflow


@lru_cache(maxsize=256)
def opening_states(workflow: Workflow, child: str) -> tuple[str, ...]:
    """States a case may be in when it opens such a child for itself."""
    return tuple(dict.fromkeys(_opening_states(workflow, child)))


def _opening_states(workflow: Workflow, child: str) -> Iterator[str]:
    opened = 0
    for step in workflow.transitions:
        if step.target != RESUME and _opens(step.effects, child):
            opened += 1
            yield from step.sources if step.target == STAY else (step.target,)
    for state in workflow.states.values():
        if _opens(state.entry, child):
            opened += 1
            yield state.name
    limited = list(_held_back(workflow, child))
    yield from (state for states in limited for state in states)
    opened += len(limited)
    everywhere = sum(_opens((effect,), child) for effect in effects(workflow))
    if opened < everywhere or (workflow.flags and workflow.flag_workflow == child):
        yield from (state.name for state in workflow.states.values() if not state.final)


def _held_back(workflow: Workflow, child: str) -> Iterator[tuple[str, ...]]:
    """For each record that opens such a child in some states only: these states."""
    for record in workflow.records.values():
        for number, effect in enumerate(record.effects):
            if _opens((effect,), child) and (found := _only_in(record.effects[:number], effect)):
                yield found


def _only_in(before: tuple[Effect, ...], effect: Effect) -> tuple[str, ...]:
    """The states to which what is filed holds an effect; empty where it may be any.

    A condition on a fact is one on the state where the fact was set to something else just before
    in every other state.
    """
    when = effect.when
    if not isinstance(when, FactIs) or not when.one_of:
        return ()
    if when.of == "case.state":
        return tuple(map(str, when.one_of))
    set_last = next((e for e in reversed(before) if _sets(e, when.of)), None)
    if not isinstance(set_last, SetFact) or set_last.path or set_last.value in when.one_of:
        return ()
    other = set_last.when
    is_elsewhere = isinstance(other, FactIs) and other.of == "case.state" and not other.one_of
    return tuple(map(str, other.not_in)) if isinstance(other, FactIs) and is_elsewhere else ()


def _sets(effect: Effect, path: str) -> bool:
    return isinstance(effect, SetFact) and f"fact.{effect.fact}" == path


def _opens(effects_here: tuple[object, ...], child: str) -> bool:
    return any(
        isinstance(effect, OpenCase) and effect.workflow == child and not effect.under_parent
        for effect in effects_here
    )


def opens_beside(workflow: Workflow, child: str) -> bool:
    return any(
        isinstance(effect, OpenCase) and effect.workflow == child and effect.under_parent
        for effect in effects(workflow)
    )
