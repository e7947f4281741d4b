"""Spans of calendar time as definitions write them: P3M, P14D, -P30D, P10WD."""

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from engine.errors import DefinitionError, quoted
from engine.time.working_days import CalendarError, Workdays

_FORM = re.compile(
    r"(?P<sign>[+-]?)P"
    r"(?:(?P<wd>[0-9]+)WD"
    r"|(?:(?P<y>[0-9]+)Y)?(?:(?P<m>[0-9]+)M)?(?:(?P<w>[0-9]+)W)?(?:(?P<d>[0-9]+)D)?)"
)
_LONGEST_TEXT = 30
_MOST_DAYS = 36_525  # a hundred years
_MOST_MONTHS = 1_200  # the same
_MONTHS_OF_A_CYCLE = 4_800  # leap years repeat every four hundred years
_DAYS_OF_A_WEEK = 7
_SHORTEST_MONTH = 28
_WEEKDAYS = 5


class SpanError(DefinitionError):
    """A span cannot be read, mixes signs or kinds of days, or is longer than a hundred years."""


class LongSpanError(SpanError):
    """A span that can be read is longer than a hundred years."""


@dataclass(frozen=True, slots=True)
class Span:
    """A signed length: months and days, or working days alone.

    Months are counted before days. Written back it is canonical: years appear as months and
    weeks as days, and `parse_span(str(span)) == span`.
    """

    months: int = 0
    days: int = 0
    working_days: int = 0
    # The setting that gives it, in a definition; "-" before it where it goes back.
    setting: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        parts = (self.months, self.days, self.working_days)
        if min(parts) < 0 < max(parts):
            raise SpanError("a span cannot go forward and back at once; use one sign")
        if self.working_days and (self.months or self.days):
            raise SpanError("working days stand alone in a span; write P10WD or P14D")
        months, days, working_days = map(abs, parts)
        weekends_too = working_days * _DAYS_OF_A_WEEK // _WEEKDAYS
        if months * _MOST_DAYS // _MOST_MONTHS + days + weekends_too > _MOST_DAYS:
            raise LongSpanError("a span is at most a hundred years, P1200M; write a shorter one")

    def __str__(self) -> str:
        parts = ((self.months, "M"), (self.days, "D"), (self.working_days, "WD"))
        written = "".join(f"{abs(count)}{unit}" for count, unit in parts if count)
        return f"{'-' if _is_backward(self) else ''}P{written or '0D'}"

    def back(self) -> "Span":
        """The same length the other way."""
        named = f"-{self.setting}" if self.setting else ""
        return Span(-self.months, -self.days, -self.working_days, named)

    def in_words(self) -> str:
        """For people: "3 months", "1 month and 15 days", "30 days before"."""
        parts = ((self.months, "month"), (self.days, "day"), (self.working_days, "working day"))
        words = " and ".join(_counted(abs(count), noun) for count, noun in parts if count)
        return f"{words or '0 days'}{' before' if _is_backward(self) else ''}"


def parse_span(text: str) -> Span:
    """Read an ISO 8601 duration of whole years, months, weeks and days, or our own P10WD.

    A sign may stand in front. Raises SpanError with the remedy; nought is written P0D only.
    """
    found = _FORM.fullmatch(text) if len(text) <= _LONGEST_TEXT else None
    if found is None:
        raise SpanError(f"{quoted(text)} is not a span; {_remedy(text)}")
    sign = -1 if found["sign"] == "-" else 1
    years, months, weeks, days, working_days = (
        sign * int(found[unit] or 0) for unit in ("y", "m", "w", "d", "wd")
    )
    try:
        span = Span(12 * years + months, _DAYS_OF_A_WEEK * weeks + days, working_days)
    except SpanError as error:
        raise type(error)(f"{quoted(text)} is out of bounds: {error}") from error
    if span == Span() and text.lstrip("+-") != "P0D":
        raise SpanError(f"{quoted(text)} has no length; write P0D if none is meant")
    return span


def shift(day: date, span: Span, workdays: Workdays) -> date:
    """The day that lies a span after `day`, or before it when the span is negative.

    Raises CalendarError when the calendar ends, knows no such country, or never works.
    """
    if span.working_days:
        return workdays.add(day, span.working_days)
    try:
        month = add_months(day, span.months) if span.months else day
        return month + timedelta(days=span.days)
    except OverflowError as error:
        raise _outside(day, str(span)) from error


def add_months(day: date, months: int) -> date:
    """The same day of the month, that many months on, or the last day of a shorter month.

    Always count from the anchor: one month twice from 31 January is 28 March, two are the 31st.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise _outside(day, f"{months} months")
    is_in_every_month = day.day <= _SHORTEST_MONTH
    last = day.day if is_in_every_month else monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def longest_days(span: Span, slack: int = 10) -> int:
    """The most calendar days that `shift` can move any day by, signed: of -P1M it is -28.

    Exact for months and days. Working days are bounded for weekends of at most two days and as
    long as at most `slack` weekdays on the way are holidays or closures; a span that passes
    more of them, or a centre that closes for longer, wants more slack from the caller.
    """
    if span.working_days:
        return span.working_days if _is_backward(span) else _with_weekends(span, slack)
    return _extent(span.months)[1] + span.days


def shortest_days(span: Span, slack: int = 10) -> int:
    """The fewest calendar days that `shift` can move any day by, signed: of -P1M it is -31.

    Working days as in `longest_days`; forward each takes at least one calendar day.
    """
    if span.working_days:
        return -_with_weekends(span, slack) if _is_backward(span) else span.working_days
    return _extent(span.months)[0] + span.days


def _with_weekends(span: Span, slack: int) -> int:
    """Calendar days from a Friday to the last of so many weekdays: the unluckiest start."""
    weeks, rest = divmod(abs(span.working_days) + slack, _WEEKDAYS)
    return weeks * _DAYS_OF_A_WEEK + (rest + 2 if rest else 0)


@lru_cache(maxsize=1024)
def _extent(months: int) -> tuple[int, int]:
    """The fewest and the most days that so many months can take, over every day to start from."""
    firsts = _firsts_of_months()
    starts = range(_MOST_MONTHS, _MOST_MONTHS + _MONTHS_OF_A_CYCLE)
    # First days are enough: a last day that is clipped gains what the first of the next month does.
    gone = [firsts[start + months] - firsts[start] for start in starts]
    return min(gone), max(gone)


@lru_cache(maxsize=1)
def _firsts_of_months() -> tuple[int, ...]:
    """The first day of each month of a cycle and its margins, as running numbers of days."""
    months = range(_MOST_MONTHS + _MONTHS_OF_A_CYCLE + _MOST_MONTHS)
    return tuple(date(1900 + month // 12, month % 12 + 1, 1).toordinal() for month in months)


def _is_backward(span: Span) -> bool:
    return min(span.months, span.days, span.working_days) < 0


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _outside(day: date, length: str) -> CalendarError:
    return CalendarError(f"{length} from {day} leave the years 1 to 9999; check the year")


def _remedy(text: str) -> str:
    if len(text) > _LONGEST_TEXT:
        return "it is too long: write such as P3M, P14D or P10WD"
    if "T" in text:
        return "it counts no hours or minutes: write whole days, such as P1D"
    if "." in text or "," in text:
        return "it has no fractions: write whole numbers, such as P14D"
    if "WD" in text:
        return "working days stand alone and are written such as P10WD"
    return "write such as P3M, P14D, P1M15D, -P30D or P10WD"
