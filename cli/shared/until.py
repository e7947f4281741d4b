"""How far to go, as people type it: a span from now, or a moment."""

from datetime import datetime, timedelta

import typer

from cli.shared.values import moment
from engine.errors import ProjectError
from engine.literals import shown
from engine.time.spans import SpanError, parse_span, shift
from engine.time.working_days import Workdays

_DAYS_FORETOLD = 14
_YEARS_FORETOLD = 10
_FORMS = "write P14D, P3M, PT6H, or a moment such as 2027-01-31"


def foretold_until(raw: str | None, now: datetime) -> datetime:
    """How far to look ahead; a day gone by and one beyond ten years are refused."""
    if raw is None:
        return now + timedelta(days=_DAYS_FORETOLD)
    end = until_moment(raw, now)
    if end < now:
        raise typer.BadParameter(
            f"{end:%Y-%m-%d %H:%M} has gone by, it is {now:%Y-%m-%d %H:%M}: name a day to come"
        )
    last = until_moment(f"P{_YEARS_FORETOLD}Y", now)
    if end > last:
        raise typer.BadParameter(
            f"at most {_YEARS_FORETOLD} years are foretold: name a day until {last:%Y-%m-%d}"
        )
    return end


def until_moment(raw: str, now: datetime) -> datetime:
    """A span from now, or a moment; working days are those of no country."""
    if not raw.startswith("P"):
        return moment(raw)
    if raw.startswith("PT"):
        return now + _hours(raw)
    try:
        return datetime.combine(shift(now.date(), parse_span(raw), Workdays.plain()), now.timetz())
    except SpanError:
        raise typer.BadParameter(f"{shown(raw)} is not a span to go by: {_FORMS}") from None
    except (ProjectError, OverflowError) as error:
        raise typer.BadParameter(str(error)) from None


def _hours(raw: str) -> timedelta:
    number = raw[2:-1]
    if raw[-1] not in "HM" or not number.isascii() or not number.isdigit() or len(number) > 5:  # noqa: PLR2004
        raise typer.BadParameter(f"{shown(raw)} is not a span: {_FORMS}")
    return timedelta(hours=int(number)) if raw[-1] == "H" else timedelta(minutes=int(number))
