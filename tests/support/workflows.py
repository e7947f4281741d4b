"""Tiny workflows with boring defaults: a test says only what it is about."""

from collections.abc import Mapping
from dataclasses import replace

from engine.checks.values import Present
from engine.letters.catalogue import Catalogue, Letter, Stage
from engine.lint.findings import Problem
from engine.model.check import Check
from engine.model.definition import (
    Effect,
    Ladder,
    Notify,
    RecordType,
    Rung,
    State,
    Transition,
    Workflow,
)
from engine.model.fields import Field
from engine.model.phase import Phase
from engine.model.requirement import Requirement
from engine.places import Place
from engine.time.date_rules import parse_rule
from engine.time.spans import parse_span
from engine.time.windows import Anchor, Source, Window

FILE = "small.yaml"
STAGE = Stage("N-01", "ask", ("facilitator",), "normal", "act", "told", "why")
LETTERS = Catalogue("small", letters={"N-01": Letter("N-01", "Asking", {"ask": STAGE})})


def at(line: int) -> Place:
    return Place(FILE, line, 1)


def is_named(problem: Problem, line: int, sentence: str) -> bool:
    """Whether a problem stands on this line and says so."""
    return str(problem).startswith(f"{FILE}:{line}:1: ") and sentence in str(problem)


def a_rung(when: object = "P7D", line: int = 0, **changed: object) -> Rung:
    """Tells the facilitator; ``when`` and ``every`` are written as in a file."""
    every = changed.pop("every", None)
    rung = Rung(
        parse_rule(when),
        letter="N-01.ask",
        to=("facilitator",),
        every=parse_span(str(every)) if every else None,
        place=at(line),
    )
    return replace(rung, **changed)  # type: ignore[arg-type]  # a test names fields of the class


def silent_rung(when: object, line: int = 0, **changed: object) -> Rung:
    return a_rung(when, line, **{"letter": None, "to": (), **changed})


def a_ladder(*rungs: Rung, name: str = "reminders", **changed: object) -> Ladder:
    """One that tells after a week and then every week, if nothing else is given."""
    rungs = rungs or (a_rung("P7D", every="P7D"),)
    named = tuple(replace(rung, name=rung.name or f"rung_{n}") for n, rung in enumerate(rungs))
    ladder = Ladder(name, named, calendar="facilitator")
    return replace(ladder, **changed)  # type: ignore[arg-type]  # as in a_rung


def a_state(name: str, *ladders: Ladder, line: int = 0, **changed: object) -> State:
    state = State(
        name,
        title=name.replace("_", " ").capitalize(),
        phase="work",
        acts=("facilitator",),
        ladders=ladders or (a_ladder(),),
        place=at(line),
    )
    return replace(state, **changed)  # type: ignore[arg-type]  # as in a_rung


def a_final_state(name: str = "closed", **changed: object) -> State:
    return replace(a_state(name), **{"acts": (), "ladders": (), "final": True, **changed})  # type: ignore[arg-type]  # as in a_rung


def a_step(
    trigger: str, sources: str | tuple[str, ...], target: str, line: int = 0, **changed: object
) -> Transition:
    names = (sources,) if isinstance(sources, str) else sources
    step = Transition(trigger, trigger, names, target, by=("facilitator",), place=at(line))
    return replace(step, **changed)  # type: ignore[arg-type]  # as in a_rung


def a_requirement(check: Check | None = None, line: int = 0, **changed: object) -> Requirement:
    requirement = Requirement(
        "note_given",
        check or Present("event.note"),
        says="A note is given.",
        owner="facilitator",
        remedy="Write one.",
        place=at(line),
    )
    return replace(requirement, **changed)  # type: ignore[arg-type]  # as in a_rung


def an_anchor(name: str, *sources: tuple[str, str], line: int = 0, latest: bool = False) -> Anchor:
    return Anchor(name, tuple(Source(*each) for each in sources), latest, at(line))


def a_window(target: object, opens: object = None, ends: object = None) -> Window:
    rules = [None if rule is None else parse_rule(rule) for rule in (opens, ends)]
    return Window(parse_rule(target), rules[0], rules[1])


def a_letter(letter: str = "N-01.ask", line: int = 0, **changed: object) -> Notify:
    notify = Notify(letter, ("facilitator",), place=at(line))
    return replace(notify, **changed)  # type: ignore[arg-type]  # as in a_rung


def a_record(name: str = "report", line: int = 0, **changed: object) -> RecordType:
    record = RecordType(name, name.capitalize(), by=("aspiring",), place=at(line))
    return replace(record, **changed)  # type: ignore[arg-type]  # as in a_rung


def with_record(**changed: object) -> Workflow:
    return a_workflow(records={"r": a_record("r", 6, **changed)})


def with_field(**changed: object) -> Workflow:
    return with_record(fields=(replace(Field("a", "text", place=at(6)), **changed),))  # type: ignore[arg-type]  # fields by name


def a_workflow(
    *states: State, steps: tuple[Transition, ...] = (), name: str = "pairing", **changed: object
) -> Workflow:
    """One open state and an end, the step between them, people on two sides; and the changes."""
    all_states = states or (a_state("drafting"), a_final_state())
    workflow = Workflow(
        name=name,
        title=name.capitalize(),
        version="1",
        programme="small",
        initial=all_states[0].name,
        roles=("facilitator", "aspiring", "lead"),
        states={state.name: state for state in all_states},
        transitions=steps or (a_step("close", all_states[0].name, all_states[-1].name),),
        sides=("aspiring",),
        place=at(1),
    )
    return replace(workflow, **{"phases": _phases(all_states), **changed})  # type: ignore[arg-type]  # as in a_rung


def a_programme(*workflows: Workflow) -> dict[str, Workflow]:
    return {workflow.name: workflow for workflow in workflows}


def with_effects(workflow: Workflow, *effects: Effect) -> Workflow:
    """The same workflow, its first step with these effects."""
    first, *others = workflow.transitions
    return replace(workflow, transitions=(replace(first, effects=effects), *others))


def with_requirements(workflow: Workflow, *asked: Requirement) -> Workflow:
    first, *others = workflow.transitions
    return replace(workflow, transitions=(replace(first, requires=asked), *others))


def with_check(workflow: Workflow, check: Check, line: int) -> Workflow:
    return with_requirements(workflow, a_requirement(check, line))


def _phases(states: tuple[State, ...]) -> Mapping[str, Phase]:
    return {state.phase: Phase(state.phase, state.phase.capitalize()) for state in states}
