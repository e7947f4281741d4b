"""Which anchors are sure to be known, and to lie in the past, when a state is entered."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from engine.checks.case import FiledBy, NewerThan, SignedBy
from engine.checks.dated import OnOrBefore, SentBefore, ToCome
from engine.checks.hierarchy import Lineage, effects
from engine.checks.people import TakesPart
from engine.checks.values import Between, FactIs, Present
from engine.lint.openings import opening_states, opens_beside
from engine.lint.reachability import reachable, resuming, steps_between
from engine.model.check import Check
from engine.model.definition import (
    OpenCase,
    SetFact,
    Workflow,
)
from engine.model.requirement import Requirement
from engine.time.windows import Anchor, Source

_PAST = frozenset({"entered", "actual", "child", "parent"})  # what only happens once it has
_FILED = frozenset({"actual", "planned", "earliest"})
_PARTNERED = frozenset({"case.paired", "case.asked"})
_WAS = frozenset({"=case.entered_on", "=case.since"})  # days gone by when they are given
_PROOF = (
    Between,
    OnOrBefore,
    Present,
    SentBefore,
    TakesPart,
    ToCome,
)  # met only where their path leads to a value


@dataclass(slots=True)
class Certainty:
    """Answers for a programme; adopted cases, which skip states, are beyond it.

    A date that a person files as one on which something was done counts as past.
    """

    lines: Lineage
    _without: dict[tuple[str, str, str], set[str]] = field(default_factory=dict)

    def is_filed(self, workflow: str, state: str, record: str) -> bool:
        """Whether a record (or a field of it) is there whenever a state is entered."""
        return state not in self._reached(workflow, "filed", record)

    def is_entered(self, workflow: str, state: str, before: str) -> bool:
        """Whether a case in a state surely has been in the other one."""
        return state not in self._reached(workflow, "state", before)

    def is_past(self, workflow: str, state: str, anchor: str) -> bool:
        return self._is_past(workflow, state, anchor, frozenset())

    def _is_past(self, workflow: str, state: str, name: str, seen: frozenset[str]) -> bool:
        if f"{workflow}.{name}" in seen:
            return False
        anchor = self._anchor(workflow, name)
        seen |= {f"{workflow}.{name}"}
        known = (self._is_known(workflow, state, source, seen) for source in anchor.sources)
        if anchor.latest:
            return all(self._happened(workflow, each, seen) for each in anchor.sources) and any(
                known
            )
        return self._first_is_past(workflow, anchor, list(known), seen)

    def _anchor(self, workflow: str, name: str) -> Anchor:
        """The anchor; one that the workflow does not know is looked up in the parent."""
        of_parent = Anchor(name, (Source("parent", name),))
        return self.lines.workflows[workflow].anchors.get(name, of_parent)

    def _first_is_past(
        self, workflow: str, anchor: Anchor, known: list[bool], seen: frozenset[str]
    ) -> bool:
        for source, is_known in zip(anchor.sources, known, strict=True):
            if not self._happened(workflow, source, seen):
                return False
            if is_known:
                return True
        return False

    def _happened(self, workflow: str, source: Source, seen: frozenset[str]) -> bool:
        """Whether a source, once it is known, gives a day in the past."""
        if source.kind == "fact":
            return self._holds_past(workflow, source.of)
        if source.kind != "parent":
            return source.kind in _PAST
        parents = (self.lines.workflows[name] for name in self.lines.parents[workflow])
        return all(
            self._happened(parent.name, each, seen | {f"{parent.name}.{source.of}"})
            for parent in parents
            if f"{parent.name}.{source.of}" not in seen
            for each in self._anchor(parent.name, source.of).sources
        )

    def _holds_past(self, workflow: str, fact: str) -> bool:
        """Whether a fact holds nothing, or the day on which something was entered or filed."""
        mine = self.lines.workflows[workflow]
        given = [
            str(effect.facts[fact])
            for opener in self.lines.workflows.values()
            for effect in effects(opener)
            if isinstance(effect, OpenCase) and effect.workflow == workflow and fact in effect.facts
        ]
        is_set = any(isinstance(e, SetFact) and e.fact == fact for e in effects(mine))
        return not is_set and fact not in mine.facts and bool(given) and set(given) <= _WAS

    def _is_known(self, workflow: str, state: str, source: Source, seen: frozenset[str]) -> bool:
        match source.kind:
            case "entered":
                return self.is_entered(workflow, state, source.of)
            case "actual":
                return state not in self._reached(workflow, "record", source.of)
            case "parent":
                places = list(self.openings(workflow))
                return bool(places) and all(
                    self._is_past(parent, where, source.of, seen) for parent, where in places
                )
            case _:
                return False

    def _reached(self, workflow: str, kind: str, name: str) -> set[str]:
        """States that may be reached without entering a state, or without filing a date."""
        key = (workflow, kind, name)
        if key not in self._without:
            self._without[key] = _reached(self.lines.workflows[workflow], kind, name)
        return self._without[key]

    def openings(self, child: str, seen: frozenset[str] = frozenset()) -> Iterator[tuple[str, str]]:
        """Parents of a workflow, each with a state it may be in when it opens such a child."""
        for name, workflow in self.lines.workflows.items():
            found = opening_states(workflow, child)
            if name in self.lines.parents[child]:
                yield from ((name, state) for state in sorted(found))
            if opens_beside(workflow, child) and name not in seen | {child}:
                # Opened beside its opener: at that time, or later, when no less is known.
                yield from self.openings(name, seen | {child})


@lru_cache(maxsize=8)
def certainty_of(lines: Lineage) -> Certainty:
    """The answers for a programme, kept for all who ask."""
    return Certainty(lines)


def _reached(workflow: Workflow, kind: str, name: str) -> set[str]:
    left_out = resuming(workflow)
    if kind != "state":
        proves = _proves if kind == "record" else _asks_for
        left_out |= {
            number
            for number, step in enumerate(workflow.transitions)
            if any(proves(workflow, asked, name) for asked in step.requires)
        }
        starts = [workflow.initial, *(_emptied(workflow, name) if kind == "filed" else ())]
        return _on_every_way(workflow, left_out, starts)
    graph = steps_between(workflow, left_out)
    if name == workflow.initial:
        return set()
    without = {state: targets - {name} for state, targets in graph.items()}
    return reachable(without, [workflow.initial])


def _on_every_way(workflow: Workflow, left_out: set[int], starts: Iterable[str]) -> set[str]:
    """What is reached; a step that asks for a partner is taken only once one may be asked."""
    steps, partner = list(enumerate(workflow.transitions)), workflow.partnership
    asking = {n for n, step in steps if any(_is_for_two(each) for each in step.requires)}
    before = reachable(steps_between(workflow, left_out | asking), starts)
    open_to = (step for n, step in steps if n not in left_out)
    questions = (step for step in open_to if partner and step.trigger == partner.asked_from)
    if partner is not None and not any(before.intersection(each.sources) for each in questions):
        return before
    return reachable(steps_between(workflow, left_out), starts)


def is_paired(check: Check | None) -> bool:
    """Whether a condition holds only while a partner is there, or is asked."""
    return isinstance(check, FactIs) and check.of in _PARTNERED and check.one_of == (True,)


def _is_for_two(asked: Requirement) -> bool:
    return is_paired(asked.check) and not (asked.warns or asked.waiver)


def _proves(workflow: Workflow, asked: Requirement, path: str) -> bool:
    """Whether a step with this requirement is taken only once a record's date is filed."""
    if asked.warns or asked.waiver:
        return False
    record, _, name = path.partition(".")
    if record not in workflow.records:
        return False
    dates = [each for each in workflow.records[record].fields if each.name == name]
    always = any(not each.optional for each in dates)
    wanted = {f"record.{record}.{name}", *([f"record.{record}"] if always else [])}
    return path_of(asked.check) in wanted


def _asks_for(workflow: Workflow, asked: Requirement, path: str) -> bool:
    """Whether a step with this requirement is taken only once something is filed."""
    record, _, field = path.partition(".")
    given = path_of(asked.check).removeprefix("record.")
    if asked.warns or asked.waiver or given.partition(".")[0] != record:
        return False
    return not field or given == path or always_has(workflow, record, field)


def always_has(workflow: Workflow, record: str, field: str) -> bool:
    fields = workflow.records[record].fields if record in workflow.records else ()
    return any(not each.optional for each in fields if each.name == field.partition(".")[0])


def _emptied(workflow: Workflow, path: str) -> Iterator[str]:
    """States in which a partnership begins anew, without the records of the one before."""
    found = workflow.partnership
    record = workflow.records.get(path.partition(".")[0])
    if found is not None and (record is None or not record.survives):
        yield from (step.target for step in workflow.transitions if step.trigger in found.ends)


def path_of(check: Check) -> str:
    if isinstance(check, SignedBy | FiledBy | NewerThan):
        return f"record.{check.record}"
    return check.of if isinstance(check, _PROOF) else ""


def brought_by(workflow: Workflow, source: Source) -> str:
    """The field of a record that makes a day known, as a path; empty where none does alone."""
    if source.kind == "agreed":
        name, _, bound = source.of.partition(".")
        meeting = workflow.meetings.get(name)
        field = "" if meeting is None else str(getattr(meeting, bound, ""))
        return f"{meeting.record}.{field}" if meeting is not None and field else ""
    return source.of if source.kind in _FILED else ""
