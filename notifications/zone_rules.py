"""The rules by which the clocks of a zone change, as calendar items tell them (RFC 5545)."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_YEARS = 28  # in which every day of a month falls on every day of the week
_WEEK = timedelta(days=7)
_SECOND = timedelta(seconds=1)
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FOURTH = 4  # a fifth Sunday is not in every month


@dataclass(frozen=True, slots=True)
class Onset:
    """From when on the clocks run otherwise; ``begins`` is read off the clocks before it.

    ``weekday`` is ``-1SU`` for the last Sunday of its month, every year; empty where clocks never
    change.
    """

    begins: datetime
    before: timedelta
    after: timedelta
    name: str
    weekday: str = ""

    @property
    def is_summer(self) -> bool:
        return self.after > self.before


def onsets(zone: str, year: int) -> tuple[Onset, ...]:
    """The changes of a zone in the year before a year and in all that follow, by one rule.

    Nothing for UTC, and nothing where no such rule is to be seen: where clocks follow the moon,
    where the law changes in those years, or where the day is not the first to fourth or the last
    of its name in the month, the only kinds that Outlook knows. Then a moment is told in UTC.
    """
    return _onsets(zone, year - 1)


@lru_cache(maxsize=256)
def _onsets(zone: str, first: int) -> tuple[Onset, ...]:
    rules = ZoneInfo(zone)
    changes = tuple(_changes(rules, first))
    if not changes:
        return _always(rules, datetime(first, 1, 1, tzinfo=UTC))
    ways = {(each.before, each.after) for each in changes}
    found = [_every_year([each for each in changes if _way(each) == way]) for way in sorted(ways)]
    if len(found) != len(_SEASONS) or None in found:
        return ()
    return tuple(each for each in found if each is not None)


_SEASONS = ("winter", "summer")


def _always(rules: ZoneInfo, at: datetime) -> tuple[Onset, ...]:
    local = at.astimezone(rules)
    offset = local.utcoffset() or timedelta()
    bare = at.replace(tzinfo=None)
    return (Onset(bare, offset, offset, local.tzname() or ""),) if offset else ()


def _way(onset: Onset) -> tuple[timedelta, timedelta]:
    return onset.before, onset.after


def _every_year(changes: Sequence[Onset]) -> Onset | None:
    """The first of them with the weekday by which all follow, once a year; None without a rule."""
    first = changes[0]
    alike = {(e.begins.month, e.begins.weekday(), e.begins.time(), e.name) for e in changes}
    years = [each.begins.year for each in changes]
    if len(alike) != 1 or years != list(range(first.begins.year, first.begins.year + _YEARS)):
        return None
    places = {(each.begins.day - 1) // len(_DAYS) + 1 for each in changes}
    if len(places) == 1 and max(places) <= _FOURTH:
        return _ruled(first, max(places))
    return _ruled(first, -1) if all(_is_last(each.begins) for each in changes) else None


def _ruled(first: Onset, place: int) -> Onset:
    weekday = f"{place}{_DAYS[first.begins.weekday()]}"
    return Onset(first.begins, first.before, first.after, first.name, weekday)


def _is_last(day: datetime) -> bool:
    return day.day > monthrange(day.year, day.month)[1] - len(_DAYS)


def _changes(rules: ZoneInfo, first: int) -> Iterator[Onset]:
    """Every change of the clocks, found to the second; two within a week are none we know."""
    at, end = datetime(first, 1, 1, tzinfo=UTC), datetime(first + _YEARS, 1, 1, tzinfo=UTC)
    while at < end:
        later = min(at + _WEEK, end)
        if _offset(at, rules) != _offset(later, rules):
            yield _change(at, later, rules)
        at = later


def _change(low: datetime, high: datetime, rules: ZoneInfo) -> Onset:
    before, after = _offset(low, rules), _offset(high, rules)
    while high - low > _SECOND:
        middle = low + (high - low) // (2 * _SECOND) * _SECOND
        low, high = (middle, high) if _offset(middle, rules) == before else (low, middle)
    begins = (high + before).replace(tzinfo=None)
    return Onset(begins, before, after, high.astimezone(rules).tzname() or "")


def _offset(moment: datetime, rules: ZoneInfo) -> timedelta:
    return moment.astimezone(rules).utcoffset() or timedelta()
