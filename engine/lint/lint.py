"""What can be wrong with the definitions of a programme, each problem a sentence with a remedy."""

from collections.abc import Iterator, Mapping

from engine.checks.hierarchy import Lineage, lineage, rungs
from engine.letters.catalogue import Catalogue
from engine.lint.checks import asked
from engine.lint.comparisons import comparisons
from engine.lint.dates import dates
from engine.lint.findings import Problem, of_kind
from engine.lint.ladders import ladders
from engine.lint.lost_days import lost_days
from engine.lint.meaning import meaning
from engine.lint.meetings import meetings
from engine.lint.names import Scope, names
from engine.lint.paths import paths
from engine.lint.promises import promises
from engine.lint.reachability import endless, reachability, restless
from engine.lint.settings import settings
from engine.lint.silence import silences
from engine.lint.spelling import look_alikes, spelling
from engine.lint.steps import steps
from engine.model.definition import Workflow

__all__ = ["Problem", "problems"]

_MOST = {"states": 500, "transitions": 2_000, "rungs": 5_000}  # a definition is read by people


def problems(
    workflows: Mapping[str, Workflow], letters: Catalogue | None = None
) -> tuple[Problem, ...]:
    """Everything wrong with the workflows of a programme, in the order of the files.

    Letters are looked up when the catalogue is given. A definition far too large is refused for
    that alone. Silence is asked about only where the rest can be played.
    """
    large = [found for workflow in workflows.values() for found in _size(workflow)]
    if large:
        return tuple(sorted(large))
    lines = lineage(workflows)
    listed = ((workflow.name, workflow.place) for workflow in workflows.values())
    found = [*look_alikes("workflow", listed), *endless(lines)]
    if letters is not None:
        found.extend(of_kind("promise", promises(workflows, letters)))
    for workflow in workflows.values():
        found.extend(_of_one(workflow, lines, letters))
    if all(problem.kind for problem in found):  # else the engine could not play it
        found.extend(_silent(workflows))
    return tuple(sorted(set(found)))


def _of_one(workflow: Workflow, lines: Lineage, letters: Catalogue | None) -> Iterator[Problem]:
    scope = Scope(workflow, lines, letters)
    yield from spelling(workflow)
    yield from names(scope)
    yield from meetings(workflow)
    yield from lost_days(workflow)
    yield from paths(scope)
    yield from settings(scope)
    yield from comparisons(workflow)
    yield from asked(scope)
    yield from steps(scope)
    yield from reachability(workflow)
    yield from restless(workflow)
    yield from dates(scope)
    yield from ladders(scope)
    yield from meaning(scope)


def _size(workflow: Workflow) -> Iterator[Problem]:
    counts = {
        "states": len(workflow.states),
        "transitions": len(workflow.transitions),
        "rungs": sum(1 for _ in rungs(workflow)),
    }
    for what, number in counts.items():
        if number > _MOST[what]:
            sentence = f"{workflow.name} has {number} {what}, at most {_MOST[what]} are read"
            yield Problem(workflow.place, sentence, "divide it into workflows of its own")


def _silent(workflows: Mapping[str, Workflow]) -> Iterator[Problem]:
    for silence in silences(workflows):
        if silence.days is None:
            state = workflows[silence.workflow].states[silence.state]
            sentence = f"in state {state.name} silence may last for ever: {silence.why}"
            remedy = "give it a ladder such as `waiting`, whose last rung tells and repeats"
            yield Problem(state.place, sentence, remedy)
