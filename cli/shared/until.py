"""How far to go, as people type it: a span from now, or a moment."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import Annotated

import typer

from cli.shared.days import tell_moment
from cli.shared.values import read, whole
from engine.literals import shown
from engine.time.day_words import NeedsTodayError
from engine.time.spans import LongSpanError, Span, SpanError, parse_span, shift
from engine.time.working_days import Workdays
from engine.time.written_days import read_day
from engine.time.written_moments import Here, read_moment
from engine.time.zones import instant, local_day

_MOST_HOURS = 876_000  # a hundred years, as of any other span
_FORMS = "write P14D, P3M, PT6H, or a moment such as 2027-01-31"
_WITH_TIME = re.compile(r"\d[:h]\d|\dT\d|noon| at \d|\d ?[ap]\.?m\b| \d{1,2}\.\d{2}$", re.ASCII)


@dataclass(frozen=True, slots=True)
class Until:
    """A span ahead, or a moment as it was written."""

    ahead: Span | timedelta | str

    def after(self, now: datetime, zone: str) -> datetime:
        """Where it ends when it begins now; working days are those of no country.

        A day alone means its first moment, as the clocks of the zone show it.
        """
        match self.ahead:
            case str():
                return moment_of(self.ahead, Here(local_day(now, zone), zone))
            case timedelta():
                return now + self.ahead
            case Span():
                day = shift(now.date(), self.ahead, Workdays.plain())
                return datetime.combine(day, now.timetz())


FORTNIGHT = Until(Span(days=14))


def until(raw: str | Until) -> Until:
    """A span or a moment; defaults come as what they are already."""
    if isinstance(raw, Until):
        return raw
    if not raw.startswith("P") and _looks_like_a_day(raw):
        return Until(raw)
    if raw.startswith("PT"):
        return Until(_hours(raw))
    try:
        return Until(parse_span(raw))
    except LongSpanError as error:
        raise typer.BadParameter(str(error)) from None
    except SpanError:
        raise typer.BadParameter(f"{shown(raw)} is not a span to go by: {_FORMS}") from None


def moment_of(raw: str, here: Here) -> datetime:
    """Which moment was meant; a day alone means its first one. What was understood is told."""
    found = read(partial(_moment, here=here), raw)
    tell_moment(raw, found, here.zone)
    return found


def _moment(raw: str, here: Here) -> datetime:
    if _WITH_TIME.search(raw):
        return read_moment(raw, here).astimezone(UTC)
    return instant(read_day(raw, here.today), time(), here.zone)


def _looks_like_a_day(raw: str) -> bool:
    """Whether it is a day or a moment, as far as can be said before it is known what day it is."""
    if _WITH_TIME.search(raw):
        return True
    try:
        read_day(raw)
    except NeedsTodayError:
        return True
    except ValueError as error:
        if any(mark.isdigit() for mark in raw):
            raise typer.BadParameter(str(error)) from None
        return False
    return True


def _hours(raw: str) -> timedelta:
    number, unit = raw[2:-1], raw[-1]
    if unit not in "HM" or not number.isascii() or not number.isdigit():
        raise typer.BadParameter(f"{shown(raw)} is not a span to go by: {_FORMS}")
    count = whole(0, _MOST_HOURS)(number)
    return timedelta(hours=count) if unit == "H" else timedelta(minutes=count)


HowFar = Annotated[
    Until,
    typer.Option(
        "--until",
        metavar="SPAN|MOMENT",
        show_default=False,
        parser=until,
        help="How far to look: a fortnight unless said, at most ten years.",
    ),
]
