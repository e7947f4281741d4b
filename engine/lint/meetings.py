"""Meetings that cannot be: of a record, a field or a side that nobody declared."""

from collections.abc import Iterator

from engine.checks.meetings import TimesNamed
from engine.lint.findings import Problem, unknown
from engine.lint.paths import checks
from engine.model.definition import Workflow
from engine.model.fields import Field
from engine.model.meetings import Meeting

_DAYS = frozenset({"date", "moment"})
_ANSWER = "yes_no"


def meetings(workflow: Workflow) -> Iterator[Problem]:
    for check, place in checks(workflow):
        asked = isinstance(check, TimesNamed) and workflow.meetings.get(check.meeting)
        if asked and not asked.times:
            sentence = f"nobody is asked for the times of {asked.name}"
            yield Problem(
                place, sentence, "say `asks` whom in the meeting, or wait for `day_fixed`"
            )
    seen: dict[str, str] = {}
    for meeting in workflow.meetings.values():
        yield from _meeting(workflow, meeting)
        other = seen.setdefault(meeting.record, meeting.name)
        if other != meeting.name:
            sentence = f"record {meeting.record} is that of two meetings: {other}, {meeting.name}"
            yield Problem(meeting.place, sentence, "give each a record of its own")


def _meeting(workflow: Workflow, meeting: Meeting) -> Iterator[Problem]:
    record = workflow.records.get(meeting.record)
    if record is None:
        yield unknown(meeting.place, "record", meeting.record, workflow.records)
        return
    fields = {field.name: field for field in record.fields}
    answers = (*meeting.answers.values(), *meeting.times.values(), meeting.options)
    for name in (*meeting.tells, *filter(None, answers)):
        if name not in fields:
            yield unknown(meeting.place, f"field of record {record.name} called", name, fields)
    for side in {**meeting.answers, **meeting.times}:
        if side not in workflow.sides:
            yield unknown(meeting.place, "side", side, workflow.sides)
    yield from _kinds(meeting, fields)
    yield from _held(meeting, fields)


def _held(meeting: Meeting, fields: dict[str, Field]) -> Iterator[Problem]:
    """Of its own record only what may be left out shows that a meeting took place."""
    record, name = meeting.evidence
    planned = name in {meeting.begins, meeting.ends} or name not in fields
    if record == meeting.record and (planned or not fields[name].optional):
        sentence = f"meeting {meeting.name} would be held once its own day is filed"
        remedy = "let `held` be a day in the record of what came of it"
        yield Problem(meeting.place, sentence, remedy)


def _kinds(meeting: Meeting, fields: dict[str, Field]) -> Iterator[Problem]:
    for name in filter(None, (meeting.begins, meeting.ends)):
        if name in fields and fields[name].kind not in _DAYS:
            yield Problem(meeting.place, f"{name} is no day", "name a field of kind date or moment")
    for name in meeting.answers.values():
        if name in fields and fields[name].kind != _ANSWER:
            yield Problem(meeting.place, f"{name} is no yes or no", "let it hold yes_no")
    yield from _options(meeting, fields)
    if meeting.needs_yes and not meeting.answers:
        sentence = f"{meeting.name} needs a yes, and no side is asked"
        yield Problem(meeting.place, sentence, "say `asks` whom, or leave `needs_yes` out")


def _options(meeting: Meeting, fields: dict[str, Field]) -> Iterator[Problem]:
    """What is offered to choose from is a day or a moment as the meeting itself begins."""
    begins, options = fields.get(meeting.begins), fields.get(meeting.options)
    if begins is None or options is None or begins.kind not in _DAYS:
        return
    if (begins.name, begins.kind) not in {(each.name, each.kind) for each in options.rows}:
        sentence = f"{options.name} offers no {begins.name}"
        yield Problem(meeting.place, sentence, f"let each of its rows hold it, a {begins.kind}")
