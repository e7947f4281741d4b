"""Readers shown what is not theirs: a record closed to them, or a flag that is hidden from them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from engine.checks.hierarchy import Lineage, effects
from engine.letters.catalogue import Fact
from engine.lint.certainty import brought_by
from engine.lint.findings import Problem
from engine.lint.sendings import Sending
from engine.model.definition import OpenCase, RecordType, SetFact, Workflow

Seen = frozenset[str]

_FREE = frozenset({"text", "list", "rows", "person", "file"})


@dataclass(frozen=True, slots=True)
class Readers:
    """Who reads what, seen from one workflow: of each path the records that it tells of."""

    workflow: Workflow
    lines: Lineage
    _told: dict[str, tuple[RecordType, ...]] = field(default_factory=dict)

    def shown(self, sending: Sending, facts: Iterable[Fact]) -> Iterator[Problem]:
        """What a letter says of a record that one of its readers may not read."""
        for fact in facts:
            for path in fact.source.split(" or "):
                for record in self._records(path):
                    yield from _closed(sending, fact.name, record)

    def _records(self, path: str) -> tuple[RecordType, ...]:
        if path not in self._told:
            self._told[path] = tuple(self._told_by(self.workflow, path, frozenset()))
        return self._told[path]

    def _told_by(self, workflow: Workflow, path: str, seen: Seen) -> Iterator[RecordType]:
        """The records whose content stands at a path, also where it was handed on as a fact."""
        root, _, rest = path.partition(".")
        here = f"{workflow.name} {path}"
        looks: Mapping[str, Callable[[Workflow, str, Seen], Iterator[RecordType]]] = {
            "record": self._in_record,
            "meeting": self._in_meeting,
            "fact": self._in_fact,
            "anchor": self._in_anchor,
            "parent": self._in_parent,
        }
        if here not in seen and root in looks:
            for each in self.lines.family(workflow.name):
                yield from looks[root](each, rest, seen | {here})

    def _in_record(self, workflow: Workflow, rest: str, _seen: Seen) -> Iterator[RecordType]:
        name = rest.partition(".")[0]
        if name in workflow.records:
            yield workflow.records[name]

    def _in_meeting(self, workflow: Workflow, rest: str, _seen: Seen) -> Iterator[RecordType]:
        name = rest.partition(".")[0]
        if name in workflow.meetings:
            yield workflow.records[workflow.meetings[name].record]

    def _in_fact(self, workflow: Workflow, rest: str, seen: Seen) -> Iterator[RecordType]:
        for giver, source in self._handed_on(workflow, rest.partition(".")[0]):
            if _is_free(giver, source):
                yield from self._told_by(giver, source, seen)

    def _in_anchor(self, workflow: Workflow, name: str, seen: Seen) -> Iterator[RecordType]:
        anchor = workflow.anchors.get(name)
        if anchor is None or len(anchor.sources) != 1:
            return  # of several days nobody can tell which it was
        path = brought_by(workflow, anchor.sources[0])
        if path:
            yield from self._told_by(workflow, f"record.{path}", seen)
        elif anchor.sources[0].kind == "fact":
            yield from self._told_by(workflow, f"fact.{anchor.sources[0].of}", seen)

    def _in_parent(self, workflow: Workflow, rest: str, seen: Seen) -> Iterator[RecordType]:
        for name in self.lines.parents[workflow.name]:
            yield from self._told_by(self.lines.workflows[name], rest, seen)

    def _handed_on(self, workflow: Workflow, fact: str) -> Iterator[tuple[Workflow, str]]:
        """The paths that a fact is set to, here or by who opens the case."""
        for effect in effects(workflow):
            if isinstance(effect, SetFact) and effect.fact == fact and effect.path is not None:
                yield workflow, effect.path
        for opener in self.lines.workflows.values():
            for effect in effects(opener):
                if isinstance(effect, OpenCase) and effect.workflow == workflow.name:
                    value = effect.facts.get(fact)
                    if isinstance(value, str) and value.startswith("="):
                        yield opener, value[1:]


def _is_free(workflow: Workflow, path: str) -> bool:
    """Whether what people wrote themselves stands there: a word they chose gives nothing away."""
    root, _, rest = path.partition(".")
    record, _, name = rest.partition(".")
    if root != "record" or record not in workflow.records:
        return True
    field = next((f for f in workflow.records[record].fields if f.name == name), None)
    return field is not None and field.kind in _FREE and not field.among


def _closed(sending: Sending, fact: str, record: RecordType) -> Iterator[Problem]:
    if not record.readers:
        return
    for role in sending.roles:
        if role not in {*record.readers, *record.by}:
            yield Problem(
                sending.place,
                f"letter {sending.letter} shows {role} {fact} of record {record.name}, "
                f"which {role} may not read",
                f"let {role} be one of its `readers`, or write to others",
            )
