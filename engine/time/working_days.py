"""Working days of a centre: weekends, public holidays of its country, its own closures."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Self

from engine.errors import ProjectError, quoted
from engine.time.countries import INVENTED

MOST_WORKING_DAYS = 26_100  # a hundred years of weekdays, and the most that is ever counted

_ONE_DAY = timedelta(days=1)
_MOST_CLOSED_DAYS = 400  # longer than any year: beyond it, nobody works there at all
_MOST_DAYS_BETWEEN = 36_525


class CalendarError(ProjectError):
    """A calendar cannot answer: unknown place, never open, or beyond the years 1 to 9999."""


@dataclass(frozen=True, slots=True)
class Workdays:
    """Which days a centre works.

    `country` is an ISO 3166 code such as "AT", `region` a subdivision such as "BY"; both are
    looked up at the first question, so that one wrong centre does not keep the others from
    loading (ask `calendar_exists` before storing them). `closures` are first and last closed day.
    A Saturday that a country declares a working day in exchange stays a day off here.
    """

    country: str | None
    region: str | None = None
    closures: tuple[tuple[date, date], ...] = ()

    def __post_init__(self) -> None:
        for first, last in self.closures:
            if last < first:
                raise CalendarError(
                    f"the closure from {first} to {last} ends before it begins; swap the two days"
                )

    @classmethod
    def plain(cls, closures: tuple[tuple[date, date], ...] = ()) -> Self:
        """Saturdays and Sundays only, for a place whose holidays nobody knows."""
        return cls(country=None, closures=closures)

    def is_working_day(self, day: date) -> bool:
        year = _year(self.country, self.region, day.year)
        if day.weekday() in year.weekend or day in year.holidays:
            return False
        return not self.closures or not any(first <= day <= last for first, last in self.closures)

    def on_or_after(self, day: date) -> date:
        """The day itself if it is a working day, else the next one."""
        if self.is_working_day(day):
            return day
        return next(_working_days(self, day, _ONE_DAY))

    def add(self, day: date, n: int) -> date:
        """The n-th working day after `day`, before it when n is negative.

        Nought is the day itself, working or not, so that `between(day, add(day, n)) == n`
        holds for every n; use `on_or_after` to roll a day forward.
        """
        if abs(n) > MOST_WORKING_DAYS:
            raise CalendarError(
                f"{n} working days are too many; count at most {MOST_WORKING_DAYS}, a hundred years"
            )
        return _added(self, day, n)

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`; backwards, those before it, negative."""
        distance = (end - start).days
        if abs(distance) > _MOST_DAYS_BETWEEN:
            raise CalendarError(
                f"{start} and {end} are more than a hundred years apart; check both years"
            )
        step = 1 if distance > 0 else -1
        passed = (start + timedelta(days=offset) for offset in range(step, distance + step, step))
        return step * sum(self.is_working_day(day) for day in passed)


@lru_cache(maxsize=16_384)
def _added(workdays: Workdays, day: date, n: int) -> date:
    days = _working_days(workdays, day, _ONE_DAY if n > 0 else -_ONE_DAY)
    for _ in range(abs(n)):
        day = next(days)
    return day


def _working_days(workdays: Workdays, day: date, step: timedelta) -> Iterator[date]:
    closed = 0
    while closed < _MOST_CLOSED_DAYS:
        try:
            day += step
        except OverflowError as error:
            raise CalendarError(
                f"the working days {'after' if step == _ONE_DAY else 'before'} {day} leave the "
                "years 1 to 9999; check the year"
            ) from error
        closed = 0 if workdays.is_working_day(day) else closed + 1
        if not closed:
            yield day
    raise CalendarError(
        f"no working day within {_MOST_CLOSED_DAYS} days up to {day} in {_place(workdays)}; "
        "shorten the closures of the centre"
    )


def _place(workdays: Workdays) -> str:
    names = [name for name in (workdays.country, workdays.region) if name]
    return quoted(" ".join(names)) if names else "a calendar of weekends only"


def calendar_exists(country: str, region: str | None = None) -> bool:
    """Whether the public holidays of this country and region are known."""
    try:
        _year(country, region, year=2000)
    except CalendarError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class _Year:
    weekend: frozenset[int]
    holidays: frozenset[date]


_SATURDAY_AND_SUNDAY = frozenset({5, 6})


@lru_cache(maxsize=4096)
def _year(country: str | None, region: str | None, year: int) -> _Year:
    """Weekend and whole-day public holidays of one year, as the `holidays` package knows them."""
    if country is None or country in INVENTED:
        return _Year(weekend=_SATURDAY_AND_SUNDAY, holidays=frozenset())
    # Here and not above: the package costs 0.1 s, which most commands need not pay.
    import holidays  # noqa: PLC0415

    if country not in _countries():
        raise CalendarError(
            f"no holiday calendar for country {quoted(country)}; "
            "use its ISO 3166 code in capitals, such as AT, or count weekends only"
        )
    known = holidays.country_holidays(country)
    if region is not None and region not in (*known.subdivisions, *known.subdivisions_aliases):
        raise CalendarError(
            f"no region {quoted(region)} in the holiday calendar of {country}; "
            f"leave it out or use one of: {', '.join(known.subdivisions) or 'none is known'}"
        )
    found = holidays.country_holidays(country, subdiv=region, years=year, expand=False)
    return _Year(weekend=frozenset(found.weekend), holidays=frozenset(found))


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    import holidays  # noqa: PLC0415 - as in _year

    return frozenset(holidays.list_supported_countries())
