"""docs/reference/<workflow>.md: a definition with its words, as one reads it aloud.

``python -m tests.support.aloud`` writes a page for each workflow of the programme.
"""

import sys
from collections.abc import Iterator
from functools import cache

from engine.model.definition import (
    Effect,
    Ladder,
    Notify,
    OpenCase,
    RaiseFlag,
    RecordType,
    Rung,
    SetFact,
    State,
    Tell,
    Transition,
    Watch,
    Workflow,
)
from engine.model.meetings import Meeting
from engine.model.requirement import Requirement
from tests.support.pictures import date_in_words, workflows
from tests.support.reference import FOLDER

_HEAD = "<!-- made by python -m tests.support.aloud -->"


@cache
def pages() -> dict[str, str]:
    """Each page by the name of its file."""
    return {f"{name}.md": "\n".join(_page(each)) + "\n" for name, each in workflows().items()}


def _page(workflow: Workflow) -> Iterator[str]:
    yield from (_HEAD, f"# {workflow.title}", "")
    yield f"Version {workflow.version}, from: {workflow.source}."
    for phase in workflow.phases.values():
        yield from ("", f"## {phase.title}")
        for state in workflow.states.values():
            if state.phase == phase.name:
                yield from _state(state, workflow)
    shared = [step for step in workflow.transitions if step.sources[1:]]
    if shared:
        yield from ("", "## Steps out of several states")
    for step in shared:
        yield from _step(step)
    yield from _records(workflow)
    yield from _meetings(workflow)
    yield from _flags(workflow)


def _state(state: State, workflow: Workflow) -> Iterator[str]:
    yield from ("", f"### {state.title} (`{state.name}`)", "")
    said = [_rules(state.rule), f"It is the turn of {_all(state.acts)}." if state.acts else ""]
    said += ["The case ends here."] * state.final + ["The clock stands still."] * state.pauses
    said += ["It holds a place."] * state.holds_place
    if state.window:
        said.append(f"It is to be over by {date_in_words(state.window.target)}.")
    yield " ".join(each for each in said if each)
    if state.entry:
        yield f"When it begins, {_effects(state.entry)}."
    yield from _listed("While this is open:", map(_ladder, state.ladders))
    for step in workflow.transitions:
        if step.sources == (state.name,):
            yield from _step(step)
    others = [step for step in workflow.transitions if step.sources[1:]]
    also = tuple(step.title for step in others if state.name in step.sources)
    if also:
        yield from ("", f"It may also be left by: {'; '.join(also)}.")


def _step(step: Transition) -> Iterator[str]:
    leads = {"stay": "and stays", "resume": "and goes back"}.get(step.target, f"to `{step.target}`")
    by = f"by {_all(step.by)}, {leads} {_rules(step.rule)}"
    yield from ("", f"**{step.title}** (`{step.trigger}`), {by}".rstrip() + ".")
    yield from _listed("It asks:", map(_requirement, step.requires))
    if step.effects:
        yield from ("", f"Then {_effects(step.effects)}.")


def _requirement(asked: Requirement) -> str:
    if asked.no_waiver:
        weight = f"Nobody may set it aside: {asked.no_waiver}"
    elif asked.warns:
        weight = "It only warns."
    else:
        weight = f"May be set aside by {_all(asked.waiver)}." if asked.waiver else ""
    return f"{asked.says} *{asked.owner}: {asked.remedy}* {weight} {_rules(asked.rule)}".strip()


def _ladder(ladder: Ladder) -> str:
    rungs = "; ".join(_rung(rung) for rung in ladder.rungs)
    return f"{ladder.title or ladder.name}: {rungs}. {_rules(ladder.rule)}".strip()


def _rung(rung: Rung) -> str:
    does = [f"{rung.letter} to {_all(rung.to)}"] if rung.letter else []
    does += [f"the flag {rung.flag.flag}, {rung.flag.severity}"] if rung.flag else []
    does += [f"the step `{rung.fire}`"] if rung.fire else []
    again = f", and every {rung.every.in_words()}" if rung.every else ""
    return f"{date_in_words(rung.at)} {' and '.join(does)}{again}"


def _records(workflow: Workflow) -> Iterator[str]:
    if workflow.records:
        yield from ("", "## What is filed", "")
    for record in workflow.records.values():
        yield f"- {_record(record)}"


def _record(record: RecordType) -> str:
    said = [f"**{record.title}** (`{record.name}`), by {_all(record.by)}"]
    said += [f"read by {_all(record.readers)}"] if record.readers else []
    said += [f"signed by {_all(record.signatories)}"] if record.signatories else []
    holds = ", ".join(
        f"{each.name}{' (or not)' if each.optional else ''}" for each in record.fields
    )
    then = f" Then {_effects(record.effects)}." if record.effects else ""
    signed = f" With each signature {_effects(record.signed)}." if record.signed else ""
    return f"{', '.join(said)}. It holds {holds}.{then}{signed} {_rules(record.rule)}".strip()


def _meetings(workflow: Workflow) -> Iterator[str]:
    if workflow.meetings:
        yield from ("", "## Meetings", "")
    for each in workflow.meetings.values():
        agreed = "once both sides have said yes" if each.needs_yes else "once its day is fixed"
        asked = f" Times are named by {_all(tuple(each.times))}." if each.times else ""
        yield (
            f"- **{each.title}** (`{each.name}`): its day stands in `{each.record}`.{asked} "
            f"{_length(workflow, each)}"
            f"{each.invitation.letter} to {_all(each.invitation.to)} {agreed}; whoever was told "
            f"gets {each.moved} when it is another, {each.cancelled} when it is off. "
            f"{_rules(each.rule)}"
        ).rstrip()


def _length(workflow: Workflow, meeting: Meeting) -> str:
    fields = workflow.records[meeting.record].fields
    has_hour = any(each.name == meeting.begins and each.kind == "moment" for each in fields)
    return f"It takes {meeting.lasts} minutes. " if has_hour else ""


def _flags(workflow: Workflow) -> Iterator[str]:
    if workflow.flags:
        yield from ("", "## Flags", "")
    for flag in workflow.flags.values():
        hidden = f" Not shown to {_all(flag.hidden_from)}." if flag.hidden_from else ""
        then = f" Then {_effects(flag.effects)}." if flag.effects else ""
        yield f"- **{flag.title}** ({flag.name}), {flag.severity}.{hidden}{then}"
    yield from _listed("They are raised when this is not so:", map(_watch, workflow.watches))


def _watch(watch: Watch) -> str:
    when = ["always"] * watch.always
    when += [f"after {_all(watch.filed)}"] if watch.filed else []
    when += [f"when {_all(watch.left)} is left"] if watch.left else []
    return f"{watch.requirement.says} ({watch.flag.flag}, looked at {', '.join(when)})"


def _effects(effects: tuple[Effect, ...]) -> str:
    return ", ".join(_effect(each) + (" (on a condition)" if each.when else "") for each in effects)


def _effect(effect: Effect) -> str:
    match effect:
        case Notify():
            return f"{effect.letter} goes to {_all(effect.to)}"
        case OpenCase():
            return f"a case of {effect.workflow} is opened"
        case Tell():
            whom = "the parent" if effect.to_parent else effect.workflow or "all children"
            return f"`{effect.trigger}` is passed to {whom}"
        case SetFact():
            return f"{effect.fact} becomes {_value(effect)}"
        case RaiseFlag():
            return f"the flag {effect.flag} is raised"


def _value(effect: SetFact) -> str:
    if effect.path:
        return effect.path
    value = effect.value
    return str(value).lower() if isinstance(value, bool | int) else f'"{value}"'


def _listed(head: str, lines: Iterator[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield from ("", head, "")
        yield from (f"- {line}" for line in found)


def _all(names: tuple[str, ...]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)


def _rules(rules: tuple[str, ...]) -> str:
    return f"({', '.join(rules)})" if rules else ""


if __name__ == "__main__":
    for file, text in pages().items():
        (FOLDER / file).write_text(text, encoding="utf-8")
    sys.stdout.write(f"{FOLDER}: {len(pages())} pages\n")
