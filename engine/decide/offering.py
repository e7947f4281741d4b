"""Options for a meeting that hardly fit it. They warn and are taken: dates warn (B-13)."""

from collections.abc import Iterator
from datetime import date

from engine.dates.planned import planned_within
from engine.dates.polls import Option, offered_anew
from engine.dates.view import View
from engine.literals import DAY
from engine.model.dossier import RecordVersion
from engine.model.meetings import Meeting
from engine.model.outcomes import NOBODY_ELSE, Unmet
from engine.time.moments import moment_of
from engine.time.zones import local_day

_SAYS = "The days on offer fit the meeting."


def doubtful(
    view: View, record: str, before: RecordVersion | None, after: RecordVersion
) -> tuple[Unmet, ...]:
    """What is odd about the options that a version of a record offers for the first time."""
    return tuple(
        Unmet("options", _SAYS, detail, NOBODY_ELSE, remedy, rule=meeting.rule)
        for meeting in view.workflow.meetings.values()
        if meeting.record == record and meeting.options
        for option in offered_anew(meeting, before, after)
        for detail, remedy in _odd(view, meeting, option)
    )


def _odd(view: View, meeting: Meeting, option: Option) -> Iterator[tuple[str, str]]:
    first = _day(view, option.begins)
    last = _day(view, option.until) or first
    if first is None or last is None:
        return
    opens, ends = planned_within(view, meeting)
    title = f'"{meeting.title}"'
    if opens is not None and first < opens:
        yield f"{first} lies before {opens}, from which {title} is planned", _other(opens, ends)
    # Once the window has gone by, whatever suits is looked for.
    if ends is not None and last > ends >= view.today:
        yield f"{last} lies after {ends}, up to which {title} is planned", _other(opens, ends)
    if meeting.ends and last == first:
        yield f"{first} is one day, {title} lasts for several", f"Offer {meeting.ends} as well."


def _other(opens: date | None, ends: date | None) -> str:
    days = " ".join((f"from {opens}" if opens else "", f"until {ends}" if ends else "")).strip()
    return f"Offer a day {days}, if the window is to hold."


def _day(view: View, text: str) -> date | None:
    if DAY.fullmatch(text):
        return date.fromisoformat(text)
    moment = moment_of(text)
    return None if moment is None else local_day(moment, view.dossier.office.zone)
