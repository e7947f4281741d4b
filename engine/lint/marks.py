"""Marks that contradict each other: two words at one thing of which only one can hold."""

from collections.abc import Iterator

from engine.checks.hierarchy import requirements
from engine.dates.anchors import day_of
from engine.errors import quoted
from engine.lint.findings import Problem
from engine.model.definition import RecordType, State, Workflow
from engine.model.requirement import Requirement


def contradictory_marks(workflow: Workflow) -> Iterator[Problem]:
    for asked in requirements(workflow):
        yield from _requirement(asked)
    for state in workflow.states.values():
        if state.final:
            yield from _final(state)
    for record in workflow.records.values():
        yield from _record(record)
    yield from _hidden(workflow)
    for watch in workflow.watches:
        if watch.always and (watch.filed or watch.left):
            sentence = f"watch {watch.requirement.name} looks always, and also at some times only"
            yield Problem(watch.place, sentence, "keep `always`, or say when")
    yield from _days(workflow)


def _requirement(asked: Requirement) -> Iterator[Problem]:
    if asked.warns and asked.no_waiver:
        sentence = f"requirement {asked.name} only warns, and says why nobody may set it aside"
        yield Problem(asked.place, sentence, "keep `warns` or `no_waiver`")
    if asked.warns and asked.waiver:
        sentence = f"requirement {asked.name} only warns, and says who may set it aside"
        yield Problem(asked.place, sentence, "keep `warns` or `waiver`")


def _final(state: State) -> Iterator[Problem]:
    marks = {
        "acts": state.acts,
        "assigns": state.assigns,
        "agreed": state.agreed,
        "meets": state.meets,
        "holds_place": state.holds_place,
    }
    given = [name for name, value in marks.items() if value]
    if given:
        sentence = f"state {state.name} is final, and `{given[0]}` is for states that go on"
        yield Problem(state.place, sentence, f"leave `{given[0]}` out, or let the state be open")


def _record(record: RecordType) -> Iterator[Problem]:
    blind = [role for role in record.signatories if role not in {*record.readers, *record.by}]
    if blind and record.readers:
        sentence = f"{blind[0]} signs record {record.name}, and may not read it"
        yield Problem(record.place, sentence, f"let {blind[0]} be one of its `readers`")


def _hidden(workflow: Workflow) -> Iterator[Problem]:
    for flag in workflow.flags.values():
        if workflow.runs in flag.hidden_from:
            sentence = f"flag {flag.name} is hidden from {workflow.runs}, who is to handle it"
            yield Problem(flag.place, sentence, f"take {workflow.runs} out of `hidden_from`")


def _days(workflow: Workflow) -> Iterator[Problem]:
    """A fact that an anchor takes for a day begins as one, or as nothing."""
    for anchor in workflow.anchors.values():
        for source in anchor.sources:
            first = workflow.facts.get(source.of) if source.kind == "fact" else None
            if first not in (None, "") and day_of(first) is None:
                shown = quoted(str(first))
                sentence = (
                    f"anchor {anchor.name} is the day of fact {source.of}, and {shown} is no day"
                )
                yield Problem(anchor.place, sentence, "write the fact like 2027-09-30, or empty")
