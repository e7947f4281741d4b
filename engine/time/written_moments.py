"""Moments as people write them: 2026-11-03 14:30, Monday at 10:00, 3 Nov 2026 2:30 pm.

Without an offset the clocks of whoever is meant count. Each refusal is a ValueError with the
sentence to show.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from engine import literals
from engine.literals import shown
from engine.time.day_words import When, day_in_words
from engine.time.written_days import read_day
from engine.time.zones import local_time, shown_at, zone_exists

_TIMED = re.compile(
    r"(?P<day>.+?)(?:T|,? at |, ?| )"
    r"(?:(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?::00)?(?: ?(?P<half>[ap])\.?m\.?)?"
    r"|(?P<full>\d{1,2}) ?(?P<of>[ap])\.?m\.?|(?P<noon>noon)|(?<= at )(?P<alone>\d{1,2})h?)"
    r"(?: ?\(?(?P<zone>UTC|GMT|Z|[A-Z][A-Za-z_+-]+/[A-Za-z_/+-]+)\)?)?",
    re.ASCII,
)
_FORMS = "write it like 2026-11-03 14:30"
_EARLY, _NOON, _LAST = 8, 12, 23


@dataclass(frozen=True, slots=True)
class Here:
    """The day on which something is read, where known, and whose clocks count otherwise.

    What is read may be known to have come, or to be to come.
    """

    today: date | None
    zone: str
    when: When = ""


def read_moment(text: str, here: Here | None = None) -> datetime:
    """The moment somebody wrote, with its offset; only ``here`` can tell one without."""
    words = " ".join(text.split())
    if literals.MOMENT.fullmatch(words):
        return literals.moment(words)
    found = _TIMED.fullmatch(words)
    if found is None or here is None:
        raise ValueError(f"{shown(text)} {_why(text, here)}")
    day = read_day(found["day"], here.today)
    at = _time(text, found)
    zone = found["zone"] or here.zone
    zone = "UTC" if zone in ("Z", "GMT") else zone
    if not zone_exists(zone):
        raise ValueError(f"{shown(text)}: no time zone {zone}: write such as Europe/Vienna")
    return _only(text, zone, shown_at(day, at, zone))


def moment_in_words(moment: datetime, zone: str) -> str:
    """A moment as nobody misreads it: Tuesday 3 November 2026, 14:30 in Europe/Vienna."""
    local = local_time(moment, zone)
    return f"{day_in_words(local.date())}, {local:%H:%M} in {zone}"


def _why(text: str, here: Here | None) -> str:
    if here is None:
        return "is not a moment: write it like 2027-04-01T09:00Z"
    try:
        read_day(text, here.today)
    except ValueError:
        return f"is not a moment: {_FORMS}"
    return f"has no time of day: {_FORMS}"


def _time(text: str, found: re.Match[str]) -> time:
    if found["noon"]:
        return time(_NOON)
    if found["alone"]:
        return _full_hour(text, int(found["alone"]))
    hour, minute = int(found["hour"] or found["full"]), int(found["minute"] or 0)
    half = found["half"] or found["of"]
    if half and not 1 <= hour <= _NOON:
        raise ValueError(f"{shown(text)} is no time of a clock: correct the hour")
    if half:
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        raise ValueError(f"{shown(text)} is no time of a clock: correct hour and minute") from None


def _full_hour(text: str, hour: int) -> time:
    """An hour alone: of those before eight nobody knows which half of the day is meant."""
    if 0 < hour < _EARLY:
        raise ValueError(f"{shown(text)} could be {hour}:00 or {hour + _NOON}:00: write which")
    if hour > _LAST:
        raise ValueError(f"{shown(text)} is no time of a clock: correct the hour")
    return time(hour)


def _only(text: str, zone: str, moments: tuple[datetime, ...]) -> datetime:
    """The one moment at which the clocks show it; in spring they jump, in autumn they go back."""
    if not moments:
        raise ValueError(f"{shown(text)}: the clocks in {zone} jump over it: correct the hour")
    if len(moments) > 1:
        could = " or ".join(each.isoformat(timespec="minutes") for each in moments)
        raise ValueError(f"{shown(text)}: the clocks in {zone} show it twice: write {could}")
    if not literals.in_bounds(moments[0].astimezone(UTC)):
        raise ValueError(f"{shown(text)} {literals.OUT_OF_BOUNDS}: correct the year")
    return moments[0]
