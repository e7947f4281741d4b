"""What is asked for, or planned, before its turn: a record newer than a later state, windows that
lie before those of the states that come first.
"""

from collections.abc import Iterator

from engine.checks.case import NewerThan
from engine.checks.hierarchy import nested
from engine.errors import DefinitionError
from engine.lint.date_order import Dated, resolve, surely_after, whens
from engine.lint.findings import Problem
from engine.lint.reachability import onwards, reachable
from engine.model.check import Check
from engine.model.definition import State, Workflow
from engine.places import Place


def sequence(workflow: Workflow) -> Iterator[Problem]:
    for number, step in enumerate(workflow.transitions):
        for asked in step.requires:
            yield from _newer(workflow, number, step.sources, asked.check, asked.place)
    for state in workflow.states.values():
        for ladder in state.ladders:
            if ladder.unmet is not None:
                yield from _newer(workflow, None, (state.name,), ladder.unmet, ladder.place)
        yield from _too_long(workflow, state)
    yield from _windows(workflow)


def _newer(
    workflow: Workflow, number: int | None, asked_in: tuple[str, ...], check: Check, place: Place
) -> Iterator[Problem]:
    """A version is to be newer than a state that no case has been in by then."""
    for each in nested(check):
        if isinstance(each, NewerThan) and each.state in workflow.states:
            graph = onwards(workflow, () if number is None else (number,))
            if not reachable(graph, [each.state]) & {*asked_in}:
                sentence = f"{each.record} is to be newer than {each.state}, which comes later"
                yield Problem(place, sentence, f"name {asked_in[0]}, or a state before it")


def _windows(workflow: Workflow) -> Iterator[Problem]:
    graph = onwards(workflow)
    days = {state.name: _days(state) for state in workflow.states.values() if state.window}
    after = {name: reachable(graph, [name]) for name in days}
    for first, early in days.items():
        for second, late in days.items():
            comes_first = second in after[first] and first not in after[second]
            if comes_first and early and late and surely_after(early, late):
                sentence = f"the target of {second} lies before that of {first}, which comes first"
                remedy = "put the windows into the order of their states"
                yield Problem(workflow.states[second].place, sentence, remedy)


def _days(state: State) -> tuple[Dated, ...]:
    try:
        return () if state.window is None else resolve(state.window.target, state.window)
    except DefinitionError:
        return ()  # it hangs on a bound that is not given, which is said elsewhere


def _too_long(workflow: Workflow, state: State) -> Iterator[Problem]:
    for when in whens(state.window.target) if state.window and workflow.months else ():
        if when.anchor == workflow.start_anchor and when.span.months > workflow.months:
            sentence = (
                f"the target of {state.name} is {when.span} after {when.anchor}, "
                f"and `months` is {workflow.months}"
            )
            yield Problem(
                state.place, sentence, "plan it earlier, or let the programme last longer"
            )
