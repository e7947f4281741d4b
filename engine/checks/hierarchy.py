"""Who belongs to whom: which workflows open which, and which facts each may come to have."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from engine.checks.programme import AnyOf, LoadWithin
from engine.model.check import Check
from engine.model.definition import (
    Effect,
    Ladder,
    Notify,
    OpenCase,
    RaiseFlag,
    Rung,
    SetFact,
    State,
    Workflow,
)
from engine.model.requirement import Requirement

# What every flag's case begins with.
FLAG_FACTS = frozenset({"flag", "title", "severity", "cause", "reasons"})


@dataclass(frozen=True, slots=True, eq=False)
class Lineage:
    """The workflows of a programme by name, with the parents and the facts of each."""

    workflows: Mapping[str, Workflow]
    parents: Mapping[str, frozenset[str]]
    own_facts: Mapping[str, frozenset[str]]

    def children(self, name: str) -> frozenset[str]:
        return frozenset(child for child, parents in self.parents.items() if name in parents)

    def family(self, name: str) -> tuple[Workflow, ...]:
        """The workflow and those above it: where its paths are looked up."""
        found: dict[str, Workflow] = {}
        asked = [name]
        while asked:
            each = asked.pop()
            if each in self.workflows and each not in found:
                found[each] = self.workflows[each]
                asked.extend(sorted(self.parents[each]))
        return tuple(found.values())

    def facts(self, name: str) -> frozenset[str]:
        """Every fact a case of this workflow, or one above it, may come to have."""
        return frozenset(fact for each in self.family(name) for fact in self.own_facts[each.name])


def lineage(workflows: Mapping[str, Workflow]) -> Lineage:
    return _lineage(tuple(workflows.items()))


@lru_cache(maxsize=8)
def _lineage(named: tuple[tuple[str, Workflow], ...]) -> Lineage:
    """Kept, with all that is found out about it: whoever checks a programme asks anew."""
    workflows = MappingProxyType(dict(named))
    parents = _parents(workflows)
    facts = {name: set(_set_facts(workflow)) for name, workflow in workflows.items()}
    for workflow in workflows.values():
        for effect in effects(workflow):
            if isinstance(effect, OpenCase) and effect.workflow in facts:
                facts[effect.workflow].update(effect.facts)
        if workflow.flags and workflow.flag_workflow in facts:
            facts[workflow.flag_workflow].update(FLAG_FACTS)
    return Lineage(workflows, parents, {name: frozenset(known) for name, known in facts.items()})


@lru_cache(maxsize=256)
def effects(workflow: Workflow) -> tuple[Effect, ...]:
    """Every effect a definition holds, wherever it stands."""
    return tuple(_effects(workflow))


def _effects(workflow: Workflow) -> Iterator[Effect]:
    for step in workflow.transitions:
        yield from step.effects
    for record in workflow.records.values():
        yield from (*record.effects, *record.signed)
    for flag in workflow.flags.values():
        yield from flag.effects
    for notices in workflow.notices.values():
        yield from notices
    yield from (watch.flag for watch in workflow.watches)
    for meeting in workflow.meetings.values():
        told = (meeting.invitation.letter, meeting.moved, meeting.cancelled)
        yield from (Notify(each, meeting.invitation.to, place=meeting.place) for each in told)
    for state in workflow.states.values():
        yield from state.entry
        yield from (r.flag for ladder in state.ladders for r in ladder.rungs if r.flag is not None)


def rungs(workflow: Workflow) -> Iterator[tuple[State, Ladder, Rung]]:
    for state in workflow.states.values():
        for ladder in state.ladders:
            for rung in ladder.rungs:
                yield state, ladder, rung


def requirements(workflow: Workflow) -> Iterator[Requirement]:
    """Those of transitions and those of watches."""
    yield from workflow.requirements()
    yield from (watch.requirement for watch in workflow.watches)


def nested(check: Check) -> Iterator[Check]:
    """A check and the checks it is made of."""
    yield check
    if isinstance(check, AnyOf):
        for part in check.of:
            yield from nested(part)


def load_roles(workflow: Workflow) -> tuple[str, ...]:
    """The roles whose load some check of a definition asks about."""
    asked = (check for each in requirements(workflow) for check in nested(each.check))
    return tuple(dict.fromkeys(check.role for check in asked if isinstance(check, LoadWithin)))


def opened(workflow: Workflow, effect: Effect) -> str | None:
    """The workflow an effect opens a case of: what it names, or that of flags."""
    if isinstance(effect, OpenCase):
        return effect.workflow
    return workflow.flag_workflow if isinstance(effect, RaiseFlag) else None


def _set_facts(workflow: Workflow) -> Iterator[str]:
    yield from workflow.facts
    yield from (effect.fact for effect in effects(workflow) if isinstance(effect, SetFact))


def _parents(workflows: Mapping[str, Workflow]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {name: set() for name in workflows}
    beside: list[tuple[str, str]] = []
    for name, workflow in workflows.items():
        if workflow.flags and workflow.flag_workflow in found:
            found[workflow.flag_workflow].add(name)
        for effect in effects(workflow):
            if not isinstance(effect, OpenCase) or effect.workflow not in found:
                continue
            if effect.under_parent:
                beside.append((name, effect.workflow))
            else:
                found[effect.workflow].add(name)
    _inherit(found, beside)
    return {name: frozenset(parents) for name, parents in found.items()}


def _inherit(found: dict[str, set[str]], beside: list[tuple[str, str]]) -> None:
    """A case opened beside its opener has the opener's parents."""
    for _ in found:
        for opener, child in beside:
            found[child] |= found[opener]
