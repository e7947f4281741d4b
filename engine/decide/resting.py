"""What rested on a record that counts no more: a person looks whether it may still stand."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from engine.dates.view import View
from engine.decide.past_acts import said_of, standing
from engine.decide.read_from import read_from
from engine.decide.unmet import lacking, not_taken
from engine.letters.rounds import answered
from engine.model.definition import SYSTEM, RecordType, Transition, Workflow
from engine.model.dossier import CaseId, Dossier, RecordVersion
from engine.model.family import Family
from engine.model.outcomes import Unmet
from engine.model.past import Happened, Past


def rested(workflow: Workflow, after: Dossier, past: Past, now: datetime) -> tuple[Unmet, ...]:
    """Steps taken since that lack something now, and signatures under what was wrong.

    A step rests on a record that a requirement of it reads, itself or by a fact noted from it.
    """
    filed = [row for each in past.own if each.case == after.id for row in each.records]
    view = View(workflow, after, now)
    lacks: dict[str, Unmet] = {}
    for each in _steps(view, past, {name for name, _ in filed}):
        lacks.setdefault(each.detail, each)  # several requirements may miss the same thing
    return (*lacks.values(), *_signatures(workflow, after, filed))


def done_along(workflow: Workflow, now: Dossier, past: Past) -> tuple[Unmet, ...]:
    """What was done with it by one command: it stands when this is undone."""
    own = (each for each in reversed(standing(past.before)) if each.case == now.id)
    first = next((each for each in own if each.turn == each.act and each.role != SYSTEM), None)
    if first is None or not past.own[0].along:
        return ()
    detail = f"{said_of(workflow, first)}, done with it at once, stands"
    remedy = f"Take it back too, if it is wrong: pairing pair undo {now.reference} --reason ...."
    return (not_taken(first.what, detail, remedy),)


def staying(family: Family, past: Past, targets: Mapping[CaseId, Dossier]) -> Iterator[Unmet]:
    """The cases that what counts no more had opened, and that go on as somebody acted there."""
    for case in (family.cases[each.case] for each in past.own if each.opens):
        if case.closed_at is None and not targets.get(case.id, case).void:
            remedy = f"End it by a step of its own: pairing pair why {case.reference}."
            detail = f"{case.reference} came of it and goes on, as somebody acted there"
            yield not_taken(case.reference, detail, remedy)


def answering(workflow: Workflow, after: Dossier, past: Past, now: datetime) -> Iterator[Unmet]:
    """What answered a record that is void: it stands until somebody takes it back as well."""
    view = View(workflow, after, now)
    void = {name for each in past.own if each.case == after.id for name, _ in each.records}
    since = {name for each in standing(past.since) for name, _ in each.records}
    ladders = (ladder for state in workflow.states.values() for ladder in state.ladders)
    for ladder in ladders:
        if answered(view, ladder) not in void or ladder.unmet is None:
            continue
        paths = ladder.unmet.paths()
        reads = {name for path in paths for name, _ in read_from(workflow, path)}
        for name in sorted(since & reads):
            detail = f"the {workflow.records[name].title}, filed since, answered it and stands"
            again = f'pairing pair void {after.reference} {name} --reason "..."'
            yield not_taken(name, detail, f"If it answers what is wrong: {again}.")


def _steps(view: View, past: Past, names: set[str]) -> Iterator[Unmet]:
    for each in standing(past.since):
        if each.case != view.dossier.id or each.kind != "triggered":
            continue
        for step in _taken(view.workflow, each):
            for requirement in step.requires:
                paths = requirement.check.paths()
                reads = {name for path in paths for name, _ in read_from(view.workflow, path)}
                for lack in lacking(view, requirement) if reads & names else ():
                    detail = f"{step.title}, taken on {each.at:%Y-%m-%d}: {lack.detail}"
                    remedy = f"Look whether it may stand. {lack.remedy}"
                    yield not_taken(requirement.name, detail, remedy)


def _taken(workflow: Workflow, happened: Happened) -> tuple[Transition, ...]:
    return tuple(
        step
        for step in workflow.transitions
        if step.trigger == happened.what
        and happened.left in step.sources
        and step.target == happened.entered
    )


def _signatures(
    workflow: Workflow, after: Dossier, filed: list[tuple[str, int]]
) -> Iterator[Unmet]:
    for name, number in filed:
        for version in after.former.records.get(name, ()):
            if version.number == number and version.signatures:
                yield _unsigned(workflow.records[name], version)


def _unsigned(kind: RecordType, version: RecordVersion) -> Unmet:
    who = " and ".join(
        f"{each.person} ({' '.join(filter(None, (each.role, each.centre)))})"
        for each in version.signatures
    )
    detail = f"the {kind.title}, version {version.number}, was signed by {who}"
    return not_taken(kind.name, detail, "See that they sign the right version.")
