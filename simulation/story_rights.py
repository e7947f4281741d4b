"""Acts of a story that whoever does them may not do, or that no life ever comes to."""

from collections.abc import Collection, Iterator

from engine.checks.hierarchy import requirements
from engine.model.definition import Workflow
from simulation.acts import Act, File, Pull, Sign, Waive
from workflows.yaml.spot import Spot


def never_done(act: Act, workflow: Workflow, state: str, spot: Spot) -> Iterator[str]:
    """Why an act is refused in every life, or left out of each."""
    barred = sorted({*act.only} & {*act.unless})
    if barred:
        sentence = f"only for {barred[0]} and not for {barred[0]}: no pair does this"
        yield f"{spot.at('unless').place}: {sentence}: leave it out of one of them"
    if isinstance(act, Sign):
        signing = _signing(workflow, act)
        if signing and act.side not in signing:
            place = spot.at("side").place
            remedy = f"let one of {_listed(signing)} sign"
            yield f"{place}: {act.side} does not sign {act.record}: {remedy}"
    allowed = _may(act, workflow, state)
    if allowed and act.by not in allowed and act.by in workflow.roles:
        sentence = f"{act.by} may not {_done(act)}, and is refused each time"
        yield f"{spot.at('by').place}: {sentence}: let one of {_listed(allowed)} do it"


def _listed(roles: Collection[str]) -> str:
    return ", ".join(sorted(roles))


def _may(act: Act, workflow: Workflow, state: str) -> Collection[str]:
    """The roles that may do it; empty where its name is not known, or anybody may."""
    heard = {role.name for role in workflow.office.values() if role.files}
    match act:
        case File() if act.record in workflow.records:
            return {*workflow.records[act.record].by, *heard}
        case Sign():
            return {*_signing(workflow, act), *heard}
        case Pull():
            steps = (step for step in workflow.transitions if state in step.sources)
            return {role for step in steps if step.trigger == act.trigger for role in step.by}
        case Waive():
            asked = (each for each in requirements(workflow) if each.name == act.requirement)
            return {role for each in asked for role in each.waiver}
        case _:
            return ()


def _signing(workflow: Workflow, act: Sign) -> tuple[str, ...]:
    record = workflow.records.get(act.record)
    return () if record is None else record.signatories


def _done(act: File | Sign | Pull | Waive | Act) -> str:
    match act:
        case File():
            return f"file {act.record}"
        case Sign():
            return f"sign {act.record}"
        case Pull():
            return f"take step {act.trigger}"
        case Waive():
            return f"set {act.requirement} aside"
        case _:
            return "do this"
