"""The day of a meeting: agreed, or refused by a side, or held already."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from engine.model.definition import Workflow
from engine.model.dossier import EMPTY, Dossier, RecordVersion
from engine.model.meetings import PROPOSED, Agreement, Meeting, SeeksDay
from engine.time.moments import moment_of
from engine.time.zones import local_day


def agreement(workflow: Workflow, dossier: Dossier, name: str) -> Agreement | None:
    """What people hold to of a meeting: its day and place; nothing while it is not agreed."""
    meeting = workflow.meetings.get(name)
    latest = dossier.latest(meeting.record) if meeting is not None else None
    if meeting is None or latest is None:
        return None
    said = (answers_of(dossier, meeting, side) for side in meeting.answers)
    return _agreed(meeting, latest.content, [each for of in said for each in of.values()])


def standing(workflow: Workflow, dossier: Dossier, meeting: Meeting) -> Agreement | None:
    """What people hold to by now: nothing once the case has ended, or while it rests."""
    state = workflow.state(dossier.state)
    return None if state.final or state.pauses else agreement(workflow, dossier, meeting.name)


def agreed_in(meeting: Meeting, version: RecordVersion) -> Agreement | None:
    """The same of one version of its record."""
    content = version.content
    return _agreed(meeting, content, [content.get(name) for name in meeting.answers.values()])


def answers_of(dossier: Dossier, meeting: Meeting, side: str) -> dict[str, object]:
    """Its yes or no to the day that stands; of several centres what was said to another is gone."""
    found: dict[str, object] = {}
    for key, versions in spoken(dossier, meeting, side):
        version = versions[-1] if versions else None
        said = None if version is None else version.content.get(meeting.answers[side])
        is_gone = version is not None and _is_gone(dossier, meeting, version, said)
        found[key] = None if is_gone else said
    return found


def refused_by(dossier: Dossier, meeting: Meeting) -> list[str]:
    """The centres that said no to the day that stands, by name."""
    said = {side: answers_of(dossier, meeting, side) for side in meeting.answers}
    return [
        centre.name
        for side, answers in said.items()
        for centre in dossier.parties_of(side)
        if answers.get(centre.key, answers.get(side)) is False
    ]


def is_lost(dossier: Dossier, meeting: Meeting) -> bool:
    """Whether no day stands by now: a side refused it, or it was taken out."""
    latest = dossier.latest(meeting.record)
    said = [
        each for side in meeting.answers for each in answers_of(dossier, meeting, side).values()
    ]
    return latest is None or not latest.content.get(meeting.begins) or False in said


def _is_gone(dossier: Dossier, meeting: Meeting, version: RecordVersion, said: object) -> bool:
    """A no goes with its day; so does a yes where every side is to say one. Else it goes on where
    the day was moved, and not where it was lost.
    """
    versions, day = dossier.records[meeting.record], _day_in(meeting, version)
    if day == _day_in(meeting, versions[-1]):
        return False
    later = [v for v in versions if v.number >= version.number or _day_in(meeting, v) == day]
    moved_on = versions[-1].filed_at.date()
    gone_by = has_gone_by(meeting, version.content, moved_on)
    is_for_that_day = said is False or meeting.needs_yes or gone_by
    return is_for_that_day or not all(stands_in(meeting, each) for each in later)


def stands_in(meeting: Meeting, version: RecordVersion) -> bool:
    """Whether a day stands in it: named, and refused by nobody, whoever is still to answer."""
    refused = any(version.content.get(name) is False for name in meeting.answers.values())
    return not refused and bool(version.content.get(meeting.begins))


def has_gone_by(meeting: Meeting, content: Mapping[str, object], today: date) -> bool:
    """Whether its day lies behind: what was said to it is said to no other."""
    last = str(content.get(meeting.ends) or content.get(meeting.begins) or "")
    return bool(last) and last[: len("2026-12-31")] < today.isoformat()


def spoken(
    dossier: Dossier, meeting: Meeting, side: str
) -> Iterator[tuple[str, tuple[RecordVersion, ...]]]:
    """The versions in which each of several centres spoke, or the office for all of them."""
    versions = dossier.records.get(meeting.record, ())
    centres = dossier.parties_of(side)
    if len(centres) < 2:  # noqa: PLR2004 - several
        yield side, versions
        return
    for key in (centre.key for centre in centres):
        own = tuple(each for each in versions if each.centre == key)
        yield key, own or tuple(each for each in versions if not each.centre)


def same_day(meeting: Meeting, one: RecordVersion, other: RecordVersion) -> bool:
    """Whether two versions name the same day, or none."""
    return _day_in(meeting, one) == _day_in(meeting, other)


def _day_in(meeting: Meeting, version: RecordVersion | None) -> tuple[object, ...]:
    content = version.content if version is not None else EMPTY
    return tuple(content.get(name) for name in (meeting.begins, meeting.ends) if name)


def _agreed(
    meeting: Meeting, content: Mapping[str, object], answers: list[object]
) -> Agreement | None:
    wanting = (None, False) if meeting.needs_yes else (False,)
    if not content.get(meeting.begins) or any(each in wanting for each in answers):
        return None
    return {name: content[name] for name in meeting.tells if content.get(name)}


def alike(one: Agreement | None, other: Agreement | None) -> bool:
    """Whether two are the same for whoever goes there."""
    return _compared(one) == _compared(other)


def value_at(workflow: Workflow, dossier: Dossier, path: str, today: date) -> object:
    """What ``meeting.visit.begins`` leads to: a day that is agreed, see ``agreed_at``; as
    ``proposed`` one that people may say yes to still; under a side its answer as it stands.
    """
    name, _, part = path.partition(".")
    meeting = workflow.meetings.get(name)
    if meeting is None or part not in {PROPOSED, *meeting.answers}:
        return agreed_at(workflow, dossier, path)
    if part == PROPOSED:
        open_still = is_proposed(dossier, meeting, today)
        return dossier.records[meeting.record][-1].content[meeting.begins] if open_still else None
    if overtaken_on(workflow, dossier, meeting) is not None:
        return None
    said = set(answers_of(dossier, meeting, part).values())
    return False if False in said else True if said == {True} else None


def is_proposed(dossier: Dossier, meeting: Meeting, today: date) -> bool:
    """Whether a day stands that nobody refused, and that has not gone by."""
    latest = dossier.latest(meeting.record)
    if latest is None or is_lost(dossier, meeting):
        return False
    return not has_gone_by(meeting, latest.content, today)


def agreed_at(workflow: Workflow, dossier: Dossier, path: str) -> object:
    """The day or moment at ``meeting.begins`` or ``meeting.ends``; nothing while it is not agreed.

    A meeting of one day ends on the day on which it begins.
    """
    name, _, bound = path.partition(".")
    found = agreement(workflow, dossier, name)
    if found is None or overtaken_on(workflow, dossier, workflow.meetings[name]) is not None:
        return None
    meeting = workflow.meetings[name]
    return found.get(meeting.ends if bound == "ends" and meeting.ends else meeting.begins)


def still_agreed(workflow: Workflow, dossier: Dossier, path: str) -> object:
    """The same while it is ahead: nothing leads up to a meeting that was held, early or not."""
    meeting = workflow.meetings.get(path.partition(".")[0])
    is_over = meeting is not None and held_since(dossier, meeting) is not None
    return None if is_over else agreed_at(workflow, dossier, path)


def held_since(dossier: Dossier, meeting: Meeting) -> datetime | None:
    """The moment at which it was filed that it was held; nothing while that is not on file."""
    record, shown = meeting.evidence
    since: datetime | None = None
    for version in dossier.records.get(record, ()):
        is_held = not shown or bool(version.content.get(shown))
        since = (since or version.filed_at) if is_held else None
    return since


def _compared(said: Agreement | None) -> dict[str, str] | None:
    return None if said is None else {name: _plain(value) for name, value in said.items()}


def _plain(value: object) -> str:
    """A value as it is compared: a moment is the same in whatever zone it was written."""
    text = str(value).strip()
    moment = moment_of(text)
    return text if moment is None else moment.isoformat()


def overtaken_on(workflow: Workflow, dossier: Dossier, meeting: Meeting) -> date | None:
    """The day on which the agreed day turned out to be over: then another is to be found. A pause
    ended in which it went by, or the case came back from a later state in which it did.

    A day that the pause left ahead holds again, and so does one on which people met all the same.
    """
    found = agreement(workflow, dossier, meeting.name)
    if found is None or held_since(dossier, meeting) is not None:
        return None
    last = str(found.get(meeting.ends) or found[meeting.begins])[: len("2026-12-31")]
    gone_by = (
        pause.ended_on
        for pause in dossier.pauses
        if pause.ended_on and pause.began_on.isoformat() <= last < pause.ended_on.isoformat()
    )
    return next(gone_by, None) or _back_since(workflow, dossier, meeting, last)


def _back_since(workflow: Workflow, dossier: Dossier, meeting: Meeting, last: str) -> date | None:
    """The day on which the case came back to seek its day, where that fell into a later state.

    Who is only late with the step to it may have met as agreed: of that the office is asked.
    """
    zone, order = dossier.office.zone, list(workflow.states)
    away = (
        (local_day(stay.entered_at, zone).isoformat(), local_day(stay.left_at, zone).isoformat())
        for stay in dossier.stays
        if stay.left_at is not None and order.index(stay.state) > order.index(dossier.state)
    )
    is_back = any(since <= last < until for since, until in away)
    checks: tuple[object, ...] = tuple(each.unmet for each in workflow.state(dossier.state).ladders)
    is_sought = any(isinstance(c, SeeksDay) and c.meeting == meeting.name for c in checks)
    return local_day(dossier.entered_at, zone) if is_back and is_sought else None
