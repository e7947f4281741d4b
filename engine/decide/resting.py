"""What rests on an act, and what rested on a record that counts no more."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from engine.dates.view import View
from engine.decide.past_acts import said_of, standing
from engine.decide.read_from import read_from
from engine.decide.unmet import lacking, not_taken
from engine.letters.rounds import answered
from engine.model.act_titles import title_of
from engine.model.definition import SYSTEM, RecordType, Transition, Workflow
from engine.model.dossier import CaseId, Dossier, PersonId, RecordVersion
from engine.model.family import Family
from engine.model.outcomes import Unmet
from engine.model.past import Happened, Past


def rests(past: Past, family: Family, reason: str) -> tuple[Unmet, ...]:
    """What was done since in the cases that the act touched: first that is to be taken back.

    What came with something that a person did elsewhere in the family is that person's act.
    """
    touched = {each.case for each in past.own if each.kind != "refreshed"}
    since = standing(past.since)
    by_people = {each.act: each for each in since if each.turn == each.act and each.role != SYSTEM}
    found: dict[int, Happened] = {}
    for each in reversed(since):
        if each.case not in touched or each.kind in {"refreshed", "started"}:
            continue
        is_at_rest = each.kind in {"undeliverable", "wrote_back"} or each.left == each.entered
        if each.role != SYSTEM or not is_at_rest:
            person = by_people.get(each.act, each)
            done = person if person.case in family.cases else each
            found.setdefault(done.turn, done)
    return tuple(
        _resting(each, family.cases[each.case].reference, _said_in(family, each), reason)
        for _, each in sorted(found.items(), reverse=True)
    )


def _said_in(family: Family, each: Happened) -> str:
    return said_of(family.workflow(each.case), each)


def _resting(each: Happened, where: str, what: str, reason: str) -> Unmet:
    who = "the clock" if each.role == SYSTEM else each.by
    detail = f"{where}: {what}, of {each.at:%Y-%m-%d} by {who}, rests on it"
    remedy = f'Take that back first: pairing pair undo {where} --reason "{reason}".'
    if each.role == SYSTEM:
        remedy = "What the clock did is not taken back: take a step that leads to where it belongs."
    if each.kind == "assigned" and each.handed is None:
        remedy = "Name whoever stood there before first."
    return not_taken("undo", detail, remedy)


def gone_along(past: Past) -> tuple[Happened, ...]:
    """What people did that goes with an act: the steps that came with it, and what rests on it."""
    first = (each for each in past.own if each.turn == each.act and each.act != past.act)
    return tuple(each for each in first if each.role != SYSTEM)


def played(dossier: Dossier, happened: Iterable[Happened]) -> Iterator[tuple[str, PersonId]]:
    """Who did it, each in the role of then; nobody who is here no more."""
    keys = {each.key: each.id for each in dossier.everybody()}
    return ((each.role, keys[each.by]) for each in happened if each.by in keys)


def past_partnership(
    past: Past, targets: Mapping[CaseId, Dossier], on: CaseId
) -> tuple[Unmet, ...]:
    """That an act was of a partnership which has ended since, and stays so: it is history."""
    before, after = past.around[0].before[on], targets[on]
    if before.partnership == after.partnership:
        return ()
    detail = "the partnership it was of has ended since"
    return (not_taken(after.reference, detail, "Nothing to do."),)


def titles_of(family: Family, happened: Iterable[Happened]) -> tuple[str, ...]:
    """Each as the programme calls it."""
    titles = (title_of(family.workflow(e.case), e.kind, e.what) or e.what for e in happened)
    return tuple(dict.fromkeys(titles))


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
