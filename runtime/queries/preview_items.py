"""The calendar items of letters that are only looked at: each meeting at a believable time."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from engine.model.definition import Workflow
from engine.model.meetings import Meeting
from notifications.addresses import Correspondent
from notifications.calendar import Item, Method, written
from notifications.gallery import READER, Exhibit, office
from notifications.parts import Invitation
from notifications.previews import SAMPLE_READER
from notifications.render import Templates

_AT = datetime(2026, 12, 15, 13, tzinfo=UTC)
_ON = date(2027, 1, 14)

Invites = Mapping[str, tuple[Meeting, Method]]  # by the stage of the letter


def invites(workflows: Iterable[Workflow]) -> Invites:
    """Which letters carry a meeting; one of several meetings is shown with the first."""
    found: dict[str, tuple[Meeting, Method]] = {}
    for meeting in (each for workflow in workflows for each in workflow.meetings.values()):
        found.setdefault(meeting.invitation.letter, (meeting, Method.REQUEST))
        found.setdefault(meeting.moved, (meeting, Method.REQUEST))
        found.setdefault(meeting.cancelled, (meeting, Method.CANCEL))
    return found


def with_items(found: Iterable[Exhibit], carried: Invites, texts: Templates) -> Iterator[Exhibit]:
    """The same letters, those of a meeting with its item."""
    for each in found:
        if each.stage.id not in carried:
            yield each
            continue
        meeting, method = carried[each.stage.id]
        title = texts.named(meeting.title, each.language)
        item = _item(meeting, method, title, texts.catalogue.programme)
        yield replace(each, invitation=Invitation(method, written(item)))


def _item(meeting: Meeting, method: Method, title: str, programme: str) -> Item:
    begins: date = _ON if meeting.ends else _AT
    lasts = timedelta(days=1) if meeting.ends else timedelta(minutes=meeting.lasts)
    return Item(
        method=method,
        uid=f"{programme}.preview.{meeting.name}",
        sequence=1,
        stamped_at=_AT,
        title=title,
        begins=begins,
        ends=begins + lasts,
        zone=SAMPLE_READER.zone,
        organiser=office(programme),
        attendee=Correspondent("", READER),
    )
