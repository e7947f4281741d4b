"""Parents and children that cannot come to terms: nobody opens what is wanted, each waits for the
other, a series that goes on for ever, a telling that one of the children cannot hear.
"""

from collections.abc import Iterator

from engine.checks.case import Children
from engine.checks.hierarchy import effects
from engine.checks.values import FactIs
from engine.lint.findings import Problem
from engine.lint.names import Scope
from engine.lint.openings import opening_states
from engine.lint.reachability import onwards, reachable, resuming, steps_between
from engine.lint.unread import opened_unread
from engine.model.check import Check
from engine.model.definition import OpenCase, Tell, Transition, Workflow
from engine.model.requirement import Requirement

_STATE = "parent.case.state"


def families(scope: Scope) -> Iterator[Problem]:
    for number, step in enumerate(scope.workflow.transitions):
        for asked in step.requires:
            if isinstance(asked.check, Children) and not asked.warns:
                yield from _wanted(scope, step, asked, asked.check)
                yield from _waiting(scope, number, asked, asked.check)
    yield from _series(scope)
    yield from _unheard(scope)
    yield from opened_unread(scope)


def _wanted(
    scope: Scope, step: Transition, asked: Requirement, check: Children
) -> Iterator[Problem]:
    """Cases are to be there before anything opens them."""
    workflow = scope.workflow
    if check.at_least < 1 or check.workflow not in scope.lines.children(workflow.name):
        return
    openings = list(_openings(scope, check.workflow))
    opened = opening_states(workflow, check.workflow)
    if opened and not reachable(onwards(workflow), opened) & {*step.sources}:
        where = " and ".join(opened)
        sentence = (
            f"{asked.name} wants {check.at_least} cases of {check.workflow} before step "
            f"{step.trigger}, and they are opened later, in {where}"
        )
        remedy = f"open {check.workflow} in a state before it, or leave the requirement out"
        yield Problem(asked.place, sentence, remedy)
    elif None not in openings and len(openings) < check.at_least and not _repeats(scope, check):
        sentence = (
            f"{asked.name} wants {check.at_least} cases of {check.workflow}, "
            f"and only {len(openings)} {'is' if len(openings) == 1 else 'are'} ever opened"
        )
        remedy = f"open the next {check.workflow} when one ends, or ask for fewer"
        yield Problem(asked.place, sentence, remedy)


def _openings(scope: Scope, child: str) -> Iterator[str | None]:
    """The states in which a case opens such a child; None: at any time."""
    workflow = scope.workflow
    found = 0
    for step in workflow.transitions:
        for effect in step.effects:
            if _opens(effect, child):
                found += 1
                yield step.target if step.target in workflow.states else None
    for state in workflow.states.values():
        for effect in state.entry:
            if _opens(effect, child):
                found += 1
                yield state.name
    everywhere = sum(_opens(effect, child) for effect in effects(workflow))
    others = scope.lines.workflows.values()
    beside = any(_opens(e, child) for each in others if each.name != child for e in effects(each))
    is_flag = bool(workflow.flags) and workflow.flag_workflow == child
    if found < everywhere or is_flag or (beside and not everywhere):
        yield None


def _repeats(scope: Scope, check: Children) -> bool:
    """Whether one such case opens the next, or its opener may come to the same state again."""
    child = scope.lines.workflows[check.workflow]
    if any(isinstance(e, OpenCase) and e.workflow == child.name for e in effects(child)):
        return True
    graph = onwards(scope.workflow)
    return any(
        opening is None or opening in reachable(graph, graph.get(opening, ()))
        for opening in _openings(scope, child.name)
    )


def _opens(effect: object, child: str) -> bool:
    return isinstance(effect, OpenCase) and effect.workflow == child


def _waiting(scope: Scope, number: int, asked: Requirement, check: Children) -> Iterator[Problem]:
    """The step wants what children do only once their parent has taken it."""
    workflow, child = scope.workflow, scope.lines.workflows.get(check.workflow)
    if child is None:
        return
    ways = [step for step in child.transitions if _helps(child, step, check)]
    before = reachable(steps_between(workflow, {number, *resuming(workflow)}), [workflow.initial])
    if ways and all(_bars(step, before, workflow) for step in ways):
        trigger = workflow.transitions[number].trigger
        named = " and ".join(dict.fromkeys(step.trigger for step in ways))
        sentence = (
            f"step {trigger} wants cases of {child.name} that only {named} brings about, "
            f"and {named} waits for a state that comes after {trigger}"
        )
        yield Problem(asked.place, sentence, "let one of the two come first")


def _helps(child: Workflow, step: Transition, check: Children) -> bool:
    target = child.states.get(step.target)
    if check.at_least > 0:
        wanted = check.states or tuple(n for n, s in child.states.items() if s.final)
        return step.target in wanted
    if check.closed or check.at_most is None:
        return False
    held_up = check.states or tuple(n for n, s in child.states.items() if not s.final)
    return target is not None and step.target not in held_up and bool({*step.sources} & {*held_up})


def _bars(step: Transition, before: set[str], parent: Workflow) -> bool:
    """Whether a child's step asks its parent for a state that is not reached yet."""
    return any(
        not asked.warns
        and isinstance(asked.check, FactIs)
        and asked.check.of == _STATE
        and not (_states(asked.check, parent) & before)
        for asked in step.requires
    )


def _states(check: FactIs, parent: Workflow) -> set[object]:
    return set(check.one_of) or {name for name in parent.states if name not in check.not_in}


def _series(scope: Scope) -> Iterator[Problem]:
    """A case that opens its next one, whatever the parent has come to, and nobody ends it."""
    workflow = scope.workflow
    parents = [scope.lines.workflows[name] for name in scope.lines.parents[workflow.name]]
    for step in workflow.transitions:
        for effect in step.effects:
            if not _opens(effect, workflow.name) or _looks_up(effect.when):
                continue
            endless = [parent.name for parent in parents if not _is_ended(parent, workflow)]
            if endless:
                sentence = (
                    f"step {step.trigger} opens the next {workflow.name} for ever: "
                    f"nothing ends the series when {endless[0]} ends"
                )
                remedy = f"say `when` {_STATE} is one of those in which it goes on"
                yield Problem(effect.place, sentence, remedy)


def _looks_up(when: Check | None) -> bool:
    return when is not None and any(path.startswith("parent.") for path in when.paths())


def _is_ended(parent: Workflow, child: Workflow) -> bool:
    """Whether every step into an end of the parent tells the child to end as well."""
    ends = {name for name, state in child.states.items() if state.final}
    quiet = {
        step.trigger
        for step in child.transitions
        if step.target in ends and not any(_opens(effect, child.name) for effect in step.effects)
    }
    finals = {name for name, state in parent.states.items() if state.final}
    closing = [step for step in parent.transitions if step.target in finals]
    return all(
        any(
            isinstance(effect, Tell)
            and effect.trigger in quiet
            and effect.workflow in {None, child.name}
            and not effect.to_parent
            for effect in (*step.effects, *parent.states[step.target].entry)
        )
        for step in closing
    )


def _unheard(scope: Scope) -> Iterator[Problem]:
    """What all children are told is a step of each of them."""
    workflow, lines = scope.workflow, scope.lines
    for effect in effects(workflow):
        if not isinstance(effect, Tell) or effect.to_parent or effect.workflow is not None:
            continue
        deaf = [
            name
            for name in sorted(lines.children(workflow.name))
            if all(step.trigger != effect.trigger for step in lines.workflows[name].transitions)
        ]
        if deaf and len(deaf) < len(lines.children(workflow.name)):
            sentence = f"all children are told {effect.trigger}, and {deaf[0]} has no such step"
            remedy = f"give {deaf[0]} the step, or name the children that are told"
            yield Problem(effect.place, sentence, remedy)
