"""The days on which a meeting is planned."""

from datetime import date

from engine.dates.anchors import target_day
from engine.dates.view import View
from engine.model.meetings import Meeting


def planned_within(view: View, meeting: Meeting) -> tuple[date | None, date | None]:
    """First and last day of the window in which a meeting is to be held, as far as it has any."""
    held = (s for s in view.workflow.states.values() if s.actual == meeting.held and s.window)
    if (state := next(held, None)) is None:
        return None, None
    workflow, dossier = view.workflow, view.dossier
    opens, ends = (target_day(workflow, dossier, state.name, each) for each in ("opens", "ends"))
    return opens, ends
