"""The calendar items of letters that are only looked at, each at the time that its letter names."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from engine.model.definition import Workflow
from engine.model.meetings import Meeting
from notifications.addresses import Correspondent
from notifications.calendar import Item, Method, written
from notifications.gallery import READER, Exhibit, office
from notifications.parts import Invitation
from notifications.previews import SAMPLE_READER, audience, samples
from notifications.render import Templates

_AT = datetime(2026, 12, 15, 13, tzinfo=UTC)  # of a meeting whose letter names no time
_ZONE = ZoneInfo(SAMPLE_READER.zone)
_TITLE = "event.title"  # where a letter says which of several meetings it is about
_NEW = ("event.new_at", "event.new_on"), ("event.new_until",)
_OLD = ("event.old_at", "event.old_on"), ("event.old_until",)


@dataclass(frozen=True, slots=True)
class Carried:
    """A meeting as a letter carries it: where the letter finds when it begins, and its last day."""

    meeting: Meeting
    method: Method
    begins: tuple[str, ...]
    last: tuple[str, ...]


Invites = Mapping[str, tuple[Carried, ...]]  # by the stage of the letter


def invites(workflows: Iterable[Workflow]) -> Invites:
    """Which letters carry a meeting; one that moves or calls off may carry any of several."""
    found: dict[str, tuple[Carried, ...]] = {}
    for meeting in (each for workflow in workflows for each in workflow.meetings.values()):
        record = f"record.{meeting.record}"
        own = (f"{record}.{meeting.begins}",), (f"{record}.{meeting.ends}",)
        for letter, method, days in (
            (meeting.invitation.letter, Method.REQUEST, own),
            (meeting.moved, Method.REQUEST, _NEW),
            (meeting.cancelled, Method.CANCEL, _OLD),
        ):
            found[letter] = (*found.get(letter, ()), Carried(meeting, method, *days))
    return found


def with_items(found: Iterable[Exhibit], carried: Invites, texts: Templates) -> Iterator[Exhibit]:
    """The same letters, those of a meeting with its item."""
    for each in found:
        if each.stage.id not in carried:
            yield each
            continue
        said, several = _said(each, texts), carried[each.stage.id]
        named = (one for one in several if one.meeting.title == said.get(_TITLE))
        one = next(named, several[0])
        title = texts.named(one.meeting.title, each.language)
        item = _item(one, said, title, texts.catalogue.programme)
        yield replace(each, invitation=Invitation(one.method, written(item)))


def _said(exhibit: Exhibit, texts: Templates) -> dict[str, object]:
    """What a letter says, by where it is found."""
    stage, facts = exhibit.stage, texts.catalogue.facts
    shown = samples(texts, stage, audience(stage), exhibit.language)
    return {facts[name].source.partition(" or ")[0]: value for name, value in shown.items()}


def _item(carried: Carried, said: Mapping[str, object], title: str, programme: str) -> Item:
    meeting = carried.meeting
    begins, ends = _span(carried, said)
    return Item(
        method=carried.method,
        uid=f"{programme}.preview.{meeting.name}",
        sequence=1,
        stamped_at=_AT,
        title=title,
        begins=begins,
        ends=ends,
        zone=SAMPLE_READER.zone,
        organiser=office(programme),
        attendee=Correspondent("", READER),
    )


def _span(carried: Carried, said: Mapping[str, object]) -> tuple[date, date]:
    """When it begins and is over, or its first and last day: one of several days has whole days."""
    begins = _first(carried.begins, said, _AT)
    if not carried.meeting.ends and isinstance(begins, datetime):
        return begins, begins + timedelta(minutes=carried.meeting.lasts)
    return _day(begins), _day(_first(carried.last, said, begins))


def _first(paths: Iterable[str], said: Mapping[str, object], otherwise: date) -> date:
    return next((value for path in paths if isinstance(value := said.get(path), date)), otherwise)


def _day(at: date) -> date:
    return at.astimezone(_ZONE).date() if isinstance(at, datetime) else at
