"""Whether a case as it stands can go on by another version of its definition, and why not."""

from collections.abc import Iterator

from engine.checks.records import FieldProblem, problems
from engine.decide.unmet import not_taken
from engine.model.adapting import ASKED, SETTINGS, adapting, rows_of
from engine.model.definition import RecordType, State, Workflow
from engine.model.dossier import EMPTY, Dossier, RecordVersion
from engine.model.outcomes import Unmet


def renamed(workflow: Workflow, state: str) -> str:
    """What a state of an earlier version is called by now."""
    return state if state in workflow.states else workflow.renamed.get(state, state)


def unfit(was: Workflow, workflow: Workflow, dossier: Dossier) -> tuple[Unmet, ...]:
    """Everything for which the case cannot go on by this version; nothing when it fits."""
    return (
        *_states(was, workflow, dossier),
        *_records(was, workflow, dossier),
        *_cast(was, workflow, dossier),
        *_adapted(workflow, dossier),
    )


def unread(workflow: Workflow, dossier: Dossier) -> tuple[Unmet, ...]:
    """What is on file and no record of this version: it stays there, and nothing reads it."""
    return tuple(
        not_taken(
            name,
            f"version {versions[-1].number} of it stays on file, and nothing reads it any more",
            "Nothing to do, or keep the record in the definition.",
        )
        for name, versions in dossier.records.items()
        if name not in workflow.records
    )


def _states(was: Workflow, workflow: Workflow, dossier: Dossier) -> Iterator[Unmet]:
    """The state it stands in, and those that a pause interrupted."""
    interrupted = (s.state for s in dossier.stays if s.number in dossier.earlier)
    for name in dict.fromkeys((dossier.state, *interrupted)):
        now = workflow.states.get(renamed(workflow, name))
        if now is None:
            detail = f"there is no state {name} any more"
            yield not_taken(name, detail, "Say under `renamed: states:` which state it is now.")
        else:
            yield from _otherwise(was.states[name], now)


def _otherwise(was: State, now: State) -> Iterator[Unmet]:
    for kind, before, after in (
        ("an end", was.final, now.final),
        ("a pause", was.pauses, now.pauses),
    ):
        if before != after:
            there = f"{now.name} is {kind}" if after else f"{now.name} is {kind} no more"
            remedy = "Give the state another name, and say under `renamed:` where its cases go."
            yield not_taken(was.name, there, remedy)


def _records(was: Workflow, workflow: Workflow, dossier: Dossier) -> Iterator[Unmet]:
    for name, versions in dossier.records.items():
        if name not in workflow.records or workflow.records[name].adapts:
            continue  # what adapts a case is looked at row by row
        for version in _in_force(versions):
            for problem in _worse(was.records.get(name), workflow.records[name], version):
                detail = f"version {version.number}: {problem.said}"
                remedy = f"{problem.remedy} Or let the definition take it, as optional."
                yield not_taken(name, detail, remedy)


def _in_force(versions: tuple[RecordVersion, ...]) -> tuple[RecordVersion, ...]:
    """The last version, of each centre that answers."""
    return tuple({each.centre: each for each in versions}.values())


def _worse(
    was: RecordType | None, kind: RecordType, version: RecordVersion
) -> tuple[FieldProblem, ...]:
    """What is wrong with a content that was not wrong before."""
    before = problems(was.fields, version.content) if was is not None else ()
    return tuple(each for each in problems(kind.fields, version.content) if each not in before)


def _adapted(workflow: Workflow, dossier: Dossier) -> Iterator[Unmet]:
    """What was adapted for this case stays so: each setting is there, and takes its value."""
    record = adapting(workflow)
    latest = dossier.latest(record) if record else None
    content = latest.content if latest is not None else EMPTY
    remedy = f"File {record} anew without it, or keep it in the definition."
    for row in rows_of(content, SETTINGS):
        if found := _of_setting(workflow, row["setting"], row["value"]):
            yield not_taken(row["setting"], found, remedy)
    for row in rows_of(content, ASKED):
        if row["record"] not in workflow.records:
            yield not_taken(row["record"], "it is asked for here, and is no record now", remedy)


def _of_setting(workflow: Workflow, name: str, value: str) -> str:
    """Why a setting cannot have this value, '' where it can."""
    if name not in workflow.settings:
        return "it was adapted here, and is no setting now"
    try:
        workflow.settings[name].read(value)
    except ValueError as error:
        return f"it is {value} here: {error}"
    return ""


def _cast(was: Workflow, workflow: Workflow, dossier: Dossier) -> Iterator[Unmet]:
    """Who takes part plays a role that is there."""
    roles = (person.role for person in dossier.people if not person.general)
    for name in dict.fromkeys((*dossier.parties, *roles)):
        if name not in workflow.roles:
            detail = f"somebody takes part as {name}, and there is no such role any more"
            yield not_taken(name, detail, "Keep the role in the definition.")
    if was.partnership is not None and workflow.partnership is None and dossier.partnership > 1:
        detail = f"partnership {dossier.partnership} goes on, and none is declared any more"
        yield not_taken("partnership", detail, "Keep `partnership:` in the definition.")
