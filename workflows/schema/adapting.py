"""The record that adapts a case: its rows follow from what the definition lets be adapted."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from engine.checks.values import Present
from engine.model.adapting import ASKED, REASON, SETTINGS, WRITTEN
from engine.model.definition import RecordType, Workflow
from engine.model.fields import Field
from engine.model.requirement import Requirement


def adapting(workflow: Workflow) -> Mapping[str, RecordType]:
    """The records, with what the one that adapts holds, and how each may be asked for by it."""
    records = workflow.records
    found = next((each for each in records.values() if each.adapts is not None), None)
    if found is None:
        return records
    asking = {name: replace(each, ask=_asked(each, found)) for name, each in records.items()}
    whole = replace(asking[found.name], fields=tuple(_fields(workflow, found)), ask=None)
    return MappingProxyType({**asking, found.name: whole})


def _asked(record: RecordType, by: RecordType) -> Requirement:
    """That a record is there: who adapts a case sets aside again what was added."""
    return Requirement(
        name=f"{record.name}_added",
        check=Present(f"record.{record.name}"),
        says=f"{record.title}: it was added for this case.",
        owner=record.by[0],
        remedy=f"File it: {record.title}.",
        waiver=by.by,
        rule=by.rule,
        place=by.place,
    )


def _fields(workflow: Workflow, record: RecordType) -> Iterable[Field]:
    own = [name for name, setting in workflow.settings.items() if not setting.of]
    others = [name for name in workflow.records if name != record.name]
    steps = dict.fromkeys(step.trigger for step in workflow.transitions)
    if own:
        settings = (_choice("setting", own, record), Field("value", "text", place=record.place))
        yield Field(SETTINGS, "rows", optional=True, rows=settings, place=record.place)
    asked = (_choice("record", others, record), _choice("before", steps, record))
    yield Field(ASKED, "rows", optional=True, rows=asked, place=record.place)
    if adapts := record.adapts and record.adapts.letters:
        audiences = (*workflow.roles, *(f"{role}.team" for role in workflow.roles))
        letters = (_choice("letter", adapts, record), _choice("to", audiences, record))
        yield Field(WRITTEN, "rows", optional=True, rows=letters, place=record.place)
    yield Field(REASON, "text", place=record.place)


def _choice(name: str, choices: Iterable[str], record: RecordType) -> Field:
    return Field(name, "choice", choices=tuple(choices), place=record.place)
