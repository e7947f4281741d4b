"""How far to go, as people type it: a span from now, or a moment."""

from datetime import datetime, timedelta

import typer

from cli.shared.values import moment
from engine.literals import shown
from engine.time.spans import LongSpanError, SpanError, parse_span, shift
from engine.time.working_days import CalendarError, Workdays

_LONGEST = 5  # digits of hours: eleven years
_FORMS = "write P14D, P3M, PT6H, or a moment such as 2027-01-31"


def until_moment(raw: str, now: datetime) -> datetime:
    """A span from now, or a moment; working days are those of no country."""
    if not raw.startswith("P"):
        return moment(raw)
    if raw.startswith("PT"):
        return now + _hours(raw)
    try:
        return datetime.combine(shift(now.date(), parse_span(raw), Workdays.plain()), now.timetz())
    except (LongSpanError, CalendarError) as error:
        raise typer.BadParameter(str(error)) from None
    except SpanError:
        raise typer.BadParameter(f"{shown(raw)} is not a span to go by: {_FORMS}") from None


def _hours(raw: str) -> timedelta:
    number = raw[2:-1]
    if raw[-1] not in "HM" or not number.isascii() or not number.isdigit():
        raise typer.BadParameter(f"{shown(raw)} is not a span to go by: {_FORMS}")
    if len(number) > _LONGEST:
        raise typer.BadParameter(f"{shown(raw)} is out of bounds: write a span of days or years")
    return timedelta(hours=int(number)) if raw[-1] == "H" else timedelta(minutes=int(number))
