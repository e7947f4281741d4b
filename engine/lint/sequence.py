"""What is asked for, or planned, before its turn: a record newer than a later state, words out of
a later record, windows that lie before those of the states that come first; what is set in vain.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from engine.checks.among import among
from engine.checks.case import NewerThan
from engine.checks.hierarchy import nested
from engine.checks.programme import AnyOf
from engine.errors import DefinitionError
from engine.lint.date_order import Dated, resolve, surely_after, whens
from engine.lint.findings import Problem
from engine.lint.paths import lies_in
from engine.lint.reachability import onwards, reachable
from engine.model.check import Check
from engine.model.definition import Effect, SetFact, State, Workflow
from engine.model.fields import Field
from engine.places import Place
from engine.time.date_rules import ENTRY


def sequence(workflow: Workflow) -> Iterator[Problem]:
    yield from _requirements(workflow)
    yield from _windows(workflow)
    for state in workflow.states.values():
        yield from _too_long(workflow, state)
    for record in workflow.records.values():
        for field in among(record.fields):
            yield from _words(workflow, record.name, field)
    for told in _told(workflow):
        yield from _in_vain(told)


def _requirements(workflow: Workflow) -> Iterator[Problem]:
    for number, step in enumerate(workflow.transitions):
        for asked in step.requires:
            yield from _newer(workflow, number, step.sources, asked.check, asked.place)
    for state in workflow.states.values():
        for ladder in state.ladders:
            if ladder.unmet is not None:
                yield from _newer(workflow, None, (state.name,), ladder.unmet, ladder.place)


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
        days = () if state.window is None else resolve(state.window.target, state.window)
    except DefinitionError:
        return ()  # it hangs on a bound that is not given, which is said elsewhere
    return tuple(_from_its_own_entry(state, day) for day in days)


def _from_its_own_entry(state: State, day: Dated) -> Dated:
    """Each state is entered on a day of its own, so spans from there are not comparable."""
    return replace(day, anchor=f"{ENTRY} {state.name}") if day.anchor == ENTRY else day


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


def _words(workflow: Workflow, record: str, field: Field) -> Iterator[Problem]:
    """A record is asked for before the one whose words it is to take."""
    root, _, path = field.among.partition(".")
    other = path.partition(".")[0]
    first, second = (asked_in(workflow, name) for name in (record, other))
    if root != "record" or other == record or not first or not second:
        return
    graph = onwards(workflow)
    if second <= reachable(graph, first) and not first & reachable(graph, second):
        sentence = f"{record} is asked for in {' and '.join(sorted(first))}, and {field.name} takes"
        remedy = "take words that are there by then, or ask for the one before the other"
        yield Problem(field.place, f"{sentence} words of {other}, which comes later", remedy)


def asked_in(workflow: Workflow, record: str) -> set[str]:
    """The states that a case leaves only with this record."""
    return {
        state
        for step in workflow.transitions
        for asked in step.requires
        if not asked.warns and not isinstance(asked.check, AnyOf)
        for path in asked.check.paths()
        if lies_in(path, f"record.{record}")
        for state in step.sources
    }


def _told(workflow: Workflow) -> Iterator[tuple[Effect, ...]]:
    yield from (step.effects for step in workflow.transitions)
    yield from (state.entry for state in workflow.states.values())
    for record in workflow.records.values():
        yield from (record.effects, record.signed)


def _in_vain(told: tuple[Effect, ...]) -> Iterator[Problem]:
    """A fact is set, and set again in the same breath: nobody ever finds what it was set to."""
    for first, second in pairwise(told):
        if (
            isinstance(first, SetFact)
            and isinstance(second, SetFact)
            and (first.fact, second.when) == (second.fact, None)
            and second.path != f"fact.{first.fact}"
        ):
            sentence = f"{first.fact} is set, and the next line sets it to something else"
            yield Problem(first.place, sentence, "say `when` the second is meant, or keep one")
