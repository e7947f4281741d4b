"""Cases that nobody but timers ends, each opening the next one, for ever."""

from collections.abc import Iterator

from engine.checks.hierarchy import Lineage
from engine.lint.alternatives import Moves, leave_for_sure, moves
from engine.lint.findings import Problem
from engine.lint.names import Scope
from engine.lint.reachability import reachable
from engine.model.definition import SYSTEM, Effect, OpenCase, Transition, Workflow


def timer_series(scope: Scope) -> Iterator[Problem]:
    workflow = scope.workflow
    opens = {name: _opened(each) for name, each in scope.lines.workflows.items()}
    for effect in _by_timers(workflow):
        if isinstance(effect, OpenCase) and _comes_back(scope.lines, opens, effect, workflow):
            sentence = f"timers alone open one {effect.workflow} after the other, for ever"
            remedy = "let a person end it, or open the next one in a step that a person takes"
            yield Problem(effect.place, sentence, remedy)


def _comes_back(
    lines: Lineage, opens: dict[str, set[str]], effect: OpenCase, workflow: Workflow
) -> bool:
    return effect.workflow in lines.workflows and workflow.name in reachable(
        opens, [effect.workflow]
    )


def _opened(workflow: Workflow) -> set[str]:
    return {each.workflow for each in _by_timers(workflow) if isinstance(each, OpenCase)}


def _by_timers(workflow: Workflow) -> Iterator[Effect]:
    """What happens from the beginning of a case as long as nobody but its timers acts."""
    tried = moves(workflow)
    found, asked = {workflow.initial}, [workflow.initial]
    while asked:
        state = workflow.states.get(asked.pop())
        if state is None:
            continue
        yield from state.entry
        for step in _fired(tried, state.name, [r.fire for la in state.ladders for r in la.rungs]):
            yield from step.effects
            if step.target not in found:
                found.add(step.target)
                asked.append(step.target)


def _fired(tried: Moves, state: str, fired: list[str | None]) -> Iterator[Transition]:
    """The steps that its rungs surely take out of a state."""
    for trigger in dict.fromkeys(each for each in fired if each is not None):
        steps = tried.get((state, trigger), ())
        if steps and leave_for_sure(steps):
            yield from (step for step in steps if SYSTEM in step.by)
