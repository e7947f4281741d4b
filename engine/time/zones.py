"""Instants and local days: what a date and a wall clock in a time zone mean in UTC."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from engine.errors import ProjectError, quoted

_ONE_SECOND = timedelta(seconds=1)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9][A-Za-z0-9_+-]*){0,3}")
# Found on some machines only, or with another count of seconds: not names of places.
_NOT_ZONES = frozenset({"Factory", "localtime", "posix", "posixrules", "right"})


class ZoneError(ProjectError):
    """A zone is unknown, or a moment has none or lies outside the years 1 to 9999."""


@lru_cache(maxsize=16_384)
def instant(day: date, at: time, zone: str) -> datetime:
    """The moment in UTC when the clocks of the zone show `at` on `day` (P13).

    A time the clocks jump over means the first moment after the jump; a time they show twice
    means the first of the two.
    """
    wall = datetime.combine(day, at.replace(tzinfo=None, fold=0))
    rules = _rules(zone)
    moment = _to_utc(wall, rules)
    return moment if _is_shown(wall, moment, rules) else _end_of_jump(wall, rules)


def shown_at(day: date, at: time, zone: str) -> tuple[datetime, ...]:
    """Every moment when the clocks of the zone show `at` on `day`: one, but where they change."""
    rules = _rules(zone)
    bare = datetime.combine(day, at)
    found = sorted({_to_utc(bare.replace(fold=fold), rules) for fold in (0, 1)})
    shown = (moment.astimezone(rules) for moment in found if _is_shown(bare, moment, rules))
    return tuple(each.replace(tzinfo=timezone(each.utcoffset() or timedelta())) for each in shown)


@lru_cache(maxsize=16_384)  # every view of a case asks for its today
def local_day(moment: datetime, zone: str) -> date:
    """The day that calendars in the zone show at this moment, which must be aware."""
    if moment.utcoffset() is None:
        raise ZoneError(f"the moment {moment.isoformat()} has no zone; give it in UTC")
    return _local(moment, _rules(zone)).date()


def local_time(moment: datetime, zone: str) -> datetime:
    """The same moment as the clocks of the zone show it, with their offset."""
    return moment.astimezone(_rules(zone))


def zone_exists(name: str) -> bool:
    """Whether this is the name of a time zone, such as Europe/Vienna."""
    try:
        _rules(name)
    except ZoneError:
        return False
    return True


@lru_cache(maxsize=1)
def countries_of_zones() -> dict[str, str]:
    """The country (ISO 3166) in which the place lies after which a zone is named; not of others."""
    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return {name: country for country, _, name, *_ in rows}


@lru_cache(maxsize=1024)
def _rules(name: str) -> tzinfo:
    """The rules of a zone, from the machine or else from the `tzdata` package."""
    try:
        if _NAME.fullmatch(name) and name.split("/", maxsplit=1)[0] not in _NOT_ZONES:
            return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # no such file; no zone file; a folder, a name too long
        pass
    raise ZoneError(f"no time zone {quoted(name)}; use an IANA name such as Europe/Vienna")


def _to_utc(wall: datetime, rules: tzinfo) -> datetime:
    try:
        return wall.replace(tzinfo=rules).astimezone(UTC)
    except OverflowError as error:
        raise _out_of_range(wall, rules) from error


def _local(moment: datetime, rules: tzinfo) -> datetime:
    try:
        return moment.astimezone(rules).replace(tzinfo=None)
    except OverflowError as error:
        raise _out_of_range(moment, rules) from error


def _out_of_range(moment: datetime, rules: tzinfo) -> ZoneError:
    return ZoneError(f"{moment} leaves the years 1 to 9999 in {rules}; check the year")


def _is_shown(wall: datetime, moment: datetime, rules: tzinfo) -> bool:
    return _local(moment, rules) == wall


def _end_of_jump(wall: datetime, rules: tzinfo) -> datetime:
    """The first moment whose local time lies beyond a wall time that the clocks jump over."""
    # Read with the offset after the jump the wall time lies before it, and the other way round.
    before = _to_utc(wall.replace(fold=1, microsecond=0), rules)
    after = _to_utc(wall.replace(fold=0, microsecond=0), rules)
    while after - before > _ONE_SECOND:
        middle = before + (after - before) // (2 * _ONE_SECOND) * _ONE_SECOND
        if _local(middle, rules) < wall:
            before = middle
        else:
            after = middle
    return after
