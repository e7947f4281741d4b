"""Meetings whose day may be lost, or go by, and nobody is asked for another one then."""

from collections.abc import Callable, Iterator
from functools import partial

from engine.checks.hierarchy import nested
from engine.checks.meetings import DayFixed, TimesNamed
from engine.checks.values import Present
from engine.lint.findings import Problem
from engine.model.check import Check
from engine.model.definition import State, Workflow
from engine.model.meetings import Meeting

_Waits = Callable[[Check, Workflow, Meeting], bool]


def lost_days(workflow: Workflow) -> Iterator[Problem]:
    """Who hears that a meeting is off reads that another day is looked for: somebody is to look."""
    for meeting in workflow.meetings.values():
        own = [each for each in workflow.states.values() if _is_of(meeting, each)]
        for what, waits, remedy in (_LOST, _GONE_BY):
            is_waited = partial(_is_waited, waits, workflow, meeting)
            asked = [is_waited(each) for each in own or workflow.states.values()]
            if not (all(asked) if own else any(asked)):
                sentence = f"nobody is asked {what.format(meeting.name)}"
                yield Problem(meeting.place, sentence, remedy.format(meeting.name))


def _is_of(meeting: Meeting, state: State) -> bool:
    """Whether a state is that of the meeting, or asks for times of it."""
    checks = (check for ladder in state.ladders for check in _parts(ladder.unmet))
    sought = (isinstance(each, TimesNamed) and each.meeting == meeting.name for each in checks)
    return state.actual == meeting.held or any(sought)


def _is_waited(waits: _Waits, workflow: Workflow, meeting: Meeting, state: State) -> bool:
    parts = (part for ladder in state.ladders for part in _parts(ladder.unmet))
    return any(waits(part, workflow, meeting) for part in parts)


def _parts(check: Check | None) -> Iterator[Check]:
    return iter(()) if check is None else nested(check)


def _waits_for_a_day(check: Check, _workflow: Workflow, meeting: Meeting) -> bool:
    is_there = isinstance(check, Present) and check.of == f"meeting.{meeting.name}.begins"
    return is_there or (isinstance(check, DayFixed | TimesNamed) and check.meeting == meeting.name)


def _waits_for_its_record(check: Check, workflow: Workflow, meeting: Meeting) -> bool:
    if isinstance(check, DayFixed):
        return check.meeting == meeting.name and check.grace is not None
    return isinstance(check, Present) and (
        check.of == meeting.held or check.of in _never_before(workflow, meeting)
    )


def _never_before(workflow: Workflow, meeting: Meeting) -> frozenset[str]:
    """What is never there before the meeting shows as held: its record cannot be without that."""
    name, shown = meeting.evidence
    record = workflow.records.get(name)
    fields = record.fields if record is not None else ()
    if not any(field.name == shown and not field.optional for field in fields):
        return frozenset()
    return frozenset({f"record.{name}", *(f"record.{name}.{field.name}" for field in fields)})


_LOST = (
    "for another day of {} once it is lost",
    _waits_for_a_day,
    "let a ladder run until `times_named: {0}` or `day_fixed: {0}`",
)
_GONE_BY = (
    "what came of {} once its day has gone by",
    _waits_for_its_record,
    "say `grace` beside `day_fixed: {}`, the days for its record",
)
