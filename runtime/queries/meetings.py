"""The meetings of a case: how each stands, who answered what, who was told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.dates.anchors import day_of
from engine.dates.meetings import overtaken_on, standing
from engine.dates.view import View
from engine.model.dossier import EMPTY
from engine.model.meetings import GONE, Agreement, Heard, Meeting
from engine.time.moments import moment_of
from engine.time.zones import local_time

HELD, AGREED, REFUSED, CANCELLED, SOUGHT = "held", "agreed", "refused", "cancelled", "sought"


@dataclass(frozen=True, slots=True)
class SideAnswer:
    """What a side has said: the times it named, and whether the day suits it."""

    side: str
    times: str
    accepts: bool | None


@dataclass(frozen=True, slots=True)
class ToldOf:
    """What somebody heard last of a meeting, and the number of that letter."""

    person: str
    heard: str
    sequence: int
    is_written: bool


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """One meeting; ``clocks`` tells its hour at each centre, where it has one."""

    meeting: str
    title: str
    identity: str
    sequence: int
    state: str
    begins: str
    ends: str
    clocks: tuple[str, ...]
    place: str
    answers: tuple[SideAnswer, ...]
    told: tuple[ToldOf, ...]


def meetings_of(view: View) -> tuple[MeetingLine, ...]:
    """Those of which something is known, in the order of the definition."""
    return tuple(line for each in view.workflow.meetings.values() for line in _line(view, each))


def _line(view: View, meeting: Meeting) -> Iterator[MeetingLine]:
    dossier = view.dossier
    former = {stay.number for stay in dossier.former.stays}
    heard = [e for e in dossier.heard if e.meeting == meeting.name and e.stay not in former]
    latest = dossier.latest(meeting.record)
    if latest is None and not heard:
        return
    content = latest.content if latest is not None else EMPTY
    is_over = overtaken_on(view.workflow, dossier, meeting) is not None
    agreed = None if is_over else standing(view.workflow, dossier, meeting)
    begins = str(content.get(meeting.begins) or "")
    ends = str(content.get(meeting.ends) or "") if meeting.ends else ""
    held_on, first, last = (day_of(each) for each in (view.value(meeting.held), begins, ends))
    if held_on is not None and (first is None or not first <= held_on <= (last or first)):
        begins, ends = held_on.isoformat(), ""  # on another day than the agreed one
    number = f"/{dossier.partnership}" if dossier.partnership > 1 else ""
    yield MeetingLine(
        meeting=meeting.name,
        title=meeting.title,
        identity=f"{dossier.reference}/{meeting.name}{number}",
        sequence=max((each.sequence for each in heard), default=0),
        state=SOUGHT if is_over else _state(view, meeting, agreed, heard),
        begins=begins,
        ends=ends,
        clocks=tuple(_clocks(view, begins)),
        place=", ".join(str(content[name]) for name in meeting.places if content.get(name)),
        answers=tuple(_answers(view, meeting, content)),
        told=tuple(_told(heard)),
    )


def _state(view: View, meeting: Meeting, agreed: Agreement | None, heard: list[Heard]) -> str:
    if view.value(meeting.held):
        return HELD
    if agreed is not None:
        return AGREED
    latest = view.dossier.latest(meeting.record)
    content = latest.content if latest is not None else EMPTY
    if any(content.get(answer) is False for answer in meeting.answers.values()):
        return REFUSED
    return CANCELLED if any(each.state not in GONE for each in heard) else SOUGHT


def _clocks(view: View, begins: str) -> Iterator[str]:
    """The moment at each centre, once where their clocks are one."""
    moment = moment_of(begins)
    if moment is None:
        return
    parties = [each for side in view.workflow.sides for each in view.dossier.parties_of(side)]
    places: dict[str, list[str]] = {}
    for party in parties or [view.dossier.office]:
        at = f"{local_time(moment, party.zone):%Y-%m-%d %H:%M}"
        places.setdefault(at, []).append(party.short_name)
    yield from (f"{at} {' and '.join(names)}" for at, names in places.items())


def _answers(view: View, meeting: Meeting, content: Mapping[str, object]) -> Iterator[SideAnswer]:
    for side, field in meeting.times.items():
        accepts = view.value(f"meeting.{meeting.name}.{side}")  # to the day that stands
        times = str(content.get(field) or "")
        yield SideAnswer(side, times, accepts if isinstance(accepts, bool) else None)


def _told(heard: list[Heard]) -> Iterator[ToldOf]:
    """Each reader's last letter."""
    last = {each.reader: each for each in heard if each.state not in GONE}
    for each in last.values():
        yield ToldOf(each.name, each.call, each.sequence, is_written=not each.is_pending)
