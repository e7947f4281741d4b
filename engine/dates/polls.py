"""Polls: the days or times offered for a meeting, and those that each side has named.

An option is what it says, never its place in a list: a list that changes keeps the answers to it.
A day is a day, whoever reads it; a moment has its offset.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain, takewhile

from engine.dates.meetings import spoken, stands_in
from engine.literals import DAY
from engine.model.dossier import EMPTY, Dossier, RecordVersion
from engine.model.meetings import Meeting
from engine.time.moments import moment_of
from engine.time.zones import local_day


@dataclass(frozen=True, slots=True)
class Option:
    """A day or a moment that is offered, as ISO text; ``until`` is the last day of several."""

    begins: str
    until: str = ""

    def words(self) -> Mapping[str, str]:
        """As plain values, for the paths of letters; an option of one day names it once."""
        return {"when": self.begins, "until": self.until if self.until != self.begins else ""}


def offered(dossier: Dossier, meeting: Meeting, at: datetime) -> tuple[Option, ...]:
    """What was on offer at a moment and lay ahead of it, in the order of the record.

    A moment lies ahead until it has come, a day while it is not over at the office.
    Nothing while a day stands. What was on offer when one did is of no use once that is lost.
    """
    versions = [v for v in dossier.records.get(meeting.record, ()) if v.filed_at <= at]
    if not versions or stands_in(meeting, versions[-1]):
        return ()
    used_up = _keys(meeting, next((v for v in reversed(versions) if stands_in(meeting, v)), None))
    today = local_day(at, dossier.office.zone)
    return tuple(
        each
        for each in _options(meeting, versions[-1].content)
        if _key(each.begins) not in used_up and _is_ahead(each.begins, at, today)
    )


def _is_ahead(begins: str, at: datetime, today: date) -> bool:
    moment = moment_of(begins)
    return begins >= today.isoformat() if moment is None else moment > at


def times_of(dossier: Dossier, meeting: Meeting, side: str) -> dict[str, object]:
    """The times that a side has named, of several centres each by its key."""
    return {
        key: versions[-1].content.get(meeting.times[side]) if versions else None
        for key, versions in _counting(dossier, meeting, side)
    }


def named_at(dossier: Dossier, meeting: Meeting) -> datetime | None:
    """Since when every side has named its times; None while one has not, or none is asked."""
    versions, since = dossier.records.get(meeting.record, ()), None
    for count in range(len(versions), 0, -1):
        then = replace(dossier, records={meeting.record: versions[:count]})
        if not _all_named(then, meeting):
            break
        since = versions[count - 1].filed_at
    return since


def _all_named(dossier: Dossier, meeting: Meeting) -> bool:
    said = (times_of(dossier, meeting, side).values() for side in meeting.times)
    return bool(meeting.times) and all(chain(*said))


def named_by_all(dossier: Dossier, meeting: Meeting) -> tuple[str, ...]:
    """The days and moments that every side has named, as the first of them named it."""
    sides = [times_of(dossier, meeting, side).values() for side in meeting.times]
    first, *others = [named_in(words) for words in chain(*sides)] or [()]
    keys = [{_key(each) for each in named} for named in others]
    return tuple(each for each in first if keys and all(_key(each) in theirs for theirs in keys))


def named_in(words: object) -> tuple[str, ...]:
    """The days and moments that a text names; nothing where it says anything else besides."""
    parts = [part.strip() for part in str(words or "").replace(";", ",").split(",")]
    return tuple(parts) if all(_key(part) for part in parts) else ()


def offers_anew(meeting: Meeting, before: RecordVersion | None, after: RecordVersion) -> bool:
    """Whether a version offers what the one before it did not, while no day stands."""
    more = _keys(meeting, after) - _keys(meeting, before)
    return bool(more) and not stands_in(meeting, after)


def offered_anew(
    meeting: Meeting, before: RecordVersion | None, after: RecordVersion
) -> tuple[Option, ...]:
    """What a version offers that the one before it did not."""
    known = _keys(meeting, before)
    return tuple(o for o in _options(meeting, after.content) if _key(o.begins) not in known)


def _counting(
    dossier: Dossier, meeting: Meeting, side: str
) -> Iterator[tuple[str, tuple[RecordVersion, ...]]]:
    """The versions in which each centre has spoken; none where what it said counts no more."""
    every, field = dossier.records.get(meeting.record, ()), meeting.times[side]
    stood = [each for each in every if stands_in(meeting, each)]
    lost = stood[-1] if stood and stood[-1] is not every[-1] else None
    for key, versions in spoken(dossier, meeting, side):
        named = versions[-1].content.get(field) if versions else None
        # What was named before a day was found, and has been lost since, is of no use any more.
        is_old = lost is not None and named == lost.content.get(field)
        is_over = bool(named) and _is_overtaken(meeting, _since(versions, field), every[-1])
        yield key, () if is_old or is_over else versions


def _is_overtaken(meeting: Meeting, said: tuple[str, RecordVersion], latest: RecordVersion) -> bool:
    """Whether other options were offered since: nothing of what was chosen is left, or what was
    said in words was said to fewer of them.
    """
    words, version = said
    on_offer, chosen = _keys(meeting, latest), {_key(each) for each in named_in(words)}
    if chosen and on_offer:
        return not chosen & on_offer
    return bool(on_offer - _keys(meeting, version))


def _since(versions: tuple[RecordVersion, ...], field: str) -> tuple[str, RecordVersion]:
    """What a field says, and the version in which it came to say so."""
    words = versions[-1].content.get(field)
    same = takewhile(lambda each: each.content.get(field) == words, reversed(versions))
    return str(words), list(same)[-1]


def _options(meeting: Meeting, content: Mapping[str, object]) -> Iterator[Option]:
    rows = content.get(meeting.options) if meeting.options else None
    for row in rows if isinstance(rows, list | tuple) else ():
        if isinstance(row, Mapping) and (begins := row.get(meeting.begins)):
            yield Option(str(begins), str(row.get(meeting.ends) or "") if meeting.ends else "")


def _keys(meeting: Meeting, version: RecordVersion | None) -> frozenset[str]:
    content = version.content if version is not None else EMPTY
    return frozenset(_key(each.begins) for each in _options(meeting, content))


def _key(text: str) -> str:
    """A day as it is, a moment by itself in whatever zone it was written; of all else nothing."""
    if DAY.fullmatch(text):
        return text
    moment = moment_of(text)
    return "" if moment is None else moment.isoformat()
