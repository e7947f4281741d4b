"""Meetings whose day may be lost, or go by, and nobody is asked for another one then."""

from collections.abc import Callable, Iterator

from engine.checks.hierarchy import nested
from engine.checks.meetings import DayFixed, TimesNamed
from engine.checks.values import Present
from engine.lint.findings import Problem
from engine.model.check import Check
from engine.model.definition import State, Workflow
from engine.model.meetings import Meeting


def lost_days(workflow: Workflow) -> Iterator[Problem]:
    """Who hears that a meeting is off reads that another day is looked for: somebody is to look."""
    for meeting in workflow.meetings.values():
        own = [each for each in workflow.states.values() if _is_of(meeting, each)]
        for what, waits, remedy in (_LOST, _GONE_BY):
            asked = [_has(each, meeting, waits) for each in own or workflow.states.values()]
            if not (all(asked) if own else any(asked)):
                sentence = f"nobody is asked {what.format(meeting.name)}"
                yield Problem(meeting.place, sentence, remedy.format(meeting.name))


def _is_of(meeting: Meeting, state: State) -> bool:
    """Whether a state is that of the meeting, or asks for times of it."""
    checks = (check for ladder in state.ladders for check in _parts(ladder.unmet))
    sought = (isinstance(each, TimesNamed) and each.meeting == meeting.name for each in checks)
    return state.actual == meeting.held or any(sought)


def _has(state: State, meeting: Meeting, waits: Callable[[Check, Meeting], bool]) -> bool:
    parts = (part for ladder in state.ladders for part in _parts(ladder.unmet))
    return any(waits(part, meeting) for part in parts)


def _parts(check: Check | None) -> Iterator[Check]:
    return iter(()) if check is None else nested(check)


def _waits_for_a_day(check: Check, meeting: Meeting) -> bool:
    is_there = isinstance(check, Present) and check.of == f"meeting.{meeting.name}.begins"
    return is_there or (isinstance(check, DayFixed | TimesNamed) and check.meeting == meeting.name)


def _waits_for_its_record(check: Check, meeting: Meeting) -> bool:
    if isinstance(check, DayFixed):
        return check.meeting == meeting.name and check.grace is not None
    return isinstance(check, Present) and check.of == meeting.held


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
