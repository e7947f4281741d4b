"""States as a graph: which are reached, from which an end is reached, who acts in each."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter

from engine.checks.hierarchy import Lineage, opened, rungs
from engine.lint.alternatives import moves
from engine.lint.date_order import whens
from engine.lint.findings import Problem
from engine.model.definition import RESUME, SYSTEM, State, Workflow
from engine.places import Place
from engine.time.date_rules import ENTRY
from engine.time.windows import DateRule

Graph = Mapping[str, set[str]]


def reachability(workflow: Workflow) -> Iterator[Problem]:
    graph = steps_between(workflow)
    reached = reachable(steps_between(workflow, resuming(workflow)), [workflow.initial])
    ends = [state.name for state in workflow.states.values() if state.final]
    ending = reachable(_reversed(graph), ends)
    if not ends:
        yield Problem(workflow.place, f"{workflow.name} never ends", "make one state `final`")
    for state in workflow.states.values():
        if state.name not in reached and workflow.initial in workflow.states:
            sentence = f"state {state.name} is never reached from {workflow.initial}"
            yield Problem(state.place, sentence, "add a transition to it, or remove it")
        if ends and state.name not in ending:
            sentence = f"from state {state.name} no end is ever reached"
            yield Problem(state.place, sentence, "add a transition towards a final state")
        yield from _state(workflow, state)


def _state(workflow: Workflow, state: State) -> Iterator[Problem]:
    if state.final:
        yield from _final(workflow, state)
    elif not set(state.acts) - {SYSTEM}:
        yield Problem(state.place, f"nobody acts in state {state.name}", "say who `acts`")
    if state.pauses and not any(
        step.target == RESUME for step in workflow.transitions if state.name in step.sources
    ):
        sentence = f"what state {state.name} pauses is never resumed"
        yield Problem(state.place, sentence, "add a transition from it `to: resume`")


def _final(workflow: Workflow, state: State) -> Iterator[Problem]:
    if any(state.name in step.sources for step in workflow.transitions):
        sentence = f"state {state.name} is final, and steps lead out of it"
        yield Problem(state.place, sentence, "remove them, or let it be open")
    if state.ladders:
        sentence = f"state {state.name} is final, and has ladders that never run"
        yield Problem(state.place, sentence, "remove them, or let it be open")
    if state.pauses:
        sentence = f"state {state.name} is final, and pauses a clock for ever"
        yield Problem(state.place, sentence, "let it be one of the two")
    if state.name == workflow.initial:
        yield Problem(state.place, "a case ends as it begins", "begin in another state")


def steps_between(workflow: Workflow, without: Collection[int] = ()) -> Graph:
    """Where each state leads, in any way; transitions ``without`` (by number) left out."""
    return _between(workflow, frozenset(without))


@lru_cache(maxsize=1024)
def _between(workflow: Workflow, without: frozenset[int]) -> Graph:
    states = workflow.states
    pausing = {name for name, state in states.items() if state.pauses}
    interrupted = {
        source for step in workflow.transitions if step.target in pausing for source in step.sources
    }
    graph: dict[str, set[str]] = {name: set() for name in states}
    for number, step in enumerate(workflow.transitions):
        targets = interrupted - pausing if step.target == RESUME else {step.target}
        if number not in without:
            for source in step.sources:
                graph.setdefault(source, set()).update(targets & states.keys())
    return graph


def onwards(workflow: Workflow, without: Collection[int] = ()) -> Graph:
    """The steps within one partnership: what is paused goes on, what ended counts no more."""
    ends = workflow.partnership.ends if workflow.partnership is not None else ()
    ending = {n for n, step in enumerate(workflow.transitions) if step.trigger in ends}
    return steps_between(workflow, ending | resuming(workflow) | {*without})


def resuming(workflow: Workflow) -> set[int]:
    """The steps back from a pause, by number: they reach only what was reached before."""
    return {number for number, step in enumerate(workflow.transitions) if step.target == RESUME}


def reachable(graph: Graph, starts: Iterable[str]) -> set[str]:
    found = set(starts)
    asked = list(found)
    while asked:
        fresh = graph.get(asked.pop(), set()) - found
        found |= fresh
        asked.extend(fresh)
    return found


def restless(workflow: Workflow) -> Iterator[Problem]:
    """Steps that timers take round in a circle, with no person and no day in between."""
    states = workflow.states
    tried = moves(workflow)
    at_once: dict[str, set[str]] = {name: set() for name in states}
    for state, _, rung in rungs(workflow):
        if not _waits(rung.at):
            targets = {step.target for step in tried.get((state.name, str(rung.fire)), ())}
            at_once[state.name] |= targets & states.keys()
    circle = _circle(at_once)
    if circle:
        yield Problem(
            _fire_place(workflow, circle),
            f"timers go round without a person and without a day: {' -> '.join(circle)}",
            "let one of them wait from the entry of its state, such as P7D",
        )


def endless(lines: Lineage) -> Iterator[Problem]:
    """Workflows that open one another as they begin, and so would never stop."""
    opens: dict[str, set[str]] = {}
    for name, workflow in lines.workflows.items():
        first = workflow.states.get(workflow.initial)
        entry = first.entry if first is not None else ()
        opens[name] = {str(opened(workflow, effect)) for effect in entry} & lines.workflows.keys()
    circle = _circle(opens)
    if circle:
        place = lines.workflows[circle[0]].place
        sentence = f"each case opens the next for ever: {' -> '.join(circle)}"
        yield Problem(place, sentence, "open one of them later than at its very start")


def _circle(graph: Graph) -> list[str]:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        nodes: list[str] = error.args[1]
        return nodes[::-1]
    return []


def _waits(rule: DateRule) -> bool:
    """Only a span from the entry is sure to take time: the day of an anchor may be long past."""
    return any(when.anchor == ENTRY and _is_forward(when.span) for when in whens(rule))


def _is_forward(span: object) -> bool:
    return any(getattr(span, unit) > 0 for unit in ("months", "days", "working_days"))


def _fire_place(workflow: Workflow, circle: list[str]) -> Place:
    places = [
        rung.place
        for state, _, rung in rungs(workflow)
        if state.name in circle and rung.fire is not None and not _waits(rung.at)
    ]
    return places[0]


def _reversed(graph: Graph) -> Graph:
    back: dict[str, set[str]] = {name: set() for name in graph}
    for source, targets in graph.items():
        for target in targets:
            back[target].add(source)
    return back
