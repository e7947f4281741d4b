"""How far to go, as people type it: a span from now, or a moment."""

from datetime import datetime, timedelta

import typer

from cli.shared.values import moment
from engine.errors import ProjectError
from engine.literals import shown
from engine.time.spans import parse_span, shift
from engine.time.working_days import Workdays


def until_moment(raw: str, now: datetime) -> datetime:
    """A span from now, or a moment; working days are those of no country."""
    if not raw.startswith("P"):
        return moment(raw)
    if raw.startswith("PT"):
        return now + _hours(raw)
    try:
        return datetime.combine(shift(now.date(), parse_span(raw), Workdays.plain()), now.timetz())
    except (ProjectError, OverflowError) as error:
        raise typer.BadParameter(str(error)) from None


def _hours(raw: str) -> timedelta:
    number = raw[2:-1]
    if raw[-1] not in "HM" or not number.isascii() or not number.isdigit() or len(number) > 5:  # noqa: PLR2004
        raise typer.BadParameter(f"{shown(raw)} is not a span: write PT6H, PT30M or P14D")
    return timedelta(hours=int(number)) if raw[-1] == "H" else timedelta(minutes=int(number))
