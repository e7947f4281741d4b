"""Steps nobody can take, requirements nobody can meet or set aside, records nobody can fill."""

from collections.abc import Iterator
from dataclasses import replace

from engine.checks.hierarchy import effects, requirements, rungs
from engine.errors import quoted
from engine.lint.alternatives import alternatives
from engine.lint.findings import Problem
from engine.lint.names import Scope
from engine.lint.records import records
from engine.model.definition import (
    RESUME,
    SYSTEM,
    Notify,
    Tell,
    Transition,
    Workflow,
)
from engine.model.requirement import Requirement
from engine.places import NOWHERE

# Told to a flag's case: raised again, worse or for one reason more; up for others; up for none.
BY_THE_ENGINE = {"worsen", "add", "follow", "settle"}


def steps(scope: Scope) -> Iterator[Problem]:
    workflow = scope.workflow
    yield from alternatives(workflow)
    pulled = _pulled(scope)
    for step in workflow.transitions:
        yield from _step(workflow, step, pulled)
        for asked in step.requires:
            yield from _blocking(asked)
    for asked in requirements(workflow):
        yield from _requirement(asked)
    yield from _named_twice(workflow)
    yield from _effects(workflow)
    yield from _watches(workflow)
    yield from records(workflow)


def _step(workflow: Workflow, step: Transition, pulled: frozenset[str]) -> Iterator[Problem]:
    if not step.sources:
        yield Problem(step.place, f"step {quoted(step.trigger)} begins nowhere", "say `from` where")
    if not step.by:
        yield Problem(step.place, f"nobody may take step {quoted(step.trigger)}", "say `by` whom")
    elif set(step.by) == {SYSTEM} and step.trigger not in pulled:
        yield Problem(
            step.place,
            f"nobody may take step {quoted(step.trigger)}: only system, and nothing fires it",
            "say `by` whom, or fire it from a ladder, a parent or a child",
        )
    if step.target == RESUME:
        known = [name for name in step.sources if name in workflow.states]
        if any(not workflow.states[name].pauses for name in known):
            yield Problem(
                step.place,
                f"step {quoted(step.trigger)} resumes from a state that pauses nothing",
                "say `to` which state it leads, or let the state pause",
            )


def _pulled(scope: Scope) -> frozenset[str]:
    """Triggers that timers, parents, children or the engine itself may pull."""
    workflow, lines = scope.workflow, scope.lines
    found = {rung.fire for _, _, rung in rungs(workflow) if rung.fire is not None}
    for other in lines.workflows.values():
        for effect in effects(other):
            if isinstance(effect, Tell) and _is_told(scope, other.name, effect):
                found.add(effect.trigger)
        if other.flags and other.flag_workflow == workflow.name:
            found.update(BY_THE_ENGINE)
    return frozenset(found)


def _is_told(scope: Scope, teller: str, effect: Tell) -> bool:
    me, lines = scope.workflow.name, scope.lines
    if effect.to_parent:
        return me in lines.parents[teller]
    return teller in lines.parents[me] and effect.workflow in {None, me}


def _requirement(asked: Requirement) -> Iterator[Problem]:
    missing = [word for word in ("says", "owner", "remedy") if not getattr(asked, word).strip()]
    if missing:
        yield Problem(
            asked.place,
            f"requirement {asked.name} has no {' and no '.join(missing)}",
            "write the sentence, whose turn it is, and how to meet it",
        )
    if asked.waiver and asked.no_waiver:
        yield Problem(
            asked.place,
            f"requirement {asked.name} may be waived, and says why nobody may",
            "keep `waiver` or `no_waiver`",
        )


def _blocking(asked: Requirement) -> Iterator[Problem]:
    if asked.flag is not None and not asked.warns:
        yield Problem(
            asked.place,
            f"requirement {asked.name} blocks, so its flag {asked.flag} is never raised",
            "let it warn, or leave the flag out",
        )


def _named_twice(workflow: Workflow) -> Iterator[Problem]:
    """A waiver names a requirement, so one name is one requirement, word for word."""
    first: dict[str, Requirement] = {}
    for asked in requirements(workflow):
        bare = replace(asked, place=NOWHERE)
        if first.setdefault(asked.name, bare) != bare:
            yield Problem(
                asked.place,
                f"requirement {asked.name} stands here with other words than before",
                "give it a name of its own, or the same words",
            )


def _effects(workflow: Workflow) -> Iterator[Problem]:
    for effect in effects(workflow):
        if isinstance(effect, Notify) and not effect.to:
            yield Problem(effect.place, f"letter {effect.letter} goes to nobody", "say `to` whom")


def _watches(workflow: Workflow) -> Iterator[Problem]:
    for watch in workflow.watches:
        if not (watch.filed or watch.left or watch.always):
            yield Problem(
                watch.place,
                f"watch {watch.requirement.name} never looks",
                "say after which record is `filed`, which state is `left`, or `always`",
            )
