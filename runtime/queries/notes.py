"""What an act writes into a case itself, beside all that follows: for whoever tries it first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from engine.decide.told_changes import in_words
from engine.letters.day_watch import WATCH
from engine.model.definition import Workflow
from engine.model.dossier import Dossier, RecordVersion
from engine.model.outcomes import Assigned
from engine.model.plan import Plan
from runtime.queries.journal_changes import as_read

Kind = Literal["record", "signature", "waiver", "fact", "party", "void", "taken back"]


@dataclass(frozen=True, slots=True)
class Noted:
    """A version of a record, a signature, a waiver, a fact, or who stands on a side now.

    Of what is put right: a version that is void, a signature or waiver that is taken back.
    ``which`` is the name in the definition; ``detail`` says the rest as people read it.
    """

    case: str
    what: Kind
    which: str
    detail: str


def noted(before: Dossier, after: Dossier) -> Iterator[Noted]:
    """What the case holds after it and did not before."""
    case = after.reference
    for name, versions in after.records.items():
        known = {each.number: each for each in before.records.get(name, ())}
        for version in versions:
            if version.number not in known:
                yield Noted(case, "record", name, f"version {version.number}")
            for signed in _signatures(known.get(version.number), version):
                yield Noted(case, "signature", name, f"version {version.number}: {signed}")
    for name, waiver in after.waivers.items():
        if before.waivers.get(name) != waiver:
            yield Noted(case, "waiver", name, f"by {waiver.role}")
    yield from _undone(before, after)
    if before.version:
        yield from (Noted(case, "fact", *each) for each in _facts(before.facts, after.facts))


def _undone(before: Dossier, after: Dossier) -> Iterator[Noted]:
    case = after.reference
    known = {(name, v.number) for name, v in _versions(before.former.records)}
    for name, version in _versions(after.former.records):
        if version.void and (name, version.number) not in known:
            yield Noted(case, "void", name, f"version {version.number}")
    numbered = {(name, v.number): v for name, v in _versions(after.records)}
    for name, version in _versions(before.records):
        now = numbered.get((name, version.number))
        if now is not None:
            for signed in _signatures(now, version):
                detail = f"signature under version {version.number}: {signed}"
                yield Noted(case, "taken back", name, detail)
    same = before.partnership == after.partnership  # else they are history, and stand
    yield from _handed_back(before, after) if same else ()
    for name in before.waivers.keys() - after.waivers.keys() if same else ():
        yield Noted(case, "taken back", name, "waiver")


def _handed_back(before: Dossier, after: Dossier) -> Iterator[Noted]:
    """Who plays a role no more as somebody else does again."""
    was, now = ({(p.role, p.key) for p in each.people} for each in (before, after))
    yield from (Noted(after.reference, "taken back", *each) for each in sorted(was - now))
    yield from (Noted(after.reference, "party", *each) for each in sorted(now - was))


def _versions(
    records: Mapping[str, tuple[RecordVersion, ...]],
) -> Iterator[tuple[str, RecordVersion]]:
    return ((name, version) for name, every in records.items() for version in every)


def named(plan: Plan) -> Iterator[Noted]:
    """The centres and people who were named: for a new case, or for a part of one."""
    if isinstance(plan.event, Assigned):
        part, key, case = plan.event.part, plan.event.key, plan.after
        yield Noted(case.reference, "party", part, key)
        there = [centre.key for centre in case.parties.get(part, ())]
        if key in there:
            yield from _players(case, part, "" if there == [key] else key)
    elif not plan.before.version:
        for side, centres in plan.after.parties.items():
            yield from (Noted(plan.after.reference, "party", side, c.key) for c in centres)
        yield from _players(plan.after)


def _players(case: Dossier, role: str = "", centre: str = "") -> Iterator[Noted]:
    """Who plays a role in the case itself: any, or one, there those of a centre if one is named."""
    for person in case.people:
        meant = role in {"", person.role} and centre in {"", person.centre}
        if meant and not person.general:
            yield Noted(case.reference, "party", person.role, person.key)


def _signatures(before: RecordVersion | None, after: RecordVersion) -> Iterator[str]:
    known = before.signatures if before is not None else ()
    for each in after.signatures:
        if each not in known:
            yield f"{each.role}, {each.person}"


def _facts(before: Mapping[str, object], after: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            known = name in after
            yield name, in_words(as_read(name, after[name])) if known else "taken away"


def title_of(workflow: Workflow, state: str, ladder: str) -> str:
    """What a ladder of a state asks for, in words."""
    ladders = workflow.states[state].ladders if state in workflow.states else ()
    titles = (each.title for each in ladders if each.name == ladder)
    return "a day on which something turns by itself" if ladder == WATCH else next(titles, "")
