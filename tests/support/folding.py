"""What the rows of a case are after a plan, as far as plan and rows alone can tell."""

from collections.abc import Mapping
from dataclasses import replace

from engine.model.dossier import CaseId, Child, Dossier, Pause, RecordVersion, Visit
from engine.model.outcomes import Plan
from engine.model.passing import ChildOpened, Told


def visits(before: Dossier, done: Plan) -> tuple[Visit, ...]:
    known = {visit.number: visit for visit in (*before.visits, *done.visits)}
    return tuple(known[number] for number in sorted(known))


def pauses(before: Dossier, done: Plan) -> tuple[Pause, ...]:
    pauses = before.pauses
    for pause in done.pauses:
        stands_open = bool(pauses) and pauses[-1].ended_on is None
        pauses = (*(pauses[:-1] if stands_open else pauses), pause)
    return pauses


def records(before: Dossier, done: Plan) -> Mapping[str, tuple[RecordVersion, ...]]:
    records = dict(before.records)
    for name, version in done.filed:
        records[name] = (*records.get(name, ()), version)
    for name, number, signature in done.signed:
        records[name] = tuple(
            replace(version, signatures=(*version.signatures, signature))
            if version.number == number
            else version
            for version in records[name]
        )
    return records


def children(before: Dossier, done: Plan) -> tuple[Child, ...]:
    children = list(before.children)
    for passed in done.passed:
        if isinstance(passed, ChildOpened) and not passed.under_parent:
            number = CaseId(100 + len(children))
            children.append(Child(number, passed.workflow, "open", done.at, None, passed.facts))
        if isinstance(passed, Told) and passed.child is not None:
            assert passed.child in {child.id for child in children}
            children = [
                replace(child, facts={**child.facts, **passed.facts})
                if child.id == passed.child
                else child
                for child in children
            ]
    return tuple(children)
