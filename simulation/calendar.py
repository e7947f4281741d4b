"""The days of visits that careful people choose: none in a week in which another one is agreed.

Visits are days; what is online at an hour may stand beside others.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from engine.dates.anchors import day_of
from engine.dates.view import View
from engine.model.definition import Workflow
from engine.model.meetings import Meeting

VISIT = "visit"
_WEEK = timedelta(days=7)


def is_visit(workflow: Workflow, record: str) -> bool:
    """Whether a record says the day of a visit."""
    begins = {f"{each.name}.begins" for each in workflow.meetings.values() if each.record == record}
    agreed = (state.agreed for state in workflow.states.values() if state.meets == VISIT)
    sources = (workflow.anchors[each].sources for each in agreed if each is not None)
    return any(source.of in begins for several in sources for source in several)


def in_a_free_week(view: View, record: str, content: Mapping[str, object]) -> Mapping[str, object]:
    """The same days, so many weeks later that whoever runs the pair has no other visit then."""
    meeting = next(each for each in view.workflow.meetings.values() if each.record == record)
    begins = day_of(content.get(meeting.begins))
    if begins is None:
        return content
    own = {person.key for person in view.dossier.people_as(view.workflow.runs)}
    taken = {
        _week(each.on)
        for each in view.dossier.of_others("load").dated
        if each.kind == VISIT and each.role == view.workflow.runs and each.person in own
    }
    later = timedelta()
    while _week(begins + later) in taken:
        later += _WEEK
    return {**content, **_moved(meeting, content, later)}


def _moved(
    meeting: Meeting, content: Mapping[str, object], later: timedelta
) -> Mapping[str, object]:
    days = (name for name in (meeting.begins, meeting.ends) if content.get(name))
    return {name: (date.fromisoformat(str(content[name])) + later).isoformat() for name in days}


def _week(day: date) -> tuple[int, int]:
    return day.isocalendar()[:2]
