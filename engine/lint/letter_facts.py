"""Letters that would say what nobody has filed by then, or show a reader what is not theirs."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from engine.checks.hierarchy import Lineage, lineage, rungs
from engine.letters.catalogue import Catalogue, Fact
from engine.lint.certainty import Certainty
from engine.lint.findings import Problem
from engine.lint.given import Given
from engine.model.definition import WHOSE_TURN, Effect, Notify, RecordType, Workflow
from engine.places import Place

Used = Mapping[str, Collection[str]]  # the facts that the text of each stage uses
_RECORD = "record."


@dataclass(frozen=True, slots=True)
class _Sending:
    """A letter that a definition sends: to whom, and what is given by then."""

    letter: str
    to: tuple[str, ...]
    given: Given
    place: Place


def letter_facts(
    workflows: Mapping[str, Workflow], letters: Catalogue, used: Used
) -> Iterator[Problem]:
    lines = lineage(workflows)
    certainty = Certainty(lines)
    for workflow in workflows.values():
        reading = _Reading(workflow, lines)
        for sending in _sendings(workflow, lines, certainty):
            for name in sorted(used.get(sending.letter, ())):
                yield from reading.wrong(sending, letters.facts[name])


def _sendings(workflow: Workflow, lines: Lineage, certainty: Certainty) -> Iterator[_Sending]:
    start = Given(workflow.name, lines, certainty)
    for step in workflow.transitions:
        yield from _sent(step.effects, start.by_step(step))
    for state in workflow.states.values():
        yield from _sent(state.entry, start.in_state(state.name))
    for record in workflow.records.values():
        filed = start.filed(record.name)
        yield from _sent((*record.effects, *record.signed), filed)
    for meeting in workflow.meetings.values():
        invitation = meeting.invitation
        agreed = start.filed(f"{meeting.record}.{meeting.begins}")
        yield _Sending(invitation.letter, invitation.to, agreed, meeting.place)
    for flag in workflow.flags.values():
        yield from _sent(flag.effects, start)
    for state, _, rung in rungs(workflow):
        if rung.letter is not None:
            given = start.in_state(state.name).by_rung(rung.at, state.window)
            yield _Sending(rung.letter, rung.to, given, rung.place)


def _sent(effects: tuple[Effect, ...], given: Given) -> Iterator[_Sending]:
    for effect in effects:
        if isinstance(effect, Notify):
            yield _Sending(effect.letter, effect.to, given.when(effect.when), effect.place)
        given = given.after(effect)


@dataclass(frozen=True, slots=True)
class _Reading:
    """Whether what a letter says is there, and its readers' to see."""

    workflow: Workflow
    lines: Lineage
    _records: dict[str, RecordType | None] = field(default_factory=dict)

    def wrong(self, sending: _Sending, fact: Fact) -> Iterator[Problem]:
        paths = fact.source.split(" or ")
        if not fact.optional and not any(sending.given.has(path) for path in paths):
            named = " or ".join(paths)
            yield Problem(
                sending.place,
                f"letter {sending.letter} says {fact.name}, and {named} may not be there by then",
                "require it before, send it `when` that is there, or let the fact be optional",
            )
        for path in paths:
            yield from self._shown(sending, fact.name, path)

    def _shown(self, sending: _Sending, fact: str, path: str) -> Iterator[Problem]:
        if not path.startswith(_RECORD):
            return
        record = self._record(path.split(".")[1])
        if record is None or not record.readers:
            return
        for audience in sending.to:
            role = audience.partition(".")[0]
            if role != WHOSE_TURN and role not in {*record.readers, *record.by}:
                yield Problem(
                    sending.place,
                    f"letter {sending.letter} shows {role} {fact} of record {record.name}, "
                    f"which {role} may not read",
                    f"let {role} be one of its `readers`, or write to others",
                )

    def _record(self, name: str) -> RecordType | None:
        if name not in self._records:
            family = self.lines.family(self.workflow.name)
            found = (each.records[name] for each in family if name in each.records)
            self._records[name] = next(found, None)
        return self._records[name]
