"""Names that are used and nobody declared: roles, states, flags, letters, triggers and more."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.checks.hierarchy import Lineage, effects, requirements, rungs
from engine.errors import quoted
from engine.letters.catalogue import Catalogue
from engine.lint.findings import Problem, unknown
from engine.lint.partnerships import partnership
from engine.model.definition import (
    RESUME,
    STAY,
    SYSTEM,
    WHOSE_TURN,
    Effect,
    Notify,
    OpenCase,
    RaiseFlag,
    Rung,
    Tell,
    Workflow,
)
from engine.model.fields import Field
from engine.model.reasons import SEVERITIES
from engine.places import Place

_TEAM = ".team"
_NOTICES = frozenset(  # the letters we owe ourselves
    {
        *("moved", "taken_back", "corrected", "handed_over", "handed_on"),
        *("undeliverable", "no_contact_left", "away", "wrote_back"),
    }
)
_MEETINGS = frozenset({"", "visit", "online"})


@dataclass(frozen=True, slots=True)
class Scope:
    """One workflow with what its names may refer to."""

    workflow: Workflow
    lines: Lineage
    letters: Catalogue | None = None


def names(scope: Scope) -> Iterator[Problem]:
    workflow = scope.workflow
    yield from _top(workflow)
    if workflow.check_in_workflow:
        known = scope.lines.workflows
        yield from _one("workflow", workflow.check_in_workflow, known, workflow.place)
    yield from _states(workflow)
    yield from _transitions(workflow)
    yield from _records(workflow)
    yield from _watches(workflow)
    for effect in effects(workflow):
        yield from _effect(scope, effect)
    for _, ladder, rung in rungs(workflow):
        yield from _roles(workflow, [ladder.calendar] if ladder.calendar else (), ladder.place)
        yield from _rung(scope, rung)
    for asked in requirements(workflow):
        owners = [asked.owner] if asked.owner else []
        yield from _roles(workflow, [*owners, *asked.waiver], asked.place)
        if asked.flag is not None:
            yield from _one("flag", asked.flag, _flags(scope), asked.place)


def _top(workflow: Workflow) -> Iterator[Problem]:
    here = workflow.place
    yield from _one("state", workflow.initial, workflow.states, here)
    yield from _roles(workflow, workflow.sides, here)
    if workflow.start_anchor:
        yield from _one("anchor", workflow.start_anchor, workflow.anchors, here)
    yield from _office(workflow)
    yield from partnership(workflow)
    yield from _renamed(workflow)
    for name in workflow.notices:
        yield from _one("notice", name, _NOTICES, here)
    for flag in workflow.flags.values():
        yield from _roles(workflow, flag.hidden_from, flag.place)
        yield from _one("severity", flag.severity, SEVERITIES, flag.place)


def _renamed(workflow: Workflow) -> Iterator[Problem]:
    for old, new in workflow.renamed.items():
        yield from _one("state", new, workflow.states, workflow.place)
        if old in workflow.states:
            yield Problem(
                workflow.place,
                f"state {quoted(old)} is renamed and still there",
                f"leave {old} out of `renamed:`, or out of the states",
            )


def _office(workflow: Workflow) -> Iterator[Problem]:
    office, here = workflow.office, workflow.place
    yield from _roles(workflow, office, here)
    for role in office.values():
        if role.above:
            yield from _one("role of the office", role.above, office, here)
        if role.name in workflow.sides:
            yield Problem(
                here, f"{role.name} is a side and of the office", "keep it one of the two"
            )
    running = [role.name for role in office.values() if role.runs]
    if office and len(running) != 1:
        names = " and ".join(running) or "no role"
        yield Problem(here, f"{names} of the office runs the programme", "let one of them run it")


def _states(workflow: Workflow) -> Iterator[Problem]:
    for state in workflow.states.values():
        yield from _roles(workflow, state.acts, state.place)
        for side in state.assigns:
            yield from _one("side", side, workflow.sides, state.place)
        yield from _one("kind of meeting", state.meets, _MEETINGS, state.place)
        if state.phase or workflow.phases:
            yield from _one("phase", state.phase, workflow.phases, state.place)


def _transitions(workflow: Workflow) -> Iterator[Problem]:
    for step in workflow.transitions:
        for source in step.sources:
            yield from _one("state", source, workflow.states, step.place)
        if step.target not in {RESUME, STAY}:
            yield from _one("state", step.target, workflow.states, step.place)
        yield from _roles(workflow, step.by, step.place)


def _records(workflow: Workflow) -> Iterator[Problem]:
    for record in workflow.records.values():
        people = (*record.by, *record.readers, *record.signatories)
        yield from _roles(workflow, people, record.place)
        yield from _fields(record.fields)


def _fields(fields: tuple[Field, ...]) -> Iterator[Problem]:
    for field in fields:
        if field.not_before:
            yield from _one("field", field.not_before, [f.name for f in fields], field.place)
        yield from _fields(field.rows)


def _watches(workflow: Workflow) -> Iterator[Problem]:
    for watch in workflow.watches:
        for record in watch.filed:
            yield from _one("record", record, workflow.records, watch.place)
        for state in watch.left:
            yield from _one("state", state, workflow.states, watch.place)


def _rung(scope: Scope, rung: Rung) -> Iterator[Problem]:
    if rung.letter is not None:
        yield from _letter(scope, rung.letter, rung.place)
    yield from _audiences(scope.workflow, rung.to, rung.place)
    if rung.fire is not None:
        triggers = {step.trigger for step in scope.workflow.transitions}
        yield from _one("trigger", rung.fire, triggers, rung.place)


def _effect(scope: Scope, effect: Effect) -> Iterator[Problem]:
    match effect:
        case Notify():
            yield from _letter(scope, effect.letter, effect.place)
            yield from _audiences(scope.workflow, effect.to, effect.place)
        case OpenCase():
            yield from _one("workflow", effect.workflow, scope.lines.workflows, effect.place)
        case RaiseFlag():
            yield from _raised(scope, effect)
        case Tell():
            yield from _told(scope, effect)
        case _:
            pass  # a fact comes to be known by being set


def _raised(scope: Scope, effect: RaiseFlag) -> Iterator[Problem]:
    workflow = scope.workflow
    yield from _one("flag", effect.flag, _flags(scope), effect.place)
    if effect.severity is not None:
        yield from _one("severity", effect.severity, SEVERITIES, effect.place)
    if workflow.flags:
        yield from _one("workflow", workflow.flag_workflow, scope.lines.workflows, effect.place)


def _flags(scope: Scope) -> frozenset[str]:
    """The flags of the workflow, and those of the cases above it."""
    family = scope.lines.family(scope.workflow.name)
    return frozenset(flag for each in (scope.workflow, *family) for flag in each.flags)


def _told(scope: Scope, effect: Tell) -> Iterator[Problem]:
    """A trigger passed on must be a step, taken by system, of one who is told."""
    workflow, lines = scope.workflow, scope.lines
    if effect.workflow is not None and effect.workflow not in lines.workflows:
        yield unknown(effect.place, "workflow", effect.workflow, lines.workflows)
        return
    whom = lines.parents[workflow.name] if effect.to_parent else lines.children(workflow.name)
    if effect.workflow is not None:
        whom &= {effect.workflow}
    if not whom:
        what = "a parent" if effect.to_parent else "such a child"
        yield Problem(
            effect.place,
            f"{quoted(effect.trigger)} is told, but no case of {workflow.name} ever has {what}",
            "open one, or leave this out",
        )
        return
    steps = [step for name in sorted(whom) for step in lines.workflows[name].transitions]
    if not any(step.trigger == effect.trigger for step in steps):
        triggers = {step.trigger for step in steps}
        what = f"trigger of {' or '.join(sorted(whom))} called"
        yield unknown(effect.place, what, effect.trigger, triggers)
    elif not any(step.trigger == effect.trigger and SYSTEM in step.by for step in steps):
        yield Problem(
            effect.place,
            f"{quoted(effect.trigger)} is told, but system may not take that step",
            "add system to its `by`",
        )


def _letter(scope: Scope, letter: str, place: Place) -> Iterator[Problem]:
    name, _, stage = letter.partition(".")
    letters = {} if scope.letters is None else scope.letters.letters
    if scope.letters is not None and (name not in letters or stage not in letters[name].stages):
        yield unknown(place, "letter", letter, (each.id for each in scope.letters.stages()))


def _audiences(workflow: Workflow, to: Iterable[str], place: Place) -> Iterator[Problem]:
    known = {WHOSE_TURN, *workflow.roles, *(f"{role}{_TEAM}" for role in workflow.roles)}
    for name in to:
        yield from _one("audience", name, known, place)


def _roles(workflow: Workflow, roles: Iterable[str], place: Place) -> Iterator[Problem]:
    for role in roles:
        yield from _one("role", role, {SYSTEM, *workflow.roles}, place)


def _one(what: str, name: str, known: Iterable[str], place: Place) -> Iterator[Problem]:
    if name not in known:
        yield unknown(place, what, name, known)
